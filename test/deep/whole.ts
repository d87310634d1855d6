/**
 * Imported before specifications of test/integration and test/campaigns, it has them checked as a whole: with the long searches and all seeds that
 * `npm test` has fewer of. See `runsOf` and `isDeep` in test/helpers/twin.ts.
 */
process.env.SIEGE_DEEP = "1";

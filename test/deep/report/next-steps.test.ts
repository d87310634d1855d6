/**
 * What explaining a failure does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of explaining", () => {
  // 66 % of 41 campaigns (docs/coupling.md). Most misses are ties: lines of one call that no survivor executes and that differ in nothing else.
  it("names the planted line among the first three in nine of ten campaigns");

  // Not stated on chain yet: noBadDebt and the others of lending and margin markets, liquidatable, liveness, oracleWithin, noShortfall.
  it("exports findings of every condition to Foundry");

  // toHaveRuinProbabilityBelow leaves no report, and neither do mocha or node --test by themselves.
  it("reports every assertion of a test run");
});

/**
 * In CI, where nothing is compiled yet, the compiler runs before the tests and not in the first hook of each worker, whose time is
 * limited. Elsewhere a single test should not wait for what it may not need.
 */
export async function mochaGlobalSetup(): Promise<void> {
  if (process.env.CI === undefined) return;
  const [{ compileFixtures }, { startMiniMainnet }] = await Promise.all([
    import("../fixtures/artifact.js"),
    import("../mini-mainnet/start.js"),
  ]);
  await compileFixtures();
  await (await startMiniMainnet()).close();
}

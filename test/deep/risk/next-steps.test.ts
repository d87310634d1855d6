/**
 * What risk and tuning do not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of risk", () => {
  // docs/tuning.md tunes fixtures; a market of many parameters and two scenarios shows whether the time that it takes is bearable.
  it("tunes threshold, bonus and cap of an Aave V3 market under flashCrash and contagion, verified with other seeds");

  // Their adapters value at fair prices, which no sale moves (docs/limits.md): what spreads over a shared pool is seen in agents' losses only.
  it("measures contagion between the built-in markets over one Uniswap pool, one edge replayed");

  // Chainlink's rounds are read; what a pool says at a block is state, which takes an archive node.
  it("watches the spot price of a pool, from a node");
});

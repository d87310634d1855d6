/**
 * What the search does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of the search", () => {
  // `node --import tsx/esm bench/targets/run.ts --tools siege --seeds 1-20 --options '{"guided":true}'`, and without the option.
  it("compares finds per second with guidance and without, 20 seeds a target, and loses the one that does not pay");

  // Each by itself, on at least ten seeds a target: the dictionary, the stand-ins, least amounts, opened adapters, pauses.
  it("is worth each of its parts");

  // optimistic-price and twap-credit, whose twins broke within 3 CPU seconds: nobody disputes a report or trades against a manipulated
  // pool for hours. An attack that only needs the others to sleep is to be told apart from one that needs time alone.
  it("breaks no twin in a pause that somebody would not have slept through");

  // TermDeposits: a deposit that has to mature before its split calls back, and the redemption of just that deposit in the callback.
  it("finds the re-entrancy of term-deposits within 60 CPU seconds");

  // Of a vault whose scenario names no depositors: `withdrawable()` judges the agents alone, and says nothing of the others.
  it("says which holders of shares no condition judges");

  // What an agent has asked for and was refused goes into no corpus: a mutation repeats the drawn move, not the one that was made.
  it("mutates the moves that were made in place of those that were drawn");
});

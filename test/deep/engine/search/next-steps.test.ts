/**
 * What the search does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of the search", () => {
  // Each by itself, on at least ten seeds a target: the dictionary, the stand-ins, least amounts, opened adapters, pauses.
  it("is worth each of its parts");

  // optimistic-price and twap-credit, whose twins broke within 3 CPU seconds: nobody disputes a report or trades against a manipulated
  // pool for hours. An attack that only needs the others to sleep is to be told apart from one that needs time alone.
  it("breaks no twin in a pause that somebody would not have slept through");

  // TermDeposits: a deposit that has to mature before its split calls back, and the redemption of just that deposit in the callback.
  it("finds the re-entrancy of term-deposits within 60 CPU seconds");

  // Of a vault whose scenario names no depositors: `withdrawable()` judges the agents alone, and says nothing of the others.
  it("says which holders of shares no condition judges");
});

/**
 * What the search does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of the search", () => {
  // Compound's forks return an error code instead of reverting, so that everything counts as accepted: the largest amount is
  // any, and nothing stands in for a call that did nothing. A sign of it is `event Failure(uint256,uint256,uint256)` in the ABI.
  it("takes an error code that a function returns for a refusal");

  // Votes of a flash loan, a price in the middle of a call: what is inside is tried in the state before the call around it.
  it("tries calls inside of a callback in the state of the callback");

  // `node --import tsx/esm bench/targets/run.ts --tools siege --seeds 1-20 --options '{"guided":true}'`, and without the option.
  it("compares finds per second with guidance and without, 20 seeds a target, and loses the one that does not pay");

  // Each by itself, on at least ten seeds a target: the dictionary, the stand-ins, least amounts, opened adapters, pauses.
  it("is worth each of its parts");

  // What an agent has asked for and was refused goes into no corpus: a mutation repeats the drawn move, not the one that was made.
  it("mutates the moves that were made in place of those that were drawn");
});

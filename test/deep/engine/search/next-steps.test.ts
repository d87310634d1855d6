/**
 * What the search does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of the search", () => {
  // `node --import tsx/esm bench/targets/run.ts --tools siege --seeds 1-20 --options '{"guided":true}'`, and without the option.
  it("compares finds per second with guidance and without, 20 seeds a target, and loses the one that does not pay");

  // Each by itself, on at least ten seeds a target: the dictionary, the stand-ins, least amounts, opened adapters, pauses.
  it("is worth each of its parts");

  // What an agent has asked for and was refused goes into no corpus: a mutation repeats the drawn move, not the one that was made.
  it("mutates the moves that were made in place of those that were drawn");
});

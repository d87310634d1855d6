describe("builder acts", () => {
  // next: its draw is `maybe(…, { of: 1 })`, which is always nothing; other odds draw every genome with a builder anew, so it
  // belongs to the next change of the draws
  it("are drawn in the block of an agent's move half of the time");
});

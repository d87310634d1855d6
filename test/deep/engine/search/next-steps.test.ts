/**
 * What the search does not do yet, each with the reason why it matters. Nothing here is run.
 */
describe("the next steps of the search", () => {
  // On six targets, seeds 1 to 10, 5 CPU seconds each: 28 of 60 with everything, 17 without what contracts say, 16 without sought amounts,
  // 13 without stand-ins (docs/search.md). Not taken away yet: the second sought amount, the rarest first, opened adapters, bursts near moments.
  it("is worth each of its parts");

  // Of eighteen protocols by five people who knew the docs only, seed 1 found sixteen, and no twin. Missed: see docs/search.md. A debt just above
  // the least that a market allows needs the least loan, collateral down to the limit, a fall, and one liquidation: positions know of the largest
  // amounts, never of the least.
  // Of twelve protocols that were written by people who knew the docs only, and that nobody had tuned to, a default campaign with seed 1
  // found eleven, and no twin; of nine of them with seed 2, seven. Missed: a withdrawal after a day's notice that pays native coin before it
  // books it, with a loan in that callback (both seeds; the search has learnt which calls pay coin since), and the rewards of merged notes (seed 2). Of twelve before them, on which learning was built, nine: a liquidation that
  // forgets a month's interest (few liquidations of more than dust, three or four arguments of which must be right), interest that is paid
  // again with each of three rolls after a month, and a vote that doubles (found with some builds).
  it("finds nine of ten margin engines that it has never seen");

  // An option that is written, bought, exercised in part after a fall and reclaimed after its expiry: of seeds 1 to 3, one finds it
  // within 300 runs. Six steps in order, of four arguments the first, of which each must be right.
  it("finds a sequence of six dependent calls around a price move and a pause within 500 runs");

  // Two of four with some seeds within 300 runs: the oracle that anybody may replace, and the token that tells whom it pays. Missing: a
  // market emptied to one unit of its shares, donated to, borrowed against and redeemed (six exact steps); and a flash loan for somebody
  // else's vault, whose data must be a text that only the vault's code compares with.
  it("finds the four recorded exploits without a hint");

  // term-deposits with seed 2, of 68 campaigns with seeds 1 to 3: a callback after a wait.
  it("finds each target of the yardstick with each seed within 60 CPU seconds");

  // Eight minutes on two quiet cores before the campaigns of risk, conditions and proxies went to test/campaigns; not measured since.
  it("is tested by npm test in six minutes");

  // Of a vault whose scenario names no depositors: `withdrawable()` judges the agents alone, and says nothing of the others.
  it("says which holders of shares no condition judges");
});

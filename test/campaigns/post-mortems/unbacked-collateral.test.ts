import { expect } from "chai";

import { ETHER, PUBLISHED, unbackedCollateral } from "../../../examples/post-mortems/unbacked-collateral.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

/** The rsETH of 18 April 2026, against what was published about it (examples/post-mortems/README.md). */
describe("the post-mortem of the unbacked collateral", () => {
  const theFork = siegeForkForEach();

  it("takes the published part of every token's value, and leaves the published bad debt in both markets", async () => {
    const { target, scenario } = await unbackedCollateral(theFork());
    const { siege } = theFork().connection;
    const result = await siege.run(target, siege.scenario(scenario), { runs: 1, explain: false });
    if (result.kind !== "violation") throw new Error(result.kind);
    const { found, violation } = result.finding;
    const amount = (label: string) => Number(found.evidence.quantities.find((one) => one.label === label)!.value);
    expect(amount("loss of value") / 100).to.be.within(PUBLISHED.haircut - 0.005, PUBLISHED.haircut + 0.005);
    // at the mini mainnet's price of ether, and a thousandth of the amounts
    const badDebt = (amount("bad debt") / 2_000) * ETHER * 1_000;
    expect(badDebt / PUBLISHED.badDebt).to.be.within(0.9, 1.1);
    for (const market of ["core", "arbitrum"]) {
      expect(amount(`bad debt on ${market}`), market).to.be.above(0);
      expect(amount(`lent out on ${market}`), market).to.be.above(99);
    }
    // what the attacker borrows empties the markets; the bad debt is there without it
    expect(violation.evidence.quantities.find(({ label }) => label === "bad debt")!.value).to.be.closeTo(
      amount("bad debt"),
      1,
    );
  });

  it("needs two verifiers to be deceived, if two have to attest", async () => {
    const { target, scenario } = await unbackedCollateral(theFork(), "fixed");
    const { siege } = theFork().connection;
    expect((await siege.run(target, siege.scenario(scenario), { runs: 1 })).kind).to.equal("survived");
  });
});

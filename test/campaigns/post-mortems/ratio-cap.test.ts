import { expect } from "chai";
import { parseAbi, parseEther } from "viem";

import { PUBLISHED, ratioCap } from "../../../examples/post-mortems/ratio-cap.js";
import { person } from "../../fixtures/give.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

const adapterAbi = parseAbi(["function update(uint256 ratio, uint256 age)", "function cap() view returns (uint256)"]);

/** The cap on wstETH of 10 March 2026, against what Aave's post-mortem says (examples/post-mortems/README.md). */
describe("the post-mortem of the ratio cap", () => {
  const theFork = siegeForkForEach();

  it("caps wstETH at the published ratio, 2.8 % below the market", async () => {
    const fork = theFork();
    const adapter = { address: (await ratioCap(fork)).adapter, abi: adapterAbi };
    const cap = async (): Promise<number> => Number(await fork.chain.read(adapter, "cap", [])) / 1e18;
    expect(await cap(), "before").to.be.above(PUBLISHED.market);
    const asked = [parseEther(String(PUBLISHED.market)), BigInt(PUBLISHED.age * 86_400)] as const;
    await fork.chain.write(await person(fork, "risk steward"), adapter, "update", asked);
    const capped = await cap();
    expect(capped.toFixed(4)).to.equal(PUBLISHED.cap.toFixed(4));
    expect(100 * (1 - capped / PUBLISHED.market)).to.be.within(2.75, 2.85);
  });

  it("liquidates 34 healthy accounts, at the published cost, and leaves no bad debt", async () => {
    const { target, scenario } = await ratioCap(theFork());
    const { siege } = theFork().connection;
    const result = await siege.run(target, siege.scenario(scenario), { runs: 1 });
    if (result.kind !== "violation") throw new Error(result.kind);
    const { found, thresholds } = result.finding;
    // bad debt would be a violation of noBadDebt, which is judged after every block, and this one after the last
    expect(found.condition).to.equal("healthyLoansStand");
    const amount = (label: string) => Number(found.evidence.quantities.find((one) => one.label === label)!.value);
    expect(amount("accounts")).to.equal(PUBLISHED.accounts);
    // per wstETH: the amounts here are smaller
    const published = (PUBLISHED.lostToPrice + PUBLISHED.lostToBonus) / PUBLISHED.liquidated / PUBLISHED.market;
    expect(amount("loss") / amount("seized") / published).to.be.within(0.97, 1.03);
    expect(thresholds, "how old a snapshot would have done no harm").to.have.lengthOf(1);
  });

  it("liquidates nobody if the time is cut together with the ratio", async () => {
    const { target, scenario } = await ratioCap(theFork(), "fixed");
    const { siege } = theFork().connection;
    expect((await siege.run(target, siege.scenario(scenario), { runs: 1 })).kind).to.equal("survived");
  });
});

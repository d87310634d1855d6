import type { Cascade } from "../../../../src/engine/explain/cascade.js";
import type { Timeline } from "../../../../src/engine/explain/timeline/timeline.js";
import type { CampaignResult, Finding } from "../../../../src/types.js";

import path from "node:path";

import { expect } from "chai";

import { readReproduction } from "../../../../src/engine/reproduction/store.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { deployCoupledVault } from "../../../fixtures/coupled-vault.js";
import { fallInSilence, spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("who caused what in a minimal run", () => {
  const theFork = siegeForkForSuite();

  function findingOf(result: CampaignResult): Finding & { readonly cascade: Cascade; readonly timeline: Timeline } {
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const { cascade, timeline } = result.finding;
    if (cascade === undefined || timeline === undefined) throw new Error("nothing was told");
    return { ...result.finding, cascade, timeline };
  }

  /** `ETH falls 34.8 % -> attacker: CoupledVault.borrow: why` */
  function edgesOf({ nodes, edges }: Cascade): readonly string[] {
    const label = (id: string): string => nodes.find((node) => node.id === id)?.label ?? "";
    return edges.map(({ from, to, because }) => `${label(from)} -> ${label(to)}: ${because}`);
  }

  /** A line of a time line, where it is. */
  function lineOf({ series }: Timeline, kind: string, of: string, asset?: string): readonly (number | null)[] {
    const found = series.find((one) => one.kind === kind && one.of === of && one.asset === asset);
    if (found === undefined) throw new Error(`no ${kind} of ${of}`);
    return found.values;
  }

  it("is a loan at a stale price: the fall and the silence open it, the deposit pays for it", async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const vault = await deployCoupledVault(fork, "flawed");
    const { cascade, timeline, violation, reproduction } = findingOf(
      await siege.run(vault, siege.scenario(fallInSilence(fork))),
    );
    expect(edgesOf(cascade)).to.have.members([
      "attacker: CoupledVault.deposit -> attacker: CoupledVault.borrow: reads what it wrote: 1 slot of CoupledVault",
      "ETH falls 34.8 % -> attacker: CoupledVault.borrow: reads $2,000.00 from the ETH feed; the fair price is $1,304.00",
      "ETH feed publishes nothing for 4 blocks -> attacker: CoupledVault.borrow: reads $2,000.00 from the ETH feed; the fair price is $1,304.00",
      `attacker: CoupledVault.borrow -> noBadDebt: ${violation.evidence.summary}: changes what noBadDebt reads`,
    ]);
    // every event is a frame: the deposit and the loan are in one block
    const last = timeline.frames.slice(-2);
    expect(last.map(({ block, kind, step }) => ({ block, kind, step }))).to.deep.equal([
      { block: 11, kind: "step", step: 2 },
      { block: 11, kind: "step", step: 3 },
    ]);
    expect(lineOf(timeline, "price", "ETH", "ETH").slice(-2)).to.deep.equal([1_304, 1_304]);
    expect(lineOf(timeline, "feed", "ETH feed", "ETH").slice(-2)).to.deep.equal([2_000, 2_000]);
    expect(lineOf(timeline, "balance", "attacker", "WETH").slice(-3)).to.deep.equal([100, 99.9966, 99.9966]);
    expect(lineOf(timeline, "balance", "attacker", "USDC").slice(-3)).to.deep.equal([0, 0, 5.44]);
    const [, loan] = last;
    expect(loan?.calls?.[0]?.text).to.equal("CoupledVault.borrow(5.5 USDC)");
    expect(loan?.calls?.map(({ text }) => text)).to.include("ETH feed.latestRoundData()");
    expect(loan?.transfers).to.deep.equal([{ from: "CoupledVault", to: "attacker", amount: "5.44 USDC" }]);
    // the file says the same, and can be read again
    const saved = await readReproduction(path.join(fork.reproductions, path.basename(reproduction ?? "")));
    expect(saved.finding.cascade).to.deep.equal(cascade);
    expect(saved.finding.timeline).to.deep.equal(timeline);
  });

  it("is a price that a swap moves and a loan then believes", async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const result = await siege.run(vault, siege.scenario(spotPriceManipulation(fork)));
    const { cascade } = findingOf(result);
    const edges = edgesOf(cascade);
    expect(edges).to.include(
      "attacker: pool router.swapExactTokensForTokens -> ETH in pool +47.5 %: 430,000 USDC into pool, $2,000.00 -> $2,950.88",
    );
    expect(
      edges.some((edge) => edge.startsWith("ETH in pool +47.5 % -> attacker: SpotLendingVault.borrow: reads")),
    ).to.equal(true);
    // the steps say as much: the message needs no line more
    if (result.kind === "violation") expect(renderFailure(result)).not.to.match(/^ {2}cascade/m);
  });
});

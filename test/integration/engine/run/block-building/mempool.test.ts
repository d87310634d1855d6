import type { CampaignResult } from "../../../../../src/types.js";
import type { Variant } from "../../../../fixtures/fixture.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { renderFailure } from "../../../../../src/report/terminal.js";
import { deployHarvestVault, harvesting } from "../../../../fixtures/harvest-vault.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

describe("a public mempool", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  async function harvest(variant: Variant, flow: Parameters<typeof harvesting>[2]): Promise<CampaignResult> {
    const vault = await deployHarvestVault(fork, variant);
    const { siege } = fork.connection;
    const result = await siege.run(vault, siege.scenario(harvesting(fork, vault, flow)), { runs: 2 });
    if (process.env.SHOW === "1" && result.kind === "violation") console.log(renderFailure(result));
    if (result.kind === "incomplete") throw result.error ?? new Error("incomplete");
    return result;
  }

  it("lets a searcher sandwich a vault's sale", async () => {
    const result = await harvest("flawed", { watched: true });
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const { steps } = result.finding.trace;
    // one block: the searcher before and after the keeper, or only before it, where that is enough
    expect(steps.map((step) => (step.kind === "call" ? step.agent : step.kind)).slice(0, 2)).to.deep.equal([
      "searcher",
      "keeper",
    ]);
    expect(result.explored.executor).to.equal("batched");
  });

  it("harms no account if no agent watches it", async () => {
    expect((await harvest("flawed", { watched: false })).kind).to.equal("survived");
  });

  it("does not harm a sender who submits to the builder directly", async () => {
    expect((await harvest("flawed", { watched: true, isPrivate: true })).kind).to.equal("survived");
  });

  it("does not harm a sale with a minimum output", async () => {
    // the searcher keeps the vault from selling at all, which says nothing about it
    expect((await harvest("fixed", { watched: true })).kind).to.equal("inconclusive");
  });
});

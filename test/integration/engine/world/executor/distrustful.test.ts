import type { CampaignOptions, CampaignResult } from "../../../../../src/types.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { attacker } from "../../../../../src/agents/index.js";
import { invariants } from "../../../../../src/conditions/index.js";
import { renderFailure, renderSurvived } from "../../../../../src/report/terminal.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

/** Contracts that behave differently in a block of a single transaction. */
describe("contracts that can detect the batched executor", () => {
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

  async function lay(name: string, options: CampaignOptions = {}): Promise<CampaignResult> {
    const artifact = await fixtureArtifact(name);
    const target = { address: await fork.deploy(artifact), abi: artifact.abi, name };
    const { siege } = fork.connection;
    const scenario = siege.scenario({
      name: "an attacker that keeps calling",
      blocks: 5,
      assets: {},
      agents: [attacker()],
      conditions: [invariants(target)],
    });
    return siege.run(target, scenario, { runs: 30, ...options });
  }

  it("a guard against contracts makes the campaign search with transactions, which find the flaw that it hides", async () => {
    const result = await lay("PeopleOnly");
    if (result.kind !== "violation") throw new Error(result.kind);
    expect(result.finding.trace.steps).to.have.length(3);
    expect(result.explored.executor).to.equal("faithful");
    expect(result.explored.because).to.include({ kind: "disagreement", agent: "attacker", function: "enter" });
    expect(result.discarded).to.equal(0);
    expect(renderFailure(result)).to.include(
      "searched with one transaction per call: contracts behave differently in batched blocks (attacker's enter succeeds as a transaction but reverts in a batch, in block ",
    );
  });

  it("what only happens in batches, but seldom, is discarded, counted, reported, and looked for with transactions from there", async () => {
    const result = await lay("RarelyTipsOnly");
    if (result.kind !== "survived") throw new Error(result.kind);
    expect(result.cost.runs).to.equal(30);
    expect(result.discarded).to.be.above(0);
    expect(result.explored).to.include({ executor: "faithful", from: 1 });
    expect(result.explored.because).to.include({
      agent: "attacker",
      function: "serve",
      batched: "leaves another state",
    });
    expect(renderSurvived(result)).to.match(/\d+ candidates? discarded/);
  });

  it("what happens in every batch is noticed before the search begins", async () => {
    const result = await lay("TipsOnly");
    if (result.kind !== "survived") throw new Error(result.kind);
    expect(result.explored.because).to.include({ run: 1, function: "serve", batched: "leaves another state" });
    expect(result.discarded).to.equal(0);
  });

  it("nothing is discarded by a search with transactions", async () => {
    const result = await lay("TipsOnly", { executor: "faithful" });
    expect(result.kind).to.equal("survived");
    expect(result.explored).to.deep.equal({ executor: "faithful", because: undefined });
    expect(result.discarded).to.equal(0);
  });
});

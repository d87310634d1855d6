import type { CampaignOptions, CampaignResult } from "../../../../../src/types.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { attacker } from "../../../../../src/agents/index.js";
import { invariants } from "../../../../../src/conditions/index.js";
import { renderSurvived } from "../../../../../src/report/terminal.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

/** Contracts that behave differently where calls are not transactions. */
describe("contracts that can detect how they are called", () => {
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

  it("a guard against contracts takes an agent for an account, and so the flaw that it hides is found", async () => {
    const result = await lay("PeopleOnly");
    if (result.kind !== "violation") throw new Error(result.kind);
    expect(result.finding.trace.steps).to.have.length(3);
    expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
    expect(result.discarded).to.equal(0);
  });

  it("a tip is paid with every call", async () => {
    for (const name of ["TipsOnly", "RarelyTipsOnly"]) {
      const result = await lay(name);
      expect(result.kind).to.equal("survived");
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      expect(result.discarded).to.equal(0);
    }
  });

  it("what only happens where calls share a transaction, but seldom, is discarded, counted, reported, and looked for with transactions from there", async () => {
    // with most seeds, the comparison of the first runs already meets it, or nothing does
    const result = await lay("RarelyTidy", { seed: 6 });
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

  it("what always happens there is noticed with the first candidate, and nothing is discarded", async () => {
    const result = await lay("Tidy");
    if (result.kind !== "survived") throw new Error(result.kind);
    expect(result.explored.because).to.include({ run: 1, function: "serve", batched: "leaves another state" });
    expect(result.discarded).to.equal(0);
    expect(renderSurvived(result)).to.include(
      "searched with one transaction per call: contracts behave differently in batched blocks (attacker's serve succeeds as a transaction but leaves another state in a batch, in block ",
    );
  });

  it("nothing is discarded by a search with transactions", async () => {
    const result = await lay("Tidy", { executor: "faithful" });
    expect(result.kind).to.equal("survived");
    expect(result.explored).to.deep.equal({ executor: "faithful", because: undefined });
    expect(result.discarded).to.equal(0);
  });
});

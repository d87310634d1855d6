import type { Reproduction } from "../../../../src/engine/reproduction/reproduction.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { CampaignResult, Finding } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { fromJson, toJson } from "../../../../src/engine/json.js";
import { serialiseReproduction } from "../../../../src/engine/reproduction/reproduction.js";
import { Player } from "../../../../src/engine/run/player.js";
import { firstDisagreement } from "../../../../src/engine/search/agreement.js";
import { genomeSource } from "../../../../src/engine/search/genome-source.js";
import { Lanes } from "../../../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../../../src/plugin/hermetic-network.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { defineEvent } from "../../../../src/scenario/index.js";
import { loanLimitChange } from "../../../fixtures/events/loan-limit-change.js";
import { deployOwnedVault, ownedLending } from "../../../fixtures/owned-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { runsOf } from "../../../helpers/twin.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** A kind of event that test/fixtures/events/loan-limit-change.ts defines, and nothing else knows. */
describe("a kind of event that a scenario defines", () => {
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

  const withEvents = (most = 20_000): ScenarioDefinition => ({
    ...ownedLending(fork),
    events: [loanLimitChange({ most })],
  });

  async function attackedWith(
    definition: ScenarioDefinition,
    variant: "flawed" | "fixed",
    runs = 100,
  ): Promise<CampaignResult> {
    const { siege } = fork.connection;
    const vault = await deployOwnedVault(fork, variant);
    return siege.run(vault, siege.scenario(definition), { seed: 1, runs });
  }

  async function found(): Promise<{
    readonly finding: Finding;
    readonly result: CampaignResult;
    readonly file: string;
  }> {
    const result = await attackedWith(withEvents(), "flawed");
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    return { result, finding: result.finding, file: result.finding.reproduction ?? "" };
  }

  it("is searched, minimised to its threshold, saved, replayed and reported", async () => {
    const { finding, result, file } = await found();

    // searched by the batched executor, decided by the faithful one
    expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
    expect(result.discarded).to.equal(0);
    expect(finding.violation.condition).to.equal("noBadDebt");

    // minimised: one change of the limit, as small as it can be, and a loan
    const { steps } = finding.trace;
    expect(steps.map(({ kind }) => kind).toSorted()).to.deep.equal(["call", "call", "vault.loanLimitChange"]);
    const [at] = steps.flatMap(({ kind }, index) => (kind === "vault.loanLimitChange" ? [index] : []));
    const change = steps[at!]!;
    const limit = change.kind === "vault.loanLimitChange" ? Number(change.values.limit) : 0;
    // above all of the collateral's value
    expect(limit).to.equal(10_010);
    const sizes = { fails: limit, survives: limit - 10, resolution: 10, unit: "basis points" };
    expect(finding.thresholds).to.deep.equal([{ step: at, kind: "vault.loanLimitChange", ...sizes }]);
    expect(finding.certificate?.deletions.map(({ step }) => step)).to.deep.equal([0, 1, 2]);
    expect(finding.coupling).to.deep.equal(["call", "vault.loanLimitChange"]);

    // described as data
    const { data } = finding.steps[at!]!;
    expect(data).to.deep.include({
      kind: "vault.loanLimitChange",
      values: [{ name: "limit", value: limit, unit: "basis points" }],
      function: "setLoanLimit",
      survives: {
        name: "limit",
        value: limit - 10,
        unit: "basis points",
        text: `${((limit - 10) / 100).toFixed(1)} %`,
      },
    });
    expect(data).to.have.nested.property("target.name", "OwnedVault");
    expect(data).to.have.nested.property("effect.reverted", false);

    // told
    if (result.kind !== "violation") throw new Error(result.kind);
    const report = renderFailure(result);
    // which amounts the attacker has is a matter of draws
    const told = report.replaceAll(/[\d.,]+ (WETH|USDC)/g, "… $1").replaceAll(/ {2,}(?=pays|gets|\()/g, "  ");
    expect(told).to.include(`  owner     lends up to 100.1 % of the collateral  (survives at 100.0 %)`);
    expect(told).to.include("  attacker  OwnedVault.deposit(… WETH)  pays … WETH");
    expect(told).to.include("  attacker  OwnedVault.borrow(… USDC)  gets … USDC");
    expect(report).to.include(`
  coupling   calls and a change of the loan limit together; without either the target survives
`);

    // saved
    const saved = fromJson(await readFile(file, "utf8")) as Reproduction;
    expect(saved.finding.trace).to.deep.equal(finding.trace);
    expect(saved.finding.thresholds).to.deep.equal(finding.thresholds);
    expect(saved.finding.steps).to.deep.equal(fromJson(toJson(finding.steps)));
    expect(saved.finding.genome.events?.["vault.loanLimitChange"]).to.be.an("array").that.is.not.empty;

    // replayed: by the file alone, and as a regression
    const { siege } = fork.connection;
    expect((await siege.replay(file)).kind).to.equal("violation");
    const again = await attackedWith(withEvents(), "flawed");
    expect(again.kind === "violation" && again.finding.run).to.equal(0);
  });

  it("does not break the twin that checks the limit, nor the vault whose owner does nothing", async () => {
    expect((await attackedWith(withEvents(), "fixed", runsOf(100))).kind).to.equal("survived");
    expect((await attackedWith(ownedLending(fork), "flawed", runsOf(100))).kind).to.equal("survived");
  });

  it("does the same in both executors", async () => {
    const vault = await deployOwnedVault(fork, "flawed");
    const scenario = buildScenario({ ...withEvents(), builder: { reorganises: 2, reorders: true } });
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    const lanes = await Lanes.of(world, { hardfork: "osaka", openNetwork: openHermeticNetwork, executor: "batched" });
    try {
      const lane = await lanes.add();
      const [faithful, batched] = [new Player(world, () => undefined), new Player(lane, () => undefined)];
      let changes = 0;
      for (let index = 0; index < 12; index++) {
        const genome = genomeSource(world, 3)(index);
        expect(await firstDisagreement(faithful, batched, genome, index + 1), `genome ${String(index)}`).to.equal(
          undefined,
        );
        const [one, two] = [await faithful.genome(genome), await batched.genome(genome)];
        expect(two).to.deep.equal(one);
        changes += one.trace.steps.filter(({ kind }) => kind.includes(".")).length;
      }
      expect(changes).to.be.greaterThan(5);
    } finally {
      await lanes.close();
      await world.close();
    }
  });

  it("is searched with one transaction per call if its sender is a contract, whose code must stay", async () => {
    const { siege } = fork.connection;
    const vault = await deployOwnedVault(fork, "flawed", { by: fork.addresses.uniswapV2.router });
    const result = await siege.run(vault, siege.scenario(withEvents()), { seed: 1, runs: 20 });
    expect(result.explored.executor).to.equal("faithful");
    expect(result.kind).to.equal("violation");
  });

  it("draws what built-in kinds draw without it", async () => {
    const vault = await deployOwnedVault(fork, "flawed");
    const { provider } = fork.connection;
    const drawn = async (definition: ScenarioDefinition): Promise<unknown> => {
      const world = await openWorld(
        { provider, impersonated: new Set(), intervalMining: 0 },
        vault,
        buildScenario(definition),
      );
      try {
        const { events: _own, ...genome } = genomeSource(world, 5)(4);
        return genome;
      } finally {
        await world.close();
      }
    };
    expect(await drawn(withEvents())).to.deep.equal(await drawn(ownedLending(fork)));
  });

  it("is an error of its own where its code throws, and no verdict", async () => {
    const broken = defineEvent({
      kind: "vault.broken",
      actor: "owner",
      values: { limit: { type: "integer", min: 1, max: 2 } },
      inspect: async () => fork.addresses.weth,
      sender: (weth) => weth,
      call: () => {
        throw new Error("no such parameter");
      },
      words: () => "breaks",
      noun: "a broken event",
    });
    const error = await failsWith("EVENT_FAILED", () =>
      attackedWith({ ...ownedLending(fork), events: [broken] }, "fixed"),
    );
    expect(error.summary).to.include("vault.broken").and.to.include("no such parameter");
  });

  describe("that is not there", () => {
    it("is refused where a reproduction is played first: the scenario does not list it", async () => {
      const { file } = await found();
      const error = await failsWith("UNKNOWN_EVENT", () => attackedWith(ownedLending(fork), "flawed"));
      expect(error.summary).to.include(path.basename(file)).and.to.include('"vault.loanLimitChange"');
      expect(error.hint).to.include("List the kind in the scenario's events");
    });

    it("is refused where its values are not those of the saved event any more", async () => {
      await found();
      const error = await failsWith("REPRODUCTION_INVALID", () => attackedWith(withEvents(9_000), "flawed"));
      expect(error.summary).to.include("values.limit");
    });

    it("is refused in a file, where it is one that nothing defines", async () => {
      const { file } = await found();
      const content = fromJson(await readFile(file, "utf8")) as Reproduction;
      const { finding } = content;
      const steps = finding.trace.steps.map((step) => ({ ...step, kind: "earthquake" as never }));
      const trace = { ...finding.trace, steps };
      await writeFile(file, serialiseReproduction({ ...content, finding: { ...finding, trace } }));
      const error = await failsWith("UNKNOWN_EVENT", () => fork.connection.siege.replay(file));
      expect(error.summary).to.include(path.basename(file)).and.to.include('"earthquake"');
      expect(error.hint).to.include("release that wrote it");
    });
  });
});

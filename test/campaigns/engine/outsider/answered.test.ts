import type { TraceStep } from "../../../../src/engine/events/trace.js";
import type { PauseModel } from "../../../../src/scenario/scenario.js";
import type { Agent, CampaignOptions, CampaignResult, Condition } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { defineCondition, invariants, unprofitableToAttack } from "../../../../src/conditions/index.js";
import { read } from "../../../../src/protocols/read-plan.js";
import { renderResult } from "../../../../src/report/index.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { give } from "../../../fixtures/give.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

const DAY = 86_400;

describe("a pause leaves no money on the table", () => {
  const theFork = siegeForkForSuite();

  async function deploy(contract: string, variant: "flawed" | "fixed"): Promise<Fixture> {
    return deployVariant(theFork(), contract, variant, [theFork().addresses.weth]);
  }

  async function besiege(
    target: Fixture,
    name: string,
    more: {
      readonly conditions?: readonly Condition[];
      readonly pauses?: Partial<PauseModel>;
      readonly agents?: readonly Agent[];
    } = {},
    options: CampaignOptions = {},
  ): Promise<CampaignResult> {
    const { siege } = theFork().connection;
    const scenario = siege.scenario({
      name,
      blocks: 6,
      assets: { ETH: { price: 2_000, token: theFork().addresses.weth } },
      agents: [attacker({ capital: { ETH: 10 }, only: ["target.*"] })],
      ...more,
      conditions: more.conditions ?? [invariants(target)],
    });
    return siege.run(target, scenario, { runs: 40, seed: 1, ...options });
  }

  describe("where whoever acts gets what the attacker has put up", () => {
    it("the target survives, and the report says who would have to sleep", async () => {
      const result = await besiege(await deploy("PromiseDesk", "fixed"), "claims", {}, { runs: 100 });
      expect(result.kind).to.equal("survived");
      expect(result.notCounted).to.have.length(1);
      const [told] = result.notCounted ?? [];
      expect(told?.violation.cause).to.equal("invariants/invariant_tellsTheTruth()");
      expect(told?.call).to.equal("PromiseDeskFixed.challenge()");
      expect(told?.profit.value).to.be.within(1_999, 20_000);
      expect(told?.runs).to.be.above(1);
      const report = renderResult(result);
      expect(report).to.match(
        /not counted: 1 way to break "invariants\/invariant_tellsTheTruth\(\)" \(\d+ runs\) needs that nobody takes a profit of \$[\d,.]+ with PromiseDeskFixed\.challenge\(\) for \d+ days/,
      );
      expect(report).to.include("pauses: { watched: false }");
      expect(report).not.to.include("discarded");
    });

    it("it is the same on two lanes, and with one transaction per call", async () => {
      const desk = await deploy("PromiseDesk", "fixed");
      const one = await besiege(desk, "claims on lanes", {}, { lanes: 1, runs: 16 });
      const two = await besiege(desk, "claims on lanes", {}, { lanes: 2, runs: 16 });
      const faithful = await besiege(desk, "claims on lanes", {}, { executor: "faithful", runs: 16 });
      expect(one.notCounted).to.have.length(1);
      expect(two.notCounted).to.deep.equal(one.notCounted);
      expect(faithful.notCounted).to.deep.equal(one.notCounted);
    });

    it("it counts where nobody watches, and replays", async () => {
      const desk = await deploy("PromiseDesk", "fixed");
      const result = await besiege(desk, "claims that nobody sees", { pauses: { watched: false } });
      if (result.kind !== "violation") throw new Error(renderResult(result));
      expect(result.notCounted).to.equal(undefined);
      expect(result.finding.steps.map(({ data }) => data.kind)).to.deep.equal(["call", "pause", "call"]);
      const { siege } = theFork().connection;
      expect((await siege.replay(result.finding.reproduction!)).kind).to.equal("violation");
    });

    it("it counts where there is nothing to gain by acting", async () => {
      const result = await besiege(await deploy("PromiseDesk", "flawed"), "claims without a reward");
      if (result.kind !== "violation") throw new Error(renderResult(result));
      const pause = result.finding.trace.steps.find((step) => step.kind === "pause");
      expect(pause !== undefined && "seconds" in pause && pause.seconds).to.be.within(DAY - 60, DAY + 60);
    });
  });

  describe("where somebody else has to decide that whoever acted is paid", () => {
    it("the target survives, and the report names who decides", async () => {
      const result = await besiege(await deploy("RuledDesk", "fixed"), "disputes");
      expect(result.kind).to.equal("survived");
      const [told] = result.notCounted ?? [];
      expect(told?.call).to.equal("RuledDeskFixed.challenge()");
      expect(told?.decision?.call).to.equal("RuledDeskFixed.rule()");
      expect(renderResult(result)).to.match(
        /with RuledDeskFixed\.challenge\(\) \(paid once .+ calls RuledDeskFixed\.rule\(\)\) for/,
      );
    });

    it("it counts if the decision is against whoever acted", async () => {
      const result = await besiege(await deploy("RuledDesk", "flawed"), "lost disputes");
      expect(result.kind).to.equal("violation");
    });
  });

  describe("when a finding is minimised", () => {
    const kindsIn = (steps: readonly TraceStep[]): readonly string[] =>
      steps.map((step) => (step.kind === "call" && "function" in step ? step.function.name : step.kind));

    it("it keeps what makes it count, though it is not needed to break the condition", async () => {
      const result = await besiege(await deploy("StoppableDesk", "flawed"), "challenges that stop");
      if (result.kind !== "violation") throw new Error(renderResult(result));
      const kinds = kindsIn(result.finding.trace.steps);
      expect([...kinds].sort()).to.deep.equal(["claim", "pause", "settle", "stop"]);
      expect(kinds.indexOf("stop")).to.be.below(kinds.indexOf("pause"));
    });

    it("it does not wait instead of doing something that others cannot prevent", async () => {
      const result = await besiege(await deploy("HastyDesk", "flawed"), "haste", { pauses: { most: 4 } });
      if (result.kind !== "violation") throw new Error(renderResult(result));
      const { original, trace } = result.finding;
      expect(kindsIn(original.steps)).to.include("pause");
      expect([...kindsIn(trace.steps)].sort()).to.deep.equal(["claim", "hurry", "hurry", "settle"]);
    });
  });

  it("a violation is kept if the campaign ends before it was looked at", async () => {
    const desk = await deploy("PromiseDesk", "fixed");
    const controller = new AbortController();
    let lies = 0;
    const truthful = defineCondition<undefined, unknown>({
      id: "truthful",
      observe: () => read({ address: desk.address, abi: desk.abi, functionName: "value" }),
      judge: ({ reading }) => {
        if (reading !== 100n) {
          lies += 1;
          return "it lies";
        }
        // once on a lane and once on the user's connection, each judged twice: what comes then looks for an answer
        if (lies >= 4) controller.abort();
        return undefined;
      },
    });
    const { signal } = controller;
    const result = await besiege(desk, "an interruption", { conditions: [truthful] }, { signal, lanes: 1 });
    if (result.kind !== "incomplete") throw new Error(renderResult(result));
    expect(result.finding?.violation.cause).to.equal("truthful");
    expect(result.notCounted).to.equal(undefined);
  });

  it("what others could take from the protocol itself counts: they would exploit the same flaw", async () => {
    const till = await deploy("DailyTill", "flawed");
    await give(theFork(), "WETH", till.address, 0.8);
    const conditions = [unprofitableToAttack({ threshold: 1_000, interest: 0 })];
    const result = await besiege(till, "wages", { conditions });
    if (result.kind !== "violation") throw new Error(renderResult(result));
    expect(result.notCounted).to.equal(undefined);
    expect(result.finding.trace.steps.map(({ kind }) => kind)).to.deep.equal(["call", "pause", "call"]);
  });

  it("so does what others could take by another flaw, which an attacker could use as well", async () => {
    const till = await deploy("LooseTill", "flawed");
    await give(theFork(), "WETH", till.address, 0.8);
    const result = await besiege(till, "wages, and what lies about", {
      // whoever waits for wages knows nothing of it
      agents: [attacker({ capital: { ETH: 10 }, only: ["target.take"] })],
      conditions: [unprofitableToAttack({ threshold: 1_000, interest: 0 })],
    });
    if (result.kind !== "violation") throw new Error(renderResult(result));
    expect(result.notCounted).to.equal(undefined);
    expect(result.finding.trace.steps.map(({ kind }) => kind)).to.deep.equal(["call", "pause", "call"]);
  });
});

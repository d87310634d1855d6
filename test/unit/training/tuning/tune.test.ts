import type { TunePlan } from "../../../../src/training/tuning/tune-options.js";
import type { TuneWork } from "../../../../src/training/tuning/tune.js";
import type { TuneResult } from "../../../../src/types.js";

import { expect } from "chai";

import { Stop } from "../../../../src/engine/campaign/stop.js";
import { renderTuning } from "../../../../src/report/index.js";
import { tune } from "../../../../src/training/tuning/tune.js";
import { simulatedPlan, simulatedWork } from "../../../helpers/simulated-tuning.js";

/** Ruin rises with the parameter: 10 % at the end of its range. */
const rising = simulatedWork(({ a = 0 }) => a / 10);

async function tuned(plan: Partial<TunePlan> = {}, work: Partial<TuneWork> = {}): Promise<TuneResult> {
  return tune(simulatedPlan({ dimensions: 1, ...plan }), { ...rising, ...work });
}

function accepted({ front, judged }: TuneResult): readonly Readonly<Record<string, number>>[] {
  return front.map((place) => judged[place]!.values);
}

describe("tune", () => {
  it("accepts a point below the limit, and judges safer ones until it has it", async () => {
    const result = await tuned();
    const { outcome, method, judged, candidates } = result;
    expect([outcome, method]).to.deep.equal(["tuned", "CMA-ES"]);
    expect(candidates).to.have.lengthOf(40);
    const [{ a = NaN } = {}] = accepted(result);
    expect(a).to.be.within(0.1, 0.5);
    expect(judged.at(-1)!.verdict).to.equal("accepted");
    expect(judged.slice(0, -1).map(({ verdict }) => verdict)).to.not.include("accepted");
    expect(judged.at(-1)!.ruin.interval.upper).to.be.below(0.05);
    // 5 points share an error of 5 %
    expect(judged.at(-1)!.ruin.interval.confidence).to.be.closeTo(0.99, 1e-12);
    expect(renderTuning(result)).to.match(/^1 point accepted: Model in "a market whose ruin is known"\n/);
  });

  it("is deterministic, and another seed gives another search", async () => {
    expect(await tuned()).to.deep.equal(await tuned());
    expect((await tuned({ seed: 2 })).candidates).to.not.deep.equal((await tuned()).candidates);
  });

  it("finds a front of several objectives, each with an interval", async () => {
    const work = simulatedWork(({ a = 0, b = 0 }) => 0.04 * (a * a + b * b));
    const plan = simulatedPlan({ dimensions: 2, candidates: 60 });
    const result = await tune(plan, work);
    expect([result.method, result.outcome]).to.deep.equal(["NSGA-II", "tuned"]);
    const points = accepted(result);
    expect(points.length).to.be.greaterThan(0);
    for (const [index, { a, b }] of points.entries()) {
      const isDominated = points.some((one, other) => other !== index && one.a! >= a! && one.b! >= b!);
      expect(isDominated).to.equal(false);
      expect(result.judged[result.front[index]!]!.objectives).to.have.all.keys("a", "b");
    }
  });

  it("names the nearest candidate that was ruined, and has its path minimised", async () => {
    const asked: unknown[] = [];
    const result = await tuned(
      {},
      {
        reproduce: async (...how) => {
          asked.push(how);
          return "tune/model.json";
        },
      },
    );
    const { nearestFailure, values } = result.judged[result.front[0]!]!;
    expect(nearestFailure).to.deep.include({ summary: "ruined", reproduction: "tune/model.json" });
    expect(asked).to.deep.equal([[nearestFailure!.values, nearestFailure!.path, 1]]);
    const distances = result.candidates
      .filter(({ ruined }) => ruined > 0)
      .map((one) => Math.abs(one.values.a! - values.a!));
    expect(nearestFailure!.distance).to.be.closeTo(Math.min(...distances), 1e-12);
  });

  it("refuses what an attack breaks at will, and not what it breaks with the market's help", async () => {
    const broke = { kind: "broke", condition: "solvent", summary: "short" } as const;
    const atWill = await tuned({ attacks: 10 }, { attack: async () => ({ ...broke, atWill: true }) });
    expect(atWill.outcome).to.equal("none");
    expect(atWill.judged.map(({ verdict }) => verdict)).to.include("broken");
    const helped = await tuned({ attacks: 10 }, { attack: async () => ({ ...broke, atWill: false }) });
    expect(helped.outcome).to.equal("tuned");
    expect(renderTuning(helped)).to.include("broke it with the market's help: solvent: short");
  });

  it("does not accept what paths say nothing about", async () => {
    const silent: TuneWork["judge"] = async (...how) => ({
      ...(await rising.judge(...how)),
      doubts: ["Nobody acted."],
    });
    const { outcome, judged } = await tuned({}, { judge: silent });
    expect(outcome).to.equal("none");
    expect(new Set(judged.map(({ verdict }) => verdict))).to.deep.equal(new Set(["undecided"]));
  });

  it("says so where nothing is feasible, where values are refused, and where an objective is constant", async () => {
    const doomed = await tune(
      simulatedPlan({ dimensions: 1, candidates: 6 }),
      simulatedWork(() => 0.9),
    );
    expect([doomed.outcome, doomed.judged]).to.deep.equal(["infeasible", []]);
    expect(renderTuning(doomed)).to.match(/^Nothing feasible/);
    const refused = await tuned({ candidates: 6 }, { measure: async () => "The contract does not take it." });
    expect(refused.outcome).to.equal("infeasible");
    expect(renderTuning(refused)).to.include("The contract does not take it.");
    const measure: TuneWork["measure"] = async (values, how) => rising.measure({ ...values, a: 0.1 }, how);
    expect((await tuned({ candidates: 6 }, { measure })).constant).to.deep.equal(["a"]);
  });

  it("keeps what it has when it is stopped", async () => {
    let left = 5;
    const measure: TuneWork["measure"] = async (...how) => {
      if (left-- === 0) throw new Stop("time limit");
      return rising.measure(...how);
    };
    const result = await tuned({}, { measure });
    expect([result.outcome, result.cut, result.candidates.length]).to.deep.equal(["incomplete", "time limit", 5]);
  });
});

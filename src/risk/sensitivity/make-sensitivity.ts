import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Measured } from "./measure.js";
import type { MorrisValues } from "./morris.js";
import type { SaltelliValues } from "./saltelli.js";
import type { SensitivityPlan } from "./sensitivity-options.js";
import type { SensitivityPoint, SensitivityResult } from "./sensitivity-result.js";

import { Stop } from "../../engine/campaign/stop.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { valueAt } from "../map/axis.js";

import { elementaryEffects, morrisEffect, morrisTrajectories } from "./morris.js";
import { saltelliDesign, sobolIndices } from "./saltelli.js";

/** Evenly spaced values of a parameter in Morris's design. */
const LEVELS = 4;

/** Streams of randomness, so that the design does not depend on the resamples. */
const STREAMS = { design: 1, bootstrap: 2 };

/** What a design is measured with. */
interface SensitivityWork {
  readonly scenario: string;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** @throws Stop */
  readonly measure: (values: ParameterValues) => Promise<Measured>;
  readonly progress?: ((measured: number, points: number) => void) | undefined;
}

/** Measures a design, and estimates what drives its output. What is stopped keeps the samples that were complete. */
export async function makeSensitivity(
  plan: SensitivityPlan,
  { scenario, clock, measure, progress }: SensitivityWork,
): Promise<SensitivityResult> {
  const startedAt = clock();
  const measured = new Map<string, SensitivityPoint>();
  let about = { target: "The target", forkBlock: 0 };
  let cut: Interruption["reason"] | undefined;
  const { axes, parameters, confidence, method, samples: wanted } = plan;
  const at = (point: readonly number[]): ParameterValues =>
    Object.fromEntries(axes.map((axis, index) => [axis.name, valueAt(axis, point[index] ?? 0)]));
  /** The output at a point of the unit cube. Points that the steps of parameters make the same are measured once. */
  let passed = 0;
  const points = wanted * (axes.length + (method === "morris" ? 1 : 2));
  const output = async (point: readonly number[]): Promise<number> => {
    const value = await valueOf(at(point));
    passed += 1;
    progress?.(passed, points);
    return value;
  };
  const valueOf = async (values: ParameterValues): Promise<number> => {
    const key = Object.values(values).join(" ");
    const known = measured.get(key);
    if (known !== undefined) return known.value;
    const { value, target, forkBlock } = await measure({ ...parameters, ...values });
    about = { target, forkBlock };
    measured.set(key, { values, value });
    return value;
  };
  const outputs = async (points: readonly (readonly number[])[]): Promise<readonly number[]> => {
    const values: number[] = [];
    for (const point of points) values.push(await output(point));
    return values;
  };
  const base = (samples: number) => ({
    scenario,
    ...about,
    of: axes,
    output: plan.output,
    seed: plan.seed,
    runs: plan.runs,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    confidence,
    samples,
    wanted,
    points: [...measured.values()],
    ...(cut === undefined ? {} : { cut }),
    seconds: (clock() - startedAt) / 1000,
  });
  const stream = (name: keyof typeof STREAMS): ReturnType<typeof createRandom> =>
    createRandom(mixSeeds(plan.seed, STREAMS[name]));
  const complete = async <Sample, Values>(
    samples: readonly Sample[],
    work: (sample: Sample) => Promise<Values>,
  ): Promise<readonly Values[]> => {
    const done: Values[] = [];
    try {
      for (const sample of samples) done.push(await work(sample));
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      cut = error.reason;
    }
    return done;
  };
  const resampling = { confidence, random: stream("bootstrap") };
  if (method === "morris") {
    const design = morrisTrajectories(wanted, axes.length, { levels: LEVELS, random: stream("design") });
    const done = await complete(design, async (points): Promise<MorrisValues> => ({
      points: points.map((point) => shares(axes, at(point))),
      values: await outputs(points),
    }));
    const isConstant = new Set(done.flatMap(({ values }) => values)).size === 1;
    const outcome = done.length < 2 ? "incomplete" : isConstant ? "constant" : "estimated";
    const effects = outcome === "estimated" ? elementaryEffects(done, axes.length) : [];
    return {
      method,
      ...base(done.length),
      outcome,
      effects: effects.map((ofOne, index) => ({ name: axes[index]?.name ?? "", ...morrisEffect(ofOne, resampling) })),
    };
  }
  const design = saltelliDesign(wanted, axes.length, stream("design"));
  const done = await complete(design, async ({ a, b, mixed }): Promise<SaltelliValues> => ({
    a: await output(a),
    b: await output(b),
    mixed: await outputs(mixed),
  }));
  const { mean, variance, indices } = sobolIndices(done, resampling);
  return {
    method,
    ...base(done.length),
    outcome: done.length < 2 ? "incomplete" : indices === undefined ? "constant" : "estimated",
    mean: done.length === 0 ? 0 : mean,
    variance,
    indices: done.length < 2 ? [] : (indices ?? []).map((one, index) => ({ name: axes[index]?.name ?? "", ...one })),
  };
}

/** Where values are in the ranges of their parameters, 0 to 1: a step may have moved them. */
function shares(axes: SensitivityPlan["axes"], values: ParameterValues): readonly number[] {
  return axes.map(({ name, range: [least, most] }) => ((values[name] ?? NaN) - least) / (most - least));
}

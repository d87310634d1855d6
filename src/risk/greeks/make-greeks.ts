import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { PointsFile } from "../points-file.js";
import type { Bumped, GenomeBump } from "./bump.js";
import type { GreeksPlan } from "./greeks-options.js";
import type { GreeksResult, MeanEstimate, ProtocolGreek } from "./greeks-result.js";
import type { PathOutput, PlayedOn, Variants } from "./play-variants.js";
import type { SavedVariant } from "./saved-variant.js";

import { Stop } from "../../engine/campaign/stop.js";
import { SiegeError } from "../../errors.js";
import { studentQuantile } from "../../numeric/student.js";
import { nearest } from "../../scenario/parameters/parameter.js";

import { bumped, nameOfBump } from "./bump.js";
import { outputName } from "./probe.js";

const BASE = "base";

/** Per cent in a fraction. */
const PERCENT = 0.01;

const DAY = 86_400;

/** What Greeks are made with. */
interface GreeksWork {
  readonly scenario: Scenario;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** Plays variants on a world with these parameters. @throws Stop */
  readonly play: (values: ParameterValues, variants: Variants) => Promise<void>;
  /** Variants that were played before. */
  readonly file?: Pick<PointsFile<SavedVariant>, "add" | "at"> | undefined;
  readonly progress?: ((played: number, runs: number) => void) | undefined;
}

/** A change of two sides: the keys of its variants, and how far they are apart. */
interface Sides {
  readonly what: Bumped;
  readonly up: string;
  readonly down: string;
  /** The sizes of both changes, in units of what the response is for. */
  readonly sizes: readonly [up: number, down: number];
  readonly per: string;
}

/** Estimates how a protocol's number responds. What is stopped keeps what was complete. */
export async function makeGreeks(plan: GreeksPlan, work: GreeksWork): Promise<GreeksResult> {
  const { scenario, clock, play, progress, file } = work;
  const startedAt = clock();
  const { step, parameters } = plan;
  const outputs = new Map<string, readonly PathOutput[]>();
  let about: PlayedOn = { target: "The target", forkBlock: 0 };
  let cut: Interruption["reason"] | undefined;
  let played = 0;
  const sides = plan.of.flatMap((what) => (what.kind === "time" ? [] : [sidesOf(what, plan, scenario)]));
  const runs = plan.paths * (1 + 2 * sides.length);
  const on = async (values: ParameterValues, of: Pick<Variants, "genomes" | "change">): Promise<void> => {
    const left = new Map(of.genomes);
    for (const key of of.genomes.keys()) {
      const saved = file?.at(values, key);
      if (saved === undefined) continue;
      left.delete(key);
      outputs.set(key, saved.outputs);
      about = { target: saved.target, forkBlock: saved.forkBlock };
      progress?.((played += saved.outputs.length), runs);
    }
    if (left.size === 0) return;
    await play(values, {
      ...of,
      genomes: left,
      complete: (key, found, on) => {
        outputs.set(key, found);
        about = on;
        file?.add({ values, variant: key, outputs: found, ...on });
      },
      played: () => progress?.(++played, runs),
    });
  };
  const same: Variants["genomes"] = new Map([[BASE, (genome) => genome]]);
  const only = (key: string): Variants["genomes"] => new Map([[key, (genome) => genome]]);
  try {
    const own = sides.filter(({ what }) => "asset" in what);
    await on(parameters, {
      genomes: new Map([
        ...same,
        ...own.flatMap(({ what, up, down }) =>
          [[up, step] as const, [down, -step] as const].map(
            ([key, size]) =>
              [key, (genome: Parameters<typeof bumped>[0]) => bumped(genome, what as GenomeBump, size)] as const,
          ),
        ),
      ]),
    });
    for (const { what, up, down } of sides) {
      if (what.kind === "baseFee") {
        for (const [key, size] of [[up, step] as const, [down, -step] as const]) {
          const baseFee = BigInt(Math.round(Number(scenario.gas.baseFee) * (1 + size)));
          await on(parameters, { genomes: only(key), change: { gas: { ...scenario.gas, baseFee } } });
        }
      }
      if (what.kind === "parameter") {
        for (const [key, value] of [
          [up, valuesOf(what.parameter, plan, scenario)[0]] as const,
          [down, valuesOf(what.parameter, plan, scenario)[1]] as const,
        ]) {
          await on({ ...parameters, [what.parameter]: value }, { genomes: only(key) });
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    cut = error.reason;
  }
  const base = outputs.get(BASE);
  return {
    scenario: scenario.name,
    ...about,
    output: outputName(plan.output),
    ...(base === undefined
      ? {}
      : {
          base: meanOf(
            base.map(({ end }) => end),
            plan,
          ),
        }),
    greeks: plan.of.flatMap((what) => greekOf(what, { plan, scenario, sides, outputs })),
    method: "central differences on common random numbers",
    step,
    paths: plan.paths,
    seed: plan.seed,
    confidence: plan.confidence,
    blocks: scenario.blocks,
    blockTime: scenario.blockTime,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(cut === undefined ? {} : { cut }),
    seconds: (clock() - startedAt) / 1000,
  };
}

function sidesOf(what: Bumped, plan: GreeksPlan, scenario: Scenario): Sides {
  const name = nameOfBump(what);
  const keys = { what, up: `${name} up`, down: `${name} down` };
  if (what.kind !== "parameter") {
    const size = plan.step / PERCENT;
    return { ...keys, sizes: [size, size], per: "1 %" };
  }
  const [above, below] = valuesOf(what.parameter, plan, scenario);
  const at = plan.parameters[what.parameter] ?? NaN;
  const { unit, range } = scenario.parameters.get(what.parameter) ?? { range: [0, 1] as const };
  // a hundredth of the range, which is of the size of the values
  const hundredth = Number(((range[1] - range[0]) / 100).toPrecision(6));
  return {
    ...keys,
    sizes: [(above - at) / hundredth, (at - below) / hundredth],
    per: `${hundredth}${unit === undefined ? "" : ` ${unit}`}`,
  };
}

/** The values above and below that of a parameter. @throws SiegeError `INVALID_OPTION` if it has no room on one side */
function valuesOf(
  name: string,
  { parameters, step }: GreeksPlan,
  scenario: Scenario,
): readonly [above: number, below: number] {
  const parameter = scenario.parameters.get(name);
  const at = parameters[name];
  if (parameter === undefined || at === undefined) return [NaN, NaN];
  const [least, most] = parameter.range;
  const size = Math.max(step * (most - least), parameter.step ?? 0);
  const [above, below] = [nearest(parameter, at + size), nearest(parameter, at - size)];
  if (above > at && below < at) return [above, below];
  throw new SiegeError("INVALID_OPTION", {
    message: `greeks: the parameter "${name}" is ${at}, at an end of its range.`,
    hint: `Set it between ${least} and ${most}, or describe a wider range: it is changed in both directions.`,
  });
}

function greekOf(
  what: Bumped,
  {
    plan,
    scenario,
    sides,
    outputs,
  }: {
    readonly plan: GreeksPlan;
    readonly scenario: Scenario;
    readonly sides: readonly Sides[];
    readonly outputs: ReadonlyMap<string, readonly PathOutput[]>;
  },
): readonly ProtocolGreek[] {
  const base = outputs.get(BASE);
  if (base === undefined) return [];
  const name = nameOfBump(what);
  if (what.kind === "time") {
    const changes = base.map(({ end, before }) => ((end - before) * DAY) / scenario.blockTime);
    return [{ to: what, name, per: "1 day", response: meanOf(changes, plan) }];
  }
  const found = sides.find((one) => one.what === what);
  const [up, down] = [outputs.get(found?.up ?? ""), outputs.get(found?.down ?? "")];
  if (found === undefined || up === undefined || down === undefined) return [];
  const [above, below] = found.sizes;
  const responses: number[] = [];
  const curvatures: number[] = [];
  for (const [path, { end }] of base.entries()) {
    const [higher, lower] = [(up[path]?.end ?? NaN) - end, end - (down[path]?.end ?? NaN)];
    responses.push((higher + lower) / (above + below));
    curvatures.push((2 * (higher / above - lower / below)) / (above + below));
  }
  return [{ to: what, name, per: found.per, response: meanOf(responses, plan), curvature: meanOf(curvatures, plan) }];
}

function meanOf(values: readonly number[], { confidence }: Pick<GreeksPlan, "confidence">): MeanEstimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (count - 1);
  const standardError = Math.sqrt(variance / count);
  const width = studentQuantile(count - 1, (1 + confidence) / 2) * standardError;
  return { value, standardError, interval: { lower: value - width, upper: value + width } };
}

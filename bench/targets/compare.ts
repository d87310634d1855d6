/**
 * `node --import tsx/esm bench/targets/compare.ts [--results file]`: what a trained adversary changes on the targets that were set aside,
 * over the pairs of target and seed that were measured with and without it, by the same build.
 */
import type { Result } from "./results.js";

import path from "node:path";
import { parseArgs } from "node:util";

import { Results } from "./results.js";
import { SET_ASIDE } from "./set-aside.js";

const { values } = parseArgs({
  options: { results: { type: "string", default: path.join(import.meta.dirname, "results.jsonl") } },
});
const { all } = await Results.open(values.results);
const ours = all.filter(({ tool, target }) => tool === "siege" && SET_ASIDE.includes(target));
const builds = [...new Set(ours.flatMap(({ build, settings }) => (settings.policy === undefined ? [] : [build])))];
for (const build of builds) {
  const of = (variant: Result["variant"], isTrained: boolean): ReadonlyMap<string, Result> =>
    new Map(
      ours
        .filter((one) => one.build === build && one.variant === variant)
        .filter(({ settings }) => (settings.policy !== undefined) === isTrained)
        .map((one) => [`${one.target} ${one.seed} ${one.settings.cpu}`, one]),
    );
  const [untrained, trained] = [of("flawed", false), of("flawed", true)];
  const pairs = [...untrained].flatMap(([key, before]) => {
    const after = trained.get(key);
    return after === undefined ? [] : [{ target: before.target, before: secondsOf(before), after: secondsOf(after) }];
  });
  console.log(`build ${build}: ${pairs.length} pairs of target and seed`);
  for (const target of [...new Set(pairs.map((pair) => pair.target))].sort()) {
    const own = pairs.filter((pair) => pair.target === target);
    console.log(`  ${target}: ${median(own.map(({ before }) => before))} → ${median(own.map(({ after }) => after))}`);
  }
  const ratios = resampled(pairs.length, (places) => {
    const picked = places.flatMap((place) => pairs[place] ?? []);
    return median(picked.map(({ after }) => after)) / median(picked.map(({ before }) => before));
  });
  console.log(
    `  all: median ${median(pairs.map(({ before }) => before))} → ${median(pairs.map(({ after }) => after))} CPU s; ratio of medians, 95 % bootstrap: ${ratios.join(" to ")}`,
  );
  const twins = [...of("fixed", true).values()];
  console.log(`  twins broken: ${twins.filter(({ outcome }) => outcome.found).length} of ${twins.length}`);
}

/** What was not found took at least the whole budget. */
function secondsOf({ outcome, settings }: Result): number {
  return outcome.found ? (outcome.cpuToFind ?? settings.cpu) : settings.cpu;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Percentile bootstrap over pairs, with random numbers that are always the same. */
function resampled(count: number, statistic: (places: readonly number[]) => number): readonly string[] {
  let state = 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const drawn = Array.from({ length: 2_000 }, () =>
    statistic(Array.from({ length: count }, () => Math.floor(next() * count))),
  ).sort((a, b) => a - b);
  return [0.025, 0.975].map((at) => (drawn[Math.floor(at * drawn.length)] ?? NaN).toFixed(2));
}

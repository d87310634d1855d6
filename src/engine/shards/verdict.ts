import type { Doubt } from "../activity/doubts.js";
import type { RunTally } from "../activity/run-tally.js";
import type { CampaignResult, Interruption, MissingShards, SurvivedResult } from "../campaign/campaign-result.js";
import type { Finding } from "../campaign/finding.js";
import type { Unsaved } from "../campaign/unsaved.js";
import type { NotCounted } from "../outsider/answers.js";
import type { CampaignCost, Explored } from "../search/spent.js";
import type { Chosen } from "./choose.js";
import type { Opening, ShardFinding, ShardResults, Spent } from "./result.js";

import { activityOf } from "../activity/activity-of.js";
import { doubtsOf } from "../activity/doubts.js";
import { addTally, emptyTally, succeededIn } from "../activity/run-tally.js";
import { errorOf } from "../run/fault.js";

import { isFinished } from "./choose.js";
import { missingText } from "./missing.js";
import { shardOf, strandsOf } from "./strands.js";

/** Where the file of a finding is. */
export interface KeptIn {
  readonly file: string | undefined;
  readonly unsaved: readonly Unsaved[];
}

/** The finding as a campaign reports it. */
export function findingOf({ reproduction, original, also, run }: ShardFinding, { file, unsaved }: KeptIn): Finding {
  return { ...reproduction.finding, original, also, run, reproduction: file, unsaved };
}

/**
 * The result of a campaign whose shards were joined: that of the same campaign in a single shard, apart from the seconds, which are
 * those of all shards together.
 *
 * @param keptIn - where the file of a finding is
 */
export function verdictOf(
  results: ShardResults,
  { findings: chosen, counted, last = Infinity }: Chosen,
  keptIn: (finding: ShardFinding) => KeptIn,
): CampaignResult {
  const { campaign, background, shards } = results;
  const tally = tallyOf(counted);
  const activity = activityOf(background.facts, tally);
  const missing = missingIn(results);
  const lacks = lackingIn(results, last);
  const base: Omit<SurvivedResult, "kind"> = {
    scenario: campaign.scenario,
    target: campaign.target.name,
    source: background.source,
    ...(background.parameters === undefined ? {} : { parameters: background.parameters }),
    seed: campaign.seed,
    forkBlock: campaign.forkBlock,
    isFork: background.isFork,
    blocks: campaign.blocks,
    discarded: counted.reduce((sum, { discarded }) => sum + discarded, 0),
    ...notCountedIn(counted),
    explored: exploredIn(counted),
    replayed: openingOf(shards).replayed,
    funding: background.funding,
    activity,
    ...(lacks.missing && missing !== undefined ? { shards: missing } : {}),
    cost: costOf(results, counted, chosen, tally),
  };
  const finished = chosen.filter(isFinished).map((finding) => findingOf(finding, keptIn(finding)));
  const [unfinished] = chosen.filter((finding) => !isFinished(finding));
  const half = unfinished === undefined ? undefined : findingOf(unfinished, keptIn(unfinished));
  const cut = lacks.cut || half !== undefined ? cutOf(results) : undefined;
  const [first] = finished;
  if (first !== undefined) {
    return {
      kind: "violation",
      ...base,
      finding: first,
      findings: half === undefined ? finished : [...finished, half],
      ...(cut === undefined ? {} : { cut }),
    };
  }
  if (cut !== undefined) return { kind: "incomplete", ...cut, finding: half, ...base };
  const changed = counted.some((strand) => strand.changed);
  const doubts = [
    ...missingDoubts(missing),
    ...doubtsOf(background.facts, activity, { ...tally, exercised: changed ? tally.exercised : [] }),
  ];
  return doubts.length === 0 ? { kind: "survived", ...base } : { kind: "inconclusive", doubts, ...base };
}

/** The opening of a shard that has come to its end. */
function openingOf(shards: ShardResults["shards"]): Opening {
  const whole = shards.find(({ cut, strands }) => cut === undefined || strands.length > 0) ?? shards[0];
  return whole?.opening ?? { replayed: { violating: [], surviving: [], skipped: [] }, findings: [], spent: NOTHING };
}

const NOTHING: Spent = { runs: 0, blocks: 0, calls: 0 };

function missingDoubts(missing: MissingShards | undefined): readonly Doubt[] {
  if (missing === undefined) return [];
  const { count } = missing;
  return [
    {
      code: "SHARDS_MISSING",
      message: `This is ${missingText(missing)}.`,
      hint: `Play what is missing (--shard ${missing.missing
        .slice(0, 3)
        .map((index) => `${index}/${count}`)
        .join(", ")}${missing.missing.length > 3 ? ", …" : ""}) and merge the results of all shards.`,
    },
  ];
}

function missingIn({ campaign: { shards: count }, shards }: ShardResults): MissingShards | undefined {
  const there = new Set(shards.map(({ index }) => index));
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.has(index));
  return missing.length === 0 ? undefined : { count, missing };
}

/** Which of the strands up to the last that counts were not played, or not to their end, and why. */
function lackingIn(
  { campaign, shards }: ShardResults,
  last: number,
): { readonly missing: boolean; readonly cut: boolean } {
  const complete = new Set(
    shards.flatMap(({ strands }) => strands.filter((one) => one.complete).map((one) => one.index)),
  );
  const there = new Set(shards.map(({ index }) => index));
  const lacking = strandsOf(campaign.runs).filter(({ index }) => index <= last && !complete.has(index));
  const isThere = lacking.map(({ index }) => there.has(shardOf(index, campaign.shards)));
  return {
    missing: isThere.includes(false),
    cut: isThere.includes(true) || (last === Infinity && shards.some(({ cut }) => cut !== undefined)),
  };
}

/** Why the first shard that was stopped was. */
function cutOf({ shards }: ShardResults): Interruption {
  const [cut] = shards.flatMap((shard) => shard.cut ?? []);
  if (cut === undefined) return { reason: "interrupted", error: undefined };
  return { reason: cut.reason, error: cut.error === undefined ? undefined : errorOf(cut.error) };
}

/** What was not counted, the first of each cause, with the runs of all. */
function notCountedIn(counted: Chosen["counted"]): Pick<SurvivedResult, "notCounted"> {
  const byCause = new Map<string, NotCounted>();
  for (const one of counted.flatMap(({ notCounted = [] }) => notCounted)) {
    const { cause } = one.violation;
    const known = byCause.get(cause);
    const first = known === undefined || one.run < known.run ? one : known;
    byCause.set(cause, { ...first, runs: one.runs + (known?.runs ?? 0) });
  }
  return byCause.size === 0 ? {} : { notCounted: [...byCause.values()] };
}

function tallyOf(counted: Chosen["counted"]): RunTally {
  const total = emptyTally();
  for (const { tally } of counted) addTally(total, tally);
  return total;
}

function exploredIn(counted: Chosen["counted"]): Explored {
  const all = counted.map(({ explored }) => explored);
  const differing = all.find(({ because }) => because !== undefined);
  const outside = all.find(({ notInRunner }) => notInRunner !== undefined);
  const [first] = all;
  if (differing !== undefined) return differing;
  return outside ?? first ?? { executor: "batched", because: undefined };
}

/** What the counted strands and the chosen findings took; the seconds are those of all shards. */
function costOf(
  { shards }: ShardResults,
  counted: Chosen["counted"],
  findings: readonly ShardFinding[],
  tally: RunTally,
): CampaignCost {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const beside: readonly Spent[] = [
    openingOf(shards).spent,
    ...counted.map(({ spent }) => spent),
    ...findings.map(({ spent }) => spent),
  ];
  const runs = sum(counted.map((strand) => strand.runs));
  const searchCalls = sum(counted.map(({ searched }) => searched.calls));
  return {
    runs,
    totalRuns: runs + sum(beside.map((spent) => spent.runs)),
    blocks: sum(counted.map(({ searched }) => searched.blocks)) + sum(beside.map((spent) => spent.blocks)),
    calls: searchCalls + sum(beside.map((spent) => spent.calls)),
    searchCalls,
    trials: sum(counted.map(({ searched }) => searched.trials)),
    actions: succeededIn(tally),
    seconds: sum(shards.map(({ seconds }) => seconds)),
    searchSeconds: sum(shards.map(({ searchSeconds }) => searchSeconds)),
  };
}

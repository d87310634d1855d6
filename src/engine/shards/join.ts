import type { Campaign, ShardResult, ShardResults } from "./result.js";

import { SiegeError } from "../../errors.js";
import { toJson } from "../json.js";
import { quoted } from "../reproduction/file-errors.js";

/** Results and the file that they come from, for errors. */
export interface NamedResults {
  readonly origin: string;
  readonly results: ShardResults;
}

/** What each field of a campaign is called, in the order in which they are compared. */
const FIELDS: readonly (readonly [keyof Campaign, string])[] = [
  ["release", "release of hardhat-siege"],
  ["file", "scenario file"],
  ["scenario", "scenario"],
  ["target", "target"],
  ["shards", "number of shards"],
  ["seed", "seed"],
  ["runs", "runs"],
  ["findings", "findings"],
  ["executor", "executor"],
  ["parameters", "setting of parameters"],
  ["forkBlock", "fork block"],
  ["blocks", "blocks per run"],
  ["bytecode", "bytecode"],
  ["definition", "scenario's definition"],
  ["corpus", "saved reproductions"],
];

/**
 * Joins the results of shards of one campaign. Associative and commutative; a shard that is given twice counts once.
 *
 * @throws SiegeError `MIXED_CAMPAIGNS` if they are of different campaigns, `CONTRADICTING_SHARDS` if both have a shard and
 * not the same result of it
 */
export function join(one: NamedResults, other: NamedResults): ShardResults {
  requireSameCampaign(one, other);
  const shards = new Map(one.results.shards.map((shard) => [shard.index, shard]));
  for (const shard of other.results.shards) {
    const known = shards.get(shard.index);
    shards.set(shard.index, known === undefined ? shard : same(known, shard, [one.origin, other.origin], one.results));
  }
  return { ...one.results, shards: [...shards.values()].sort((a, b) => a.index - b.index) };
}

/** The campaigns of several results, by their scenario files. @throws SiegeError as {@link join} does */
export function joinAll(all: readonly NamedResults[]): readonly ShardResults[] {
  const byFile = new Map<string, { readonly given: NamedResults[]; joined: NamedResults }>();
  for (const named of all) {
    const { file } = named.results.campaign;
    const known = byFile.get(file);
    if (known === undefined) {
      byFile.set(file, { given: [named], joined: named });
      continue;
    }
    // an error is to name the file that has the same shard
    const rival = known.given.find((earlier) => haveOneInCommon(earlier, named));
    if (rival !== undefined) join(rival, named);
    known.joined = { origin: known.joined.origin, results: join(known.joined, named) };
    known.given.push(named);
  }
  return [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { joined }]) => joined.results);
}

function haveOneInCommon({ results: one }: NamedResults, { results: other }: NamedResults): boolean {
  return one.shards.some(({ index }) => other.shards.some((shard) => shard.index === index));
}

function requireSameCampaign(one: NamedResults, other: NamedResults): void {
  for (const [field, called] of FIELDS) {
    const [its, others] = [one, other].map(({ results }) => shownValue(results.campaign[field]));
    if (its === undefined || others === undefined || its === others) continue;
    throw new SiegeError("MIXED_CAMPAIGNS", {
      message: `Results of different campaigns cannot be merged: the ${called} is ${its} in ${quoted(one.origin)} and ${others} in ${quoted(other.origin)}.`,
      hint: "Play all shards of the same commit with the same options, and remove results of earlier campaigns from the folder.",
    });
  }
}

function shownValue(value: Campaign[keyof Campaign]): string {
  return typeof value === "string" ? quoted(value) : quoted(toJson(value ?? {}));
}

/** One of two results of a shard, if they only differ in the time that it took. */
function same(
  one: ShardResult,
  other: ShardResult,
  [first, second]: readonly [string, string],
  { campaign }: ShardResults,
): ShardResult {
  if (toJson(withoutClock(one)) !== toJson(withoutClock(other))) {
    throw new SiegeError("CONTRADICTING_SHARDS", {
      message: `There are two different results of shard ${one.index}/${campaign.shards} of ${quoted(campaign.file)}: in ${quoted(first)}${endText(one)} and in ${quoted(second)}${endText(other)}.`,
      hint: "Remove the one that does not belong to this campaign, or play the shard again.",
    });
  }
  return {
    ...one,
    seconds: Math.min(one.seconds, other.seconds),
    searchSeconds: Math.min(one.searchSeconds, other.searchSeconds),
  };
}

function endText({ cut }: ShardResult): string {
  return cut === undefined ? "" : " (which was stopped before its end)";
}

function withoutClock({ seconds: _seconds, searchSeconds: _searchSeconds, ...rest }: ShardResult): object {
  return rest;
}

import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";

import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { blockText, count, row, toText } from "./lines.js";
import { renderResult } from "./terminal.js";
import { unsavedContents, unsavedLines } from "./unsaved.js";

/** The widest summary of a violation. */
const SUMMARY = 300;

/** Which shard, counted from 1, of how many, and where its result is. */
interface PlayedShard {
  readonly index: number;
  readonly count: number;
  readonly saved: string;
}

/** The report of a campaign whose shards were merged, and what was found beyond it. */
export function renderMerged(result: CampaignResult, further: readonly Finding[]): string {
  return [renderResult(result), ...(further.length === 0 ? [] : [renderFurther(further)])].join("\n");
}

/** The report of one shard: of its part, which is no verdict on the target unless something broke. */
export function renderShard(result: CampaignResult, { index, count: shards, saved }: PlayedShard): string {
  const { kind } = result;
  const isWhole = shards === 1 || kind === "violation" || kind === "incomplete";
  // the others are not missing, they are elsewhere
  const { shards: _missing, ...own } = result;
  return `${isWhole ? renderResult(own) : renderPart(result, index, shards)}\n${toText([
    row("shard", `${index}/${shards}, in ${saved}`),
    row("", whatMergingDoes(kind, shards)),
  ])}`;
}

function renderPart(result: CampaignResult, index: number, shards: number): string {
  const { target, scenario, blocks, seed, cost } = result;
  return toText([
    `Shard ${index} of ${shards} found nothing that breaks ${legible(target, NAME_WIDTH)} in "${legible(scenario, NAME_WIDTH)}"`,
    `  ${count(cost.runs, "run")} of ${count(blocks, "block")}, ${count(cost.actions, "action")} took effect; this is no verdict yet`,
    `  seed ${seed}, ${blockText(result)}, ${cost.seconds.toFixed(1)} s`,
  ]);
}

function whatMergingDoes(kind: CampaignResult["kind"], shards: number): string {
  if (kind === "violation") return "npx hardhat siege merge writes the reproduction, and its test";
  return shards === 1
    ? "npx hardhat siege merge prints this report"
    : `npx hardhat siege merge gives the verdict of all ${shards}`;
}

/** What shards found in runs that the campaign of a single machine does not come to. */
function renderFurther(further: readonly Finding[]): string {
  const lines = further.flatMap(({ violation, run, reproduction, unsaved }) => [
    row(`run ${run}`, `${legible(violation.condition, NAME_WIDTH)}: ${legible(violation.evidence.summary, SUMMARY)}`),
    ...(reproduction === undefined ? [] : [row("", `npx hardhat siege replay ${reproduction}`)]),
    ...unsavedLines(unsaved),
  ]);
  const text = toText(["", `Other shards found ${count(further.length, "further violation")} in later runs`, ...lines]);
  return [text, ...further.flatMap(({ unsaved }) => unsavedContents(unsaved))].join("\n");
}

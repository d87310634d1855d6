import type { CampaignResult, Interruption } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { DiffResult } from "../../engine/diff/diff-result.js";
import type { RuinResult } from "../ruin/ruin-result.js";
import type {
  ProposalFinding,
  ProposalOrder,
  ProposalResult,
  ProposalRuin,
  RuinDifference,
} from "./proposal-result.js";

import { Stop } from "../../engine/campaign/stop.js";
import { SiegeError } from "../../errors.js";
import { clopperPearson } from "../intervals/clopper-pearson.js";

/** Plays the scenario with proposals executed, in this order, before it begins; without any, as it is. */
export interface ProposalWork {
  readonly ruin: (order: readonly number[]) => Promise<RuinResult>;
  readonly campaign: (order: readonly number[]) => Promise<CampaignResult>;
  readonly diff: (order: readonly number[]) => Promise<DiffResult>;
}

/** What only chance brings about. */
const CHANCE: ReadonlySet<string> = new Set(["market", "oracle", "gas"]);

/** Every order of so many, the given one first. */
export function ordersOf(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return Array.from({ length: count }, (_value, first) => first).flatMap((first) =>
    ordersOf(count - 1).map((rest) => [first, ...rest.map((one) => (one >= first ? one + 1 : one))]),
  );
}

/** Judges every order of execution against the scenario without the proposals, on the same paths and runs. */
export async function judgeProposals(
  names: readonly string[],
  { ruin, campaign, diff }: ProposalWork,
): Promise<Pick<ProposalResult, "orders" | "verdict" | "cut" | "target" | "forkBlock">> {
  const orders: ProposalOrder[] = [];
  let about = { target: "The target", forkBlock: 0 };
  let cut: Interruption["reason"] | undefined;
  try {
    const ruinBefore = complete(await ruin([]));
    const before = findingsOf(await campaign([]));
    about = { target: ruinBefore.target, forkBlock: ruinBefore.forkBlock };
    for (const order of ordersOf(names.length)) {
      const named = order.map((index) => names[index] ?? "");
      try {
        const ruinAfter = complete(await ruin(order));
        const after = findingsOf(await campaign(order));
        const { outcomes, changed, cut: stopped } = await diff(order);
        const isIn = (list: readonly ProposalFinding[], { cause, condition }: ProposalFinding): boolean =>
          list.some((one) => one.cause === cause && one.condition === condition);
        orders.push({
          order: named,
          ruin: compared(ruinBefore, ruinAfter),
          outcomes,
          changed,
          appeared: after.filter((one) => !isIn(before, one)),
          vanished: before.filter((one) => !isIn(after, one)),
        });
        if (stopped !== undefined) throw new Stop(stopped);
      } catch (error) {
        if (!SiegeError.isSiegeError(error)) throw error;
        if (error.code === "BROKEN_AT_START") orders.push({ order: named, appeared: [atOnce(error.summary)] });
        else if (error.code === "PARAMETER_REFUSED") orders.push({ order: named, refused: error.summary });
        else throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    cut = error.reason;
  }
  const isHarmful = orders.some(({ appeared = [], outcomes, ruin: judged }) => {
    const broke = (outcomes?.broken ?? 0) > 0 || (judged?.difference.lower ?? 0) > 0;
    return appeared.length > 0 || broke;
  });
  const isRefused = orders.some(({ refused }) => refused !== undefined);
  const otherwise = cut !== undefined ? "incomplete" : isRefused ? "reverts" : "no alarm";
  return { ...about, orders, verdict: isHarmful ? "harmful" : otherwise, ...(cut === undefined ? {} : { cut }) };
}

/** What does not hold as soon as the proposals are executed. */
function atOnce(summary: string): ProposalFinding {
  const at = /"([^"]*)"/.exec(summary)?.[1] ?? "a condition";
  return { condition: at, cause: at, summary, block: 0, steps: 0, needsMarket: false, moves: [] };
}

/** @throws Stop, or the error that stopped it */
function complete(result: RuinResult): RuinResult {
  if (result.kind === "estimated") return result;
  if (result.reason !== "error") throw new Stop(result.reason);
  throw result.error ?? new SiegeError("INTERNAL", STOPPED);
}

const STOPPED = { message: "Paths stopped without an error.", hint: "Please report it." };

function findingsOf(result: CampaignResult): readonly ProposalFinding[] {
  if (result.kind === "violation") return result.findings.map(findingOf);
  if (result.kind !== "incomplete") return [];
  if (result.reason !== "error") throw new Stop(result.reason);
  throw result.error ?? new SiegeError("INTERNAL", STOPPED);
}

function findingOf({ violation, trace, steps, thresholds, reproduction }: Finding): ProposalFinding {
  const chance = trace.steps.filter(({ kind }) => CHANCE.has(kind));
  return {
    condition: violation.condition,
    cause: violation.cause,
    summary: violation.evidence.summary,
    block: violation.block,
    steps: steps.length,
    needsMarket: chance.length > 0,
    moves: thresholds,
    ...(reproduction === undefined ? {} : { reproduction }),
  };
}

function compared(before: RuinResult, after: RuinResult): ProposalRuin {
  const paths = Math.min(before.paths, after.paths);
  const [one, other] = [before, after].map(({ ruined }) => new Set(ruined.map(({ path }) => path)));
  const onlyBefore = [...(one ?? [])].filter((path) => other?.has(path) !== true);
  const onlyAfter = [...(other ?? [])].filter((path) => one?.has(path) !== true);
  const difference = differenceOf(onlyAfter.length, onlyBefore.length, paths, before.confidence);
  return { paths, before: before.probability, after: after.probability, onlyBefore, onlyAfter, difference };
}

/**
 * The difference of two probabilities on the same paths: that of the paths which only one of them ruins. Each has an exact interval with half
 * of the error, so that the difference of their ends contains it at least as often as it says.
 */
export function differenceOf(added: number, removed: number, paths: number, confidence: number): RuinDifference {
  const half = 1 - (1 - confidence) / 2;
  const [more, less] = [added, removed].map((successes) => clopperPearson({ successes, trials: paths }, half));
  return {
    value: paths === 0 ? 0 : (added - removed) / paths,
    lower: (more?.lower ?? 0) - (less?.upper ?? 1),
    upper: (more?.upper ?? 1) - (less?.lower ?? 0),
    confidence,
  };
}

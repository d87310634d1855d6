import type { Interruption, SurvivedResult } from "../../engine/campaign/campaign-result.js";
import type { Entry, FileCampaign, FileRuin } from "../file-result.js";

import { errorOf } from "../../engine/run/fault.js";
import { SiegeError } from "../../errors.js";
import { legible, legibleLines } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { ruinDecision } from "../../risk/ruin/ruin-decision.js";
import { caveatsOf } from "../caveats.js";
import { ruinText } from "../ruin.js";

/** The widest name of a target or of a scenario. */
const NAME = 200;

/** What a probability of ruin is called where a campaign names a condition. */
export const RUIN = "ruinProbability";

/** The widest reason. */
const REASON = 600;

/**
 * What a report says of an entry. `passed` and `failed` are verdicts; `undecided` (inconclusive, incomplete) and `error` are none,
 * and never shown as passed. `part` is a shard that found nothing: merging gives the verdict.
 */
export interface Verdict {
  readonly kind: "passed" | "failed" | "undecided" | "error" | "part";
  /** What it is called: a code of an error or a doubt, or the condition that is violated. */
  readonly code: string;
  /** One line that is safe to print: why it is no pass, or that it is one. */
  readonly reason: string;
}

/** What became of an entry. */
export function verdictOf(entry: Entry): Verdict {
  if ("replay" in entry) return replayed(entry.replay);
  if ("error" in entry) return faulty(entry.error);
  return "ruin" in entry ? risk(entry) : campaign(entry);
}

/** What an entry is about: `Vault survives "flash crash"`. */
export function titleOf(entry: Entry): string {
  if ("replay" in entry) {
    const { target, scenario } = entry.reproduction;
    return `${legible(target.name, NAME)} survives what was found in "${legible(scenario, NAME)}"`;
  }
  if ("error" in entry) return legible(entry.file, NAME);
  if ("ruin" in entry) {
    const { ruin, limit, wanted } = entry;
    return `${legible(ruin.target, NAME)} has a ruin probability ${wanted === undefined ? "" : "not "}below ${formatProbability(limit)} under "${legible(ruin.scenario, NAME)}"`;
  }
  const { target, scenario } = entry.result;
  return `${legible(target, NAME)} ${entry.wanted === undefined ? "survives" : "does not survive"} "${legible(scenario, NAME)}"`;
}

function replayed(outcome: Extract<Entry, { replay: unknown }>["replay"]): Verdict {
  switch (outcome.kind) {
    case "survived":
      return { kind: "passed", code: "survived", reason: "the target now survives these steps" };
    case "invalid":
      return faulty(errorOf(outcome.error));
    case "violation": {
      const { condition, evidence } = outcome.violation;
      return {
        kind: "failed",
        code: legible(condition, NAME),
        reason: `the violation is reproduced as it was recorded: ${legible(evidence.summary, REASON)}`,
      };
    }
  }
}

function faulty(error: Error): Verdict {
  const [code, message] = SiegeError.isSiegeError(error) ? [error.code, error.summary] : [error.name, error.message];
  // a siege error's own text has several lines if it holds a report
  return { kind: "error", code: legible(code, NAME), reason: legible(legibleLines(message, REASON), REASON) };
}

function campaign({ result, shard, wanted }: FileCampaign): Verdict {
  switch (result.kind) {
    case "survived":
      return wanted === undefined
        ? { kind: "passed", code: "survived", reason: survivedText(result) }
        : { kind: "failed", code: "survived", reason: "the target survived, but was expected not to" };
    case "violation": {
      const [{ violation }] = [result.finding];
      const more = result.findings.length - 1;
      return {
        kind: wanted === undefined ? "failed" : "passed",
        code: legible(violation.condition, NAME),
        reason: `${legible(violation.evidence.summary, REASON)}${more > 0 ? ` (and ${more} more)` : ""}`,
      };
    }
    case "inconclusive": {
      if (shard !== undefined && shard.count > 1) {
        return {
          kind: "part",
          code: "SHARDS_MISSING",
          reason: `shard ${shard.index} of ${shard.count} found nothing; siege merge gives the verdict`,
        };
      }
      const { doubts } = result;
      const why = doubts.map(({ message }) => legible(message, REASON)).join(" ");
      return { kind: "undecided", code: doubts[0]?.code ?? "INCONCLUSIVE", reason: `inconclusive: ${why}` };
    }
    case "incomplete":
      return { kind: "undecided", code: "INCOMPLETE", reason: `incomplete: ${stoppedBy(result)}` };
  }
}

/** The interval decides, as for the assertion. */
function risk({ ruin, limit, wanted }: FileRuin): Verdict {
  const text = legible(ruinText(ruin), REASON);
  const decision = ruinDecision(ruin, limit);
  if (ruin.kind === "incomplete") {
    return { kind: "undecided", code: "INCOMPLETE", reason: `incomplete: ${stoppedBy(ruin)}` };
  }
  switch (decision) {
    case "undecided":
    case "incomplete":
      return {
        kind: "undecided",
        code: "INCONCLUSIVE",
        reason: `inconclusive: the limit lies within the interval; ${text}`,
      };
    case "doubtful": {
      const why = ruin.doubts.map(({ message }) => legible(message, REASON)).join(" ");
      return {
        kind: "undecided",
        code: ruin.doubts[0]?.code ?? "INCONCLUSIVE",
        reason: `inconclusive: ${why === "" ? "a ruined path did not replay" : why}`,
      };
    }
    case "below":
    case "not below":
      return {
        kind: decision === (wanted === undefined ? "below" : "not below") ? "passed" : "failed",
        code: RUIN,
        reason: text,
      };
  }
}

function survivedText(result: SurvivedResult): string {
  return [`no condition was violated in ${runs(result.cost.runs)}`, ...caveatsOf(result)].join("; ");
}

/** Why a campaign did not reach its end. */
export function stoppedBy({ reason, error }: Interruption): string {
  if (reason === "error") return `stopped by an error: ${legible(error?.message ?? "unknown", REASON)}`;
  return `stopped by ${reason === "interrupted" ? "an interruption" : "the time limit"}`;
}

function runs(count: number): string {
  return `${count.toLocaleString("en-US")} run${count === 1 ? "" : "s"}`;
}

import type { Address } from "viem";

import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { Violation } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { Found } from "../search/found.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { SavedFile } from "./case-file.js";
import type { SkippedReproduction } from "./replayed.js";
import type { RollCall } from "./roll-call.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { SEARCHED_PARAMETER } from "../../scenario/parameters/searched.js";
import { kindsOf } from "../events/kinds.js";
import { stepOf } from "../events/trace.js";
import { issueText, quoted, reasonOf } from "../reproduction/file-errors.js";
import { listReproductions } from "../reproduction/store.js";
import { parameterText, sameValues } from "../world/parameters/parameter-value.js";

import { Stop } from "./stop.js";

/** What a saved reproduction still shows. */
export interface Regression {
  readonly found: Found;
  /** The file of which it is the finding; `undefined` if it is another violation than the one that was saved. */
  readonly saved: SavedFile | undefined;
}

/**
 * Plays the saved reproductions of this scenario and target before the search: what broke once may break again, as the minimal trace or,
 * if that no longer does, as the one that does most harm. What a trace shows besides the cause that it was saved for is a finding of
 * its own.
 *
 * @throws SiegeError for a file in the folder that is not a reproduction: an unreadable regression must not pass silently
 */
export async function* playRegressions(
  player: Player,
  environment: CampaignEnvironment,
  roll: RollCall,
): AsyncGenerator<Regression, void> {
  const { scenario, target } = player.world;
  const kinds = kindsOf(player.world);
  const folder = path.resolve(environment.projectRoot, environment.reproductions);
  const saved = await listReproductions(folder);
  roll.expect(saved.map(({ file }) => file));
  const own = saved.filter(({ file, reproduction }) => {
    const other = SiegeError.isSiegeError(reproduction) ? undefined : otherOf(reproduction, player.world);
    if (other !== undefined) roll.skipped(file, other);
    return other === undefined;
  });
  for (const { file, reproduction } of own) {
    if (SiegeError.isSiegeError(reproduction)) throw reproduction;
    requireKinds(reproduction, kinds, file);
    // a regression lapses with an agent that the scenario no longer has
    const { finding, seed, run } = reproduction;
    const lapsed = finding.trace.steps.find((step) => kinds.of(step).moves?.isThere(step, scenario) === false);
    if (lapsed !== undefined) {
      roll.skipped(file, { kind: "an agent is gone", agent: kinds.of(lapsed).tells.actor(lapsed) });
      continue;
    }
    const between = { from: reproduction.target.address, to: target.address };
    let others: readonly Violation[] = [];
    let shows: Trace;
    const shown = async (trace: Trace, seeking: string): Promise<Found | undefined> => {
      const outcome = await played(() => player.trace(trace, {}, { seeking }), file);
      others = outcome.also ?? [];
      if (outcome.kind !== "violation") return undefined;
      const { violation, trace: original } = outcome;
      return { violation, genome: finding.genome, original, plays: "trace", also: others, seed, run };
    };
    shows = movedTrace(finding.trace, between, kinds);
    let found = await shown(shows, finding.violation.cause);
    // it is as little beyond a threshold as can be: a little more gas, and it is not
    const misses = found === undefined && others.length === 0 && finding.worst !== undefined;
    if (misses) {
      shows = movedTrace(finding.worst.trace, between, kinds);
      found = await shown(shows, finding.violation.cause);
    }
    roll.played(file, found !== undefined || others.length > 0 ? "violation" : "survived");
    if (found !== undefined) {
      // what else it shows is among what its case meets
      yield { found, saved: { file, reproduction, ...(misses ? { misses } : {}) } };
      continue;
    }
    for (const { cause } of others) {
      const other = await shown(shows, cause);
      if (other !== undefined) yield { found: other, saved: undefined };
    }
  }
}

/** Why a reproduction does not concern a campaign; `undefined` if it does. */
function otherOf(
  { target, scenario, parameters = [] }: Reproduction,
  world: Pick<World, "scenario" | "target" | "parameters">,
): SkippedReproduction["because"] | undefined {
  if (target.name !== world.target.name) return { kind: "another target", target: target.name };
  if (scenario !== world.scenario.name) return { kind: "another scenario", scenario };
  // it broke another world
  if (sameValues(parameters, world.parameters)) return undefined;
  return { kind: "other parameters", parameters: parameters.map(parameterText).join(", ") };
}

/**
 * Plays the trace of a file.
 *
 * @throws SiegeError `REPRODUCTION_INVALID` if it cannot be played: prices that overflow, arguments that do not fit
 */
async function played<ResultT>(play: () => Promise<ResultT>, file: string): Promise<ResultT> {
  try {
    return await play();
  } catch (error) {
    if (SiegeError.isSiegeError(error) || error instanceof Stop) throw error;
    throw new SiegeError("REPRODUCTION_INVALID", {
      message: `${quoted(file)} has steps that cannot be played: ${reasonOf(error)}.`,
      hint: "Take the file from version control, or find it again with siege run.",
      cause: error,
    });
  }
}

/**
 * Refuses events that the scenario does not know: a skipped regression must not pass silently.
 *
 * @throws SiegeError `UNKNOWN_EVENT`, or `REPRODUCTION_INVALID` if the values are not valid for the kind
 */
function requireKinds({ finding: { trace }, scenario }: Reproduction, kinds: EventKinds, file: string): void {
  for (const step of trace.steps) {
    if (!kinds.has(step.kind)) {
      throw new SiegeError("UNKNOWN_EVENT", {
        message: `${quoted(file)} has an event of the kind "${quoted(step.kind)}", which the scenario "${quoted(scenario)}" does not list.`,
        hint: step.kind.startsWith(SEARCHED_PARAMETER)
          ? "Search the parameter again (search: true), or delete the file if it is obsolete."
          : "List the kind in the scenario's events (a plugin may define it), or delete the file if it is obsolete.",
      });
    }
    const parsed = kinds.of(step).schema.safeParse(step);
    if (parsed.success) continue;
    const [issue] = parsed.error.issues;
    throw new SiegeError("REPRODUCTION_INVALID", {
      message: `${quoted(file)} has an event of the kind "${quoted(step.kind)}" with invalid values: ${issue === undefined ? "its content is wrong" : issueText(issue)}.`,
      hint: "The kind's values have changed since it was written: find it again with siege run.",
    });
  }
}

/** The trace with the target at another address: a fixture may be deployed elsewhere than before. */
export function movedTrace(
  trace: Trace,
  { from, to: address }: { readonly from: Address; readonly to: Address },
  kinds: EventKinds,
): Trace {
  const old = addressKey(from);
  if (old === addressKey(address)) return trace;
  const moved = (value: unknown): unknown => {
    if (typeof value === "string") return value.toLowerCase() === old ? address : value;
    if (Array.isArray(value)) return (value as readonly unknown[]).map(moved);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item)]));
    }
    return value;
  };
  return {
    ...trace,
    steps: trace.steps.map((step) => stepOf(kinds.of(step).moves?.moved(step, moved) ?? step)),
  };
}

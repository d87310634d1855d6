import type { Address } from "viem";

import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { Verdict } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { SkippedReproduction } from "./replayed.js";
import type { RollCall } from "./roll-call.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { kindsOf } from "../events/kinds.js";
import { stepOf } from "../events/trace.js";
import { issueText, quoted, reasonOf } from "../reproduction/file-errors.js";
import { listReproductions } from "../reproduction/store.js";

import { Case } from "./case.js";
import { Stop } from "./stop.js";

/**
 * Plays the saved reproductions of this scenario and target before the search: what broke once may break again.
 *
 * @returns the first that still violates its condition
 * @throws SiegeError for a file in the folder that is not a reproduction: an unreadable regression must not pass silently
 */
export async function playRegressions(
  player: Player,
  environment: CampaignEnvironment,
  roll: RollCall,
): Promise<Case | undefined> {
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
    const outcome = await played(player, movedTo(reproduction, target.address, kinds), file);
    roll.played(file, outcome.kind);
    if (outcome.kind !== "violation") continue;
    const found = {
      violation: outcome.violation,
      genome: finding.genome,
      original: outcome.trace,
      seed,
      run,
    };
    return Case.open(player, environment, found, { file, reproduction });
  }
  return undefined;
}

/** Why a reproduction does not concern a campaign; `undefined` if it does. */
function otherOf(
  { target, scenario }: Reproduction,
  world: Pick<World, "scenario" | "target">,
): SkippedReproduction["because"] | undefined {
  if (target.name !== world.target.name) return { kind: "another target", target: target.name };
  return scenario === world.scenario.name ? undefined : { kind: "another scenario", scenario };
}

/**
 * Plays the trace of a file.
 *
 * @throws SiegeError `REPRODUCTION_INVALID` if it cannot be played: prices that overflow, arguments that do not fit
 */
async function played(player: Player, trace: Trace, file: string): Promise<Verdict> {
  try {
    return await player.trace(trace);
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
        hint: "List the kind in the scenario's events (a plugin may define it), or delete the file if it is obsolete.",
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

/** The trace with the target at its current address: a fixture may be deployed elsewhere than before. */
function movedTo({ target, finding: { trace } }: Reproduction, address: Address, kinds: EventKinds): Trace {
  const old = addressKey(target.address);
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

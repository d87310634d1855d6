import type { Address } from "viem";

import type { InnerCall, Trace } from "../events/trace.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { Player } from "../run/player.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { listReproductions } from "../reproduction/store.js";

import { Case } from "./case.js";

/**
 * Plays the saved reproductions of this scenario and target before anything is searched: what broke once is the first
 * thing to look at.
 *
 * @returns the first that still violates its condition
 * @throws SiegeError for a file in the folder that is no reproduction: a guard that cannot be read must not pass silently
 */
export async function playRegressions(player: Player, environment: CampaignEnvironment): Promise<Case | undefined> {
  const { scenario, target } = player.world;
  const folder = path.resolve(environment.projectRoot, environment.reproductions);
  for (const { file, reproduction } of await listReproductions(folder)) {
    if (SiegeError.isSiegeError(reproduction)) throw reproduction;
    if (reproduction.scenario !== scenario.name || reproduction.target.name !== target.name) continue;
    // an agent that has left the scenario takes the regression with it
    const agents = reproduction.trace.steps.flatMap((step) => (step.kind === "call" ? [step.agent] : []));
    if (agents.some((agent) => !scenario.agents.has(agent))) continue;
    const outcome = await player.trace(movedTo(reproduction, target.address));
    if (outcome.kind !== "violation") continue;
    return Case.open(player, environment, {
      violation: outcome.violation,
      genome: reproduction.genome,
      original: outcome.trace,
      seed: reproduction.seed,
      run: reproduction.run,
      file,
    });
  }
  return undefined;
}

/** The trace with the target at another address: a fixture need not be deployed where it was. */
function movedTo({ target, trace }: Reproduction, address: Address): Trace {
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
  const movedCall = <T extends InnerCall>(call: T): T => ({
    ...call,
    to: moved(call.to) as Address,
    args: call.args.map(moved),
  });
  return {
    ...trace,
    steps: trace.steps.map((step) =>
      step.kind === "call"
        ? {
            ...movedCall(step),
            ...(step.inner === undefined ? {} : { inner: step.inner.map(movedCall) }),
          }
        : step,
    ),
  };
}

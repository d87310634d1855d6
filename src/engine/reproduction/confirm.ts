import type { OpenHermeticNetwork } from "../chain/hermetic-network.js";
import type { Trace } from "../events/trace.js";
import type { Aim } from "../run/aim.js";
import type { Player } from "../run/player.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { Recording } from "./record.js";
import type { Hermetic } from "./reproduction.js";

import { SiegeError } from "../../errors.js";
import { recordingSource } from "../chain/state-upstream/recording-source.js";
import { bundleSource } from "../chain/state-upstream/state-source.js";
import { giveCode } from "../run/called-back-in.js";
import { tracePlan } from "../run/trace-plan.js";

import { replayScript } from "./hermetic-replay.js";
import { record } from "./record.js";
import { withoutClock } from "./without-clock.js";

/** A violation that was reproduced away from the world it was found on. */
interface Confirmation {
  readonly recording: Recording;
  readonly hermetic: Hermetic;
}

/** Where a confirmation plays. */
type ConfirmationEnvironment = Pick<CampaignEnvironment, "hardfork" | "openNetwork">;

/**
 * Confirms a minimal trace: plays it once more and records what the chain does, plays that script on a fork of the world's
 * base (which shows what state it touches), and plays it a third time on that state alone: if it can be, at a time that is always the
 * same, so that the file does not change from day to day.
 *
 * @throws SiegeError `INTERNAL` if one of the three differs: such a violation is not reported
 */
export async function confirm(
  player: Player,
  { trace, aim }: { readonly trace: Trace; readonly aim: Aim },
  environment: ConfirmationEnvironment,
): Promise<Confirmation> {
  const { hardfork, openNetwork } = environment;
  const recording = await record(player, trace, aim);
  const { script } = recording;
  const { chain } = player.world;
  const recorder = await recordingSource(chain);
  const onFork = await fromItsStart(player.world, trace, () =>
    replayScript({ openNetwork, hardfork, script, state: recorder }),
  );
  if (onFork !== undefined) throw unconfirmed("on a fork of the connection", onFork.block, onFork.what);
  const recorded: Hermetic = { hardfork, state: recorder.bundle(), script };
  const timeless = withoutClock(recorded, await chain.isFork());
  if (timeless !== undefined && (await plays(timeless, openNetwork))) return { recording, hermetic: timeless };
  const onBundle = await replayScript({ openNetwork, hardfork, script, state: bundleSource(recorded.state) });
  if (onBundle !== undefined) throw unconfirmed("on the state that was recorded", onBundle.block, onBundle.what);
  return { recording, hermetic: recorded };
}

/** Works on the state that the run of a trace starts from, and goes back to the base. */
export async function fromItsStart<T>(world: World, trace: Trace, work: () => Promise<T>): Promise<T> {
  const { calledBack } = tracePlan(world, trace);
  if (calledBack.length === 0) return work();
  await giveCode(world, calledBack);
  try {
    return await work();
  } finally {
    await world.restore();
  }
}

/** Whether it does what was recorded at other times, too. */
async function plays({ hardfork, script, state }: Hermetic, openNetwork: OpenHermeticNetwork): Promise<boolean> {
  try {
    return (await replayScript({ openNetwork, hardfork, script, state: bundleSource(state) })) === undefined;
  } catch (error) {
    // at another time, contracts may read other state, or the node refuse a transaction
    if (SiegeError.isSiegeError(error)) return false;
    throw error;
  }
}

function unconfirmed(where: string, block: number, what: string): SiegeError {
  return new SiegeError("INTERNAL", {
    message: `The violation was not confirmed ${where}: in block ${block}, ${what}.`,
    hint: "The finding is on disk, unconfirmed; report it with its file.",
  });
}

import type { StateBundle } from "../chain/state-upstream/state-bundle.js";
import type { Trace } from "../events/trace.js";
import type { Aim } from "../run/aim.js";
import type { Player } from "../run/player.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { Recording } from "./record.js";
import type { Hermetic } from "./reproduction.js";

import { SiegeError } from "../../errors.js";
import { recordingSource } from "../chain/state-upstream/recording-source.js";
import { bundleSource } from "../chain/state-upstream/state-source.js";

import { replayScript } from "./hermetic-replay.js";
import { record } from "./record.js";

/** A violation that was reproduced away from the world it was found on. */
interface Confirmation {
  readonly recording: Recording;
  readonly hermetic: Hermetic;
}

/** Where a confirmation plays. */
type ConfirmationEnvironment = Pick<CampaignEnvironment, "hardfork" | "openNetwork">;

/**
 * Confirms a minimal trace: plays it once more and records what the chain does, plays that script on a fork of the world's
 * base (which shows what state it touches), and plays it a third time on that state alone.
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
  const onFork = await replayScript({ openNetwork, hardfork, script, state: recorder });
  if (onFork !== undefined) throw unconfirmed("on a fork of the connection", onFork.block, onFork.what);
  const state: StateBundle = recorder.bundle();
  const onBundle = await replayScript({ openNetwork, hardfork, script, state: bundleSource(state) });
  if (onBundle !== undefined) throw unconfirmed("on the state that was recorded", onBundle.block, onBundle.what);
  return { recording, hermetic: { hardfork, state, script } };
}

function unconfirmed(where: string, block: number, what: string): SiegeError {
  return new SiegeError("INTERNAL", {
    message: `The violation was not confirmed ${where}: in block ${block}, ${what}.`,
    hint: "The finding is on disk, unconfirmed; report it with its file.",
  });
}

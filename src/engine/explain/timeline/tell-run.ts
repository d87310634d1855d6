import type { Address } from "viem";

import type { FindingRecord } from "../../reproduction/finding-record.js";
import type { Recording } from "../../reproduction/record.js";
import type { Player } from "../../run/player.js";
import type { CampaignEnvironment } from "../../world/campaign-environment.js";
import type { World } from "../../world/world.js";

import { SiegeError } from "../../../errors.js";
import { addressKey } from "../../../quantity/address.js";
import { FEED } from "../../run/oracle-desk.js";
import { contractsOf } from "../../world/name-book.js";
import { namesIn } from "../created-names.js";

import { cascadeOf } from "./causes.js";
import { gaugesOf } from "./gauges.js";
import { observeRun } from "./observed-run.js";
import { toldRun } from "./told-run.js";

/**
 * Tells a confirmed minimal run event by event, and who caused what in it. A finding is complete without: nothing is told of a run
 * that cannot be observed once more.
 *
 * @param finding - what is known of it already
 */
export async function tellRun(
  player: Player,
  recording: Recording,
  finding: Pick<FindingRecord, "violation" | "steps" | "certificate">,
  environment: Pick<CampaignEnvironment, "hardfork" | "openNetwork">,
): Promise<Pick<FindingRecord, "timeline" | "cascade">> {
  try {
    const { world } = player;
    const { trace } = recording.outcome;
    const frames = await observeRun(player, recording, environment);
    const start = frames?.[0];
    if (frames === undefined || start === undefined) return {};
    const feeds = feedNames(world);
    const named = namesIn(world, trace);
    const nameOf = (address: Address): string => feeds.get(addressKey(address)) ?? named(address);
    const gauges = frames.map((frame) => gaugesOf(world, frame, start));
    const timeline = toldRun(world, trace, frames, gauges, nameOf);
    const cascade = cascadeOf({ world, ...finding, frames, gauges, told: timeline.frames, nameOf });
    return { timeline, cascade };
  } catch (error) {
    if (SiegeError.isSiegeError(error)) return {};
    throw error;
  }
}

/** The contracts of feeds, which may be named like tokens otherwise: they have decimals. */
function feedNames({ oracles }: World): ReadonlyMap<string, string> {
  return new Map(
    [...oracles].flatMap(([name, { bound }]) =>
      contractsOf(bound).map(([, address]) => [addressKey(address), `${name}${FEED}`] as const),
    ),
  );
}

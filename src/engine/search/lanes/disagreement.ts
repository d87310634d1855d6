import type { Genome } from "../../events/genome.js";
import type { Aim } from "../../run/aim.js";
import type { World } from "../../world/world.js";
import type { Disagreement, RunMeasure } from "../agreement.js";
import type { Lanes } from "./lanes.js";

import { faultOf } from "../../run/fault.js";
import { Player } from "../../run/player.js";
import { firstDisagreement } from "../agreement.js";

/** The run that is compared. */
interface ComparedRun {
  readonly genome: Genome;
  /** Counted from 1. */
  readonly run: number;
  readonly aim?: Aim;
  /** What else has to be the same. Default: what becomes of calls, and what protocols and conditions read. */
  readonly measure?: (world: World) => RunMeasure;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
}

/**
 * Where a run differs on a lane and on the user's connection; `undefined` if it does not. What only differs in the Solidity test
 * runner is not played there any more.
 *
 * @param player - plays on the user's connection
 */
export async function disagreementOn(
  lanes: Lanes,
  player: Player,
  { genome, run, aim, measure, checkpoint }: ComparedRun,
): Promise<Disagreement | undefined> {
  for (;;) {
    const lane = lanes.worlds[0] ?? (await lanes.add());
    let why: string;
    try {
      const disagreement = await firstDisagreement(player, new Player(lane, checkpoint), genome, run, aim, measure);
      if (disagreement === undefined || lane.executor.kind !== "solidity") return disagreement;
      why = `${disagreement.agent}'s ${disagreement.function} differs in block ${disagreement.block} of run ${run}`;
    } catch (error) {
      const fault = lane.executor.kind === "solidity" ? faultOf(error) : undefined;
      if (fault === undefined) throw error;
      why = fault.message;
    }
    await lanes.switchTo("batched");
    lanes.fallBack(why);
  }
}

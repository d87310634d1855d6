import type { World } from "../../world/world.js";
import type { Crew } from "./crew.js";
import type { Lanes } from "./lanes.js";
import type { RunJob, RunReport } from "./run-job.js";

import { availableParallelism } from "node:os";

import { Player } from "../../run/player.js";

import { FixedCrew, SelfSizingCrew } from "./crew.js";
import { playJob } from "./run-job.js";

/** How lanes are manned. */
interface Manning {
  /** How many lanes play, or as many as pay. */
  readonly size: number | "auto";
  readonly clock: () => number;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
}

/** Plays jobs on lanes, each with a player of its own. */
export function crewOf(lanes: Lanes, { size, clock, checkpoint }: Manning): Crew {
  const playOn = (lane: World) => {
    const player = new Player(lane, checkpoint);
    return (job: RunJob): Promise<RunReport> => playJob(player, job);
  };
  return size === "auto"
    ? new SelfSizingCrew(lanes, { most: availableParallelism(), clock }, playOn)
    : new FixedCrew(lanes, size, playOn);
}

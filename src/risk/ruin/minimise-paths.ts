import type { Finding } from "../../engine/campaign/finding.js";
import type { Genome } from "../../engine/events/genome.js";
import type { Player } from "../../engine/run/player.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { RuinedPath } from "./path-end.js";
import type { Paths } from "./paths.js";

import { Case } from "../../engine/campaign/case.js";
import { Trials } from "../../engine/campaign/trials.js";

/** What ruined paths are minimised with. */
interface MinimisePathsParameters {
  /** Plays on the user's connection. */
  readonly player: Player;
  readonly checkpoint: () => void;
  readonly environment: CampaignEnvironment;
  /** Whose lanes candidates are tried on. */
  readonly paths: Pick<Paths, "lanesInRunner" | "minimiseAsTransactions">;
  readonly seed: number;
  /** The genome of a path, counted from 0. */
  readonly genome: (index: number) => Genome;
}

/** What came of it; filled while it is under way, so that nothing is lost if it is stopped. */
export interface MinimisedPaths {
  readonly findings: Finding[];
  /** Paths, counted from 1. */
  readonly unconfirmed: number[];
}

/** Minimises ruined paths one after the other: each violates what it violated first, with one transaction per call. */
export async function minimisePaths(
  { player, checkpoint, environment, paths, seed, genome: genomeOf }: MinimisePathsParameters,
  ruined: readonly Pick<RuinedPath, "path" | "violations">[],
  minimised: MinimisedPaths,
): Promise<void> {
  for (const { path, violations } of ruined) {
    const [first] = violations;
    if (first === undefined) continue;
    const genome = genomeOf(path - 1);
    const outcome = await player.genome(genome, {}, { seeking: first.cause });
    if (outcome.kind !== "violation") {
      minimised.unconfirmed.push(path);
      continue;
    }
    const { violation, trace: original, also = [] } = outcome;
    const found = { violation, original, plays: "genome" as const, also, genome, seed, run: path };
    const trials = new Trials(player, checkpoint, paths);
    const open = await Case.open({ player, environment, trials, keeps: true }, found);
    const finding = await open.close([]);
    if (finding !== undefined) minimised.findings.push(finding);
  }
}

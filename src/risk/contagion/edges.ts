import type { Genome } from "../../engine/events/genome.js";
import type { Player } from "../../engine/run/player.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Paths } from "../ruin/paths.js";
import type { ContagionEdge } from "./contagion-result.js";
import type { Exposure } from "./exposures.js";
import type { LossesTable } from "./losses-table.js";

import { Case } from "../../engine/campaign/case.js";
import { Trials } from "../../engine/campaign/trials.js";

import { lossOf } from "./loss-conditions.js";

/** What edges are reproduced with. */
interface EdgeTools {
  /** Plays on the user's connection. */
  readonly player: Player;
  readonly checkpoint: () => void;
  readonly environment: CampaignEnvironment;
  readonly paths: Paths;
  readonly seed: number;
  /** The genome of a run, counted from 0. */
  readonly genome: (run: number) => Genome;
}

/** Where the paths of edges are looked for. */
interface EdgePlaces {
  readonly table: LossesTable;
  readonly variants: readonly (readonly string[])[];
  readonly protocols: readonly string[];
  /** Filled while it is under way, so that nothing is lost if it is stopped. */
  readonly found: ContagionEdge[];
}

/** The edges of the graph, most added loss first: entries beside the diagonal whose protocol loses more with the shock. */
export function edgesOf(matrix: readonly Exposure[]): readonly Exposure[] {
  return matrix
    .filter(({ from, to, added }) => from !== to && added.value > 0)
    .toSorted((one, other) => other.added.value - one.added.value);
}

/** Minimises a path for each edge into a reproduction in which the protocol fails by the other's shock. */
export async function reproduceEdges(tools: EdgeTools, edges: readonly Exposure[], places: EdgePlaces): Promise<void> {
  for (const { from, to } of edges) {
    places.found.push({ from, to, ...(await reproduced(tools, { from, to }, places)) });
  }
}

async function reproduced(
  { player, checkpoint, environment, paths, seed, genome: genomeOf }: EdgeTools,
  { from, to }: Pick<Exposure, "from" | "to">,
  { table, variants, protocols }: EdgePlaces,
): Promise<Omit<ContagionEdge, "from" | "to">> {
  const column = protocols.indexOf(to);
  const variant = variants.findIndex((shocked) => shocked.length === 1 && shocked[0] === from);
  const worst = table
    .map((path, index) => ({
      index,
      loss: path[variant]?.losses[column] ?? 0,
      fails: path[0]?.failedAt[column] !== undefined,
    }))
    .filter(({ loss, fails }) => loss > 0 && !fails)
    .reduce<{ readonly index: number; readonly loss: number } | undefined>(
      (most, one) => (one.loss > (most?.loss ?? 0) ? one : most),
      undefined,
    );
  if (worst === undefined) return { because: "it fails without the shock, too, in every path in which it fails" };
  const path = worst.index + 1;
  const run = worst.index * variants.length + variant;
  const genome = genomeOf(run);
  const outcome = await player.genome(genome, {}, { seeking: lossOf(to) });
  if (outcome.kind !== "violation") return { path, because: "it does not fail with one transaction per call" };
  const { violation, trace: original, also = [] } = outcome;
  const found = { violation, original, plays: "genome" as const, also, genome, seed, run: path };
  const open = await Case.open(
    { player, environment, trials: new Trials(player, checkpoint, paths), keeps: true },
    found,
  );
  const finding = await open.close([]);
  const file = finding?.reproduction;
  return file === undefined ? { path, because: "its file could not be written" } : { path, reproduction: file };
}

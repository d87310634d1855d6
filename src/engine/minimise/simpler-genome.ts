import type { Genome, MarketGene, MoveGene } from "../events/genome.js";
import type { Trial } from "./trial.js";

import { PPM } from "../../quantity/ppm.js";

/** What else could have happened in a scenario. */
export interface Alternatives {
  /** The actions that an agent may choose, with the number of their operands; without flash loans. */
  actions(agent: string): readonly { readonly name: string; readonly operands: number }[];
  /** What the market may do, the largest moves first. */
  readonly paths: readonly (readonly MarketGene[])[];
}

/** How many other paths of the market are tried. */
const PATHS = 2;

/**
 * A genome with fewer moves that a deletion does not find: another action does what two did (a swap instead of a donation and
 * a deposit of liquidity), or the market moves further, as far as it may, and spares a move.
 *
 * @returns the first that fails; `undefined` if there is none
 */
export async function simplerGenome(
  genome: Genome,
  alternatives: Alternatives,
  trial: Trial,
): Promise<Genome | undefined> {
  for (const candidate of candidatesOf(genome, alternatives)) {
    if ((await trial.genome(candidate)) !== undefined) return candidate;
  }
  return undefined;
}

function* candidatesOf(genome: Genome, alternatives: Alternatives): Generator<Genome> {
  const { moves } = genome;
  const paths = alternatives.paths.slice(0, PATHS);
  if (moves.length > 1) {
    for (const market of paths) {
      if (fallOf(market) <= fallOf(genome.market)) continue;
      for (const out of moves) yield { ...genome, market, moves: moves.filter((move) => move !== out) };
    }
  }
  // the last move is the one that does the harm: what leads there can be replaced
  for (const [index, move] of moves.slice(0, -2).entries()) {
    const next = moves[index + 1];
    if (next?.agent !== move.agent) continue;
    const used = new Set(moves.map(({ action }) => action));
    for (const { name, operands: count } of alternatives.actions(move.agent)) {
      if (used.has(name)) continue;
      for (const operands of operandsFor(count)) {
        const other: MoveGene = { ...move, action: name, operands };
        yield { ...genome, moves: moves.flatMap((kept) => (kept === move ? [other] : kept === next ? [] : [kept])) };
      }
    }
  }
}

/** The first and the last choice, each with half and with all of what there is. */
function operandsFor(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  const shares = [PPM / 2, PPM];
  if (count === 1) return shares.map((share) => [share]);
  const rest = Array.from({ length: count - 1 });
  return [0, PPM].flatMap((choice) => shares.map((share) => [choice, ...rest.map(() => share)]));
}

/** How far prices move in total, as a sum of logarithms. */
function fallOf(market: readonly MarketGene[]): number {
  return market.reduce((sum, { change }) => sum + Math.abs(Math.log1p(change / PPM)), 0);
}

/** Orders paths of the market by how far prices move, the furthest first. */
export function furthestFirst(paths: readonly (readonly MarketGene[])[]): readonly (readonly MarketGene[])[] {
  return [...paths].sort((a, b) => fallOf(b) - fallOf(a));
}

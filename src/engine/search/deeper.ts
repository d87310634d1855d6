import type { Genome, MoveGene } from "../events/genome.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { howInside, MAX_DEPTH } from "../events/inside.js";

/** Keeps these choices apart from what else follows from a genome's seed. */
const DEEPER = 0x64656570;

/** Of 100 moves in a callback, those behind another of it that are made in the callback of that one instead. */
const INSIDE_IT = 50;

/** Of 100 moves in a callback that nothing is made inside of, those in whose own callback another move is made. */
const ONE_MORE = 15;

/**
 * The genome with calls inside calls inside calls: some moves that are made in a callback behind another one are made in a callback of
 * that one, and some get one more inside. Only where earlier runs have seen contracts call back.
 *
 * @param callers - actions that were seen to call an agent back
 */
export function withDeeper(genome: Genome, callers: readonly string[]): Genome {
  if (callers.length === 0) return genome;
  const random = createRandom(mixSeeds(genome.seed, DEEPER));
  // how deep the last move of each agent in each block is
  const depths = new Map<string, number>();
  const ofAgent = (name: string): readonly MoveGene[] => genome.moves.filter(({ agent }) => agent === name);
  const moves = genome.moves.flatMap((move, at): readonly MoveGene[] => {
    const key = `${move.agent} ${move.block} ${String(move.again)}`;
    if (move.inside === undefined) {
      depths.set(key, 0);
      return [move];
    }
    const before = depths.get(key) ?? 0;
    const isDeeper = before > 0 && before < MAX_DEPTH && random.integer(0, 99) < INSIDE_IT;
    const depth = isDeeper ? before + 1 : (move.inside.depth ?? 1);
    depths.set(key, depth);
    const own = depth === 1 ? move : { ...move, inside: { ...move.inside, depth } };
    const isLast = genome.moves[at + 1]?.inside === undefined;
    if (!isLast || depth === MAX_DEPTH || random.integer(0, 99) >= ONE_MORE) return [own];
    const { action, operands, luck } = random.pick(ofAgent(move.agent));
    const inside = { ...howInside(random), depth: depth + 1 };
    const more: MoveGene = { ...own, action, operands, inside };
    return [own, luck === undefined ? more : { ...more, luck }];
  });
  return { ...genome, moves };
}

import type { MoveGene } from "../events/call.js";

import { mixSeeds } from "../../market/random.js";

/** One burst in this many is made near a moment. */
const NEAR = 3;

/** Where, counted in blocks from the moment's: two just before it, and two after it. */
const PLACES = [-2, -1, 0, 1];

/** Keeps these choices apart from what else follows from a move's luck. */
const PLACING = 0x6d6f6d65;

/**
 * The moves of a run, some of their bursts near moments: what is done just before prices move or time passes, and just after, counts for
 * more than what is done at any other time. Moves are in the order of their blocks.
 *
 * @param moments - blocks in which something changes that agents react to
 */
export function nearMoments(
  moves: readonly MoveGene[],
  moments: readonly number[],
  blocks: number,
): readonly MoveGene[] {
  if (moments.length === 0) return moves;
  let before: MoveGene | undefined;
  let block: number | undefined;
  const placed = moves.map((move) => {
    if (before === undefined || !isOneBurst(before, move)) block = blockNear(move, moments, blocks);
    before = move;
    return block === undefined ? move : { ...move, block };
  });
  return placed.sort((a, b) => a.block - b.block);
}

function isOneBurst(a: MoveGene, b: MoveGene): boolean {
  return a.block === b.block && a.agent === b.agent && a.position === b.position;
}

/** Where the burst that begins with a move goes; `undefined` if it stays. */
function blockNear({ luck }: MoveGene, moments: readonly number[], blocks: number): number | undefined {
  if (luck === undefined) return undefined;
  const drawn = mixSeeds(luck, PLACING) >>> 0;
  if (drawn % NEAR !== 0) return undefined;
  const moment = moments[(drawn >>> 12) % moments.length];
  const place = PLACES[(drawn >>> 4) % PLACES.length];
  if (moment === undefined || place === undefined) return undefined;
  return Math.min(blocks, Math.max(1, moment + place));
}

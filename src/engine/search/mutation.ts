import type { Random } from "../../market/random.js";
import type { LooseMove } from "../events/call.js";
import type { Genome, MoveGene } from "../events/genome.js";

import { PPM } from "../../quantity/ppm.js";
import { fieldsOf, genesOf } from "../events/genome.js";
import { BUILT_IN_KINDS } from "../events/kinds.js";

/** The most changes in one mutation. */
const MAX_CHANGES = 4;

/** The most moves inserted at once. */
const MAX_INSERTED = 3;

/** The most moves appended at once: those that fail do no harm. */
const MAX_APPENDED = 6;

/** Operands at which flaws tend to sit. */
const EDGES = [0, 1, PPM / 2, PPM];

/** The ingredients of a mutation. */
interface MutationParts {
  readonly random: Random;
  /** A fresh genome, the source of other circumstances. */
  readonly fresh: Genome;
  /** New moves. */
  readonly draw: () => LooseMove;
}

/** Changes a sequence of moves, of which there is at least one. */
type Change = (moves: readonly MoveGene[], parts: MutationParts) => readonly MoveGene[];

/**
 * Mutates a genome. Half of the time it appends free moves, otherwise it changes a few of them; and half of the time, the
 * circumstances (prices, faults, builders) are those of a fresh genome.
 */
export function mutated(parent: Genome, parts: MutationParts): Genome {
  const { random, fresh } = parts;
  const circumstances = random.next() < 0.5 ? parent : fresh;
  const moves = changed(parent.moves, parts).toSorted((a, b) => a.block - b.block);
  return { ...circumstances, ...together(circumstances, moves, random), moves };
}

/** Moves genes that accompany a move of their own genome to one of the new moves. */
function together(circumstances: Genome, moves: readonly MoveGene[], random: Random): Partial<Genome> {
  return fieldsOf(
    BUILT_IN_KINDS.all.flatMap((kind) => {
      const genes = genesOf(circumstances, kind);
      if (kind.genes.follow === undefined || genes.length === 0) return [];
      return [[kind, kind.genes.follow(genes, { before: circumstances.moves, after: moves }, random)] as const];
    }),
  );
}

function changed(parent: readonly MoveGene[], parts: MutationParts): readonly MoveGene[] {
  const { random, fresh } = parts;
  if (parent.length === 0) return fresh.moves;
  if (random.next() < 0.5) return append(parent, parts);
  let moves = parent;
  for (let left = random.integer(1, MAX_CHANGES); left > 0 && moves.length > 0; left--) {
    moves = random.pick(CHANGES)(moves, parts);
  }
  return moves;
}

/** Appends a few moves to the last. */
const append: Change = (moves, { random, draw }) => {
  const last = moves.at(-1);
  if (last === undefined) return moves;
  return [...moves, ...Array.from({ length: random.integer(1, MAX_APPENDED) }, () => ({ ...last, ...draw() }))];
};

/** Inserts a few moves after an existing one. */
const insert: Change = (moves, { random, draw }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.flatMap((move, index) =>
    index === at
      ? [move, ...Array.from({ length: random.integer(1, MAX_INSERTED) }, () => ({ ...move, ...draw() }))]
      : [move],
  );
};

/** Removes a move. */
const remove: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.filter((_move, index) => index !== at);
};

/** Replaces a move. */
const replace: Change = (moves, { random, draw }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.map((move, index) => (index === at ? { ...move, ...draw() } : move));
};

/** Changes one operand of a move: to an edge, to anything, or to something nearby. */
const tune: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.map((move, index) => {
    if (index !== at || move.operands.length === 0) return move;
    const which = random.integer(0, move.operands.length - 1);
    const operands = move.operands.map((operand, place) => (place === which ? tuned(operand, random) : operand));
    return { ...move, operands };
  });
};

function tuned(operand: number, random: Random): number {
  const kind = random.next();
  if (kind < 0.5) return random.pick(EDGES);
  if (kind < 0.75) return random.integer(0, PPM);
  return Math.min(PPM, Math.round(operand * (0.5 + random.next())));
}

/** Repeats a move. */
const repeat: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.flatMap((move, index) => (index === at ? [move, move] : [move]));
};

/** Swaps two consecutive moves. */
const swap: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  const [one, two] = [moves[at], moves[at + 1]];
  if (one === undefined || two === undefined) return moves;
  // each takes the other's position
  const { agent, action, operands } = one;
  const [first, second] = [
    { ...one, agent: two.agent, action: two.action, operands: two.operands },
    { ...two, agent, action, operands },
  ];
  return [...moves.slice(0, at), first, second, ...moves.slice(at + 2)];
};

/** Continues with the moves of a fresh genome. */
const splice: Change = (moves, { random, fresh }) => [
  ...moves.slice(0, random.integer(1, moves.length)),
  ...fresh.moves.slice(random.integer(0, fresh.moves.length)),
];

/** Insertions make a sequence longer, so they are tried more often. */
const CHANGES: readonly Change[] = [insert, insert, insert, tune, tune, replace, remove, repeat, swap, splice];

import type { Random } from "../../market/random.js";
import type { LooseMove } from "../events/call.js";
import type { Genome, MoveGene } from "../events/genome.js";

import { PPM } from "../../quantity/ppm.js";
import { fieldsOf, genesOf } from "../events/genome.js";
import { BUILT_IN_KINDS } from "../events/kinds.js";

/** Most changes that are made at once. */
const MAX_CHANGES = 4;

/** Most moves that are put in at once. */
const MAX_INSERTED = 3;

/** Most moves that are put behind the last: those that fail do no harm. */
const MAX_BEHIND = 6;

/** Operands at which flaws sit. */
const EDGES = [0, 1, PPM / 2, PPM];

/** What changes are made with. */
export interface MutationParts {
  readonly random: Random;
  /** A genome of nobody: where other circumstances come from. */
  readonly fresh: Genome;
  /** New moves. */
  readonly draw: () => LooseMove;
}

/** Changes a sequence of moves, of which there is at least one. */
type Change = (moves: readonly MoveGene[], parts: MutationParts) => readonly MoveGene[];

/**
 * Half of the time goes on from where a genome has come to, half of the time changes a few of its free moves; and half of the
 * time under other circumstances (prices, faults, builders).
 */
export function mutated(parent: Genome, parts: MutationParts): Genome {
  const { random, fresh } = parts;
  const circumstances = random.next() < 0.5 ? parent : fresh;
  const moves = changed(parent.moves, parts).toSorted((a, b) => a.block - b.block);
  return { ...circumstances, ...together(circumstances, moves, random), moves };
}

/** What went with a move of its own genome goes with one of the others; nothing where there is nothing that has to. */
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
  if (random.next() < 0.5) return goOn(parent, parts);
  let moves = parent;
  for (let left = random.integer(1, MAX_CHANGES); left > 0 && moves.length > 0; left--) {
    moves = random.pick(CHANGES)(moves, parts);
  }
  return moves;
}

/** Puts a few moves behind the last. */
const goOn: Change = (moves, { random, draw }) => {
  const last = moves.at(-1);
  if (last === undefined) return moves;
  return [...moves, ...Array.from({ length: random.integer(1, MAX_BEHIND) }, () => ({ ...last, ...draw() }))];
};

/** Puts a few moves in, behind one that is there. */
const insert: Change = (moves, { random, draw }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.flatMap((move, index) =>
    index === at
      ? [move, ...Array.from({ length: random.integer(1, MAX_INSERTED) }, () => ({ ...move, ...draw() }))]
      : [move],
  );
};

/** Takes one out. */
const remove: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.filter((_move, index) => index !== at);
};

/** Does something else in its place. */
const replace: Change = (moves, { random, draw }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.map((move, index) => (index === at ? { ...move, ...draw() } : move));
};

/** Does the same with another operand: at an edge, anywhere, or near what it is. */
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

/** Does it twice. */
const repeat: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  return moves.flatMap((move, index) => (index === at ? [move, move] : [move]));
};

/** Does two that follow each other the other way round. */
const swap: Change = (moves, { random }) => {
  const at = random.integer(0, moves.length - 1);
  const [one, two] = [moves[at], moves[at + 1]];
  if (one === undefined || two === undefined) return moves;
  // each in the other's place
  const { agent, action, operands } = one;
  const [first, second] = [
    { ...one, agent: two.agent, action: two.action, operands: two.operands },
    { ...two, agent, action, operands },
  ];
  return [...moves.slice(0, at), first, second, ...moves.slice(at + 2)];
};

/** Goes on as somebody else does. */
const splice: Change = (moves, { random, fresh }) => [
  ...moves.slice(0, random.integer(1, moves.length)),
  ...fresh.moves.slice(random.integer(0, fresh.moves.length)),
];

/** Insertions are what makes a sequence longer, so they are tried more often. */
const CHANGES: readonly Change[] = [insert, insert, insert, tune, tune, replace, remove, repeat, swap, splice];

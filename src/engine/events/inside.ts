import type { Agent } from "../../agents/agent.js";
import type { Random } from "../../market/random.js";
import type { Draw } from "../../scenario/draw.js";
import type { Inside } from "../run/free-move.js";

import { z } from "zod";

import { isCalledBackEver } from "../../agents/agent.js";
import { ANSWERS } from "../run/free-move.js";

import { draws, maybe } from "./draw.js";

/** The last callback of a call that is waited for: a pool that pays out two coins makes two. */
const MAX_CALLBACK = 3;

/** The deepest that a move is made inside others, the outermost of which is not made in a callback. */
export const MAX_DEPTH = 4;

/** Mostly the first: few calls make more than one. */
const CALLBACKS = [1, 1, 1, 1, 2, MAX_CALLBACK];

/** `true` is what most callbacks of a protocol's own ask for, and does no harm where nothing is asked for. */
const OFTEN: readonly Inside["answer"][] = ["true", "true", "selector", "nothing"];

/** `inside` in a genome. */
export const inside: z.ZodTypeAny = z
  .object({
    callback: z.number().int().min(1).max(MAX_CALLBACK),
    answer: z.enum(ANSWERS),
    same: z.boolean(),
    depth: z.number().int().min(1).max(MAX_DEPTH).optional(),
  })
  .optional();

/**
 * A draw of a run of an agent, made with that of how the moves of a burst after its first are made in a callback, or
 * `undefined`. In half of the runs no burst has any: there the account has no code, which some contracts insist on.
 */
export function drawnInside<T>(agent: Agent, run: (how: Draw<Inside | undefined>) => Draw<T>): Draw<T> {
  const never = draws.constant<Inside | undefined>(undefined);
  if (!isCalledBackEver(agent)) return run(never);
  const how = draws.record<Inside>({
    callback: draws.oneOf(...CALLBACKS),
    answer: draws.oneOf(...OFTEN),
    same: draws.flag(),
  });
  return draws.flag().chain((isCalledBack) => run(isCalledBack ? maybe(how, { of: 2 }) : never));
}

/** How a move is made in a callback. */
export function howInside(random: Random): Inside {
  return { callback: random.pick(CALLBACKS), answer: random.pick(OFTEN), same: random.integer(0, 1) === 1 };
}

/** The moves of a burst, those after the first inside it; a single move is made again inside itself. */
export function insideFirst<MoveT extends object>(
  moves: readonly MoveT[],
  how: Inside | undefined,
): readonly (MoveT & { readonly inside?: Inside })[] {
  const [outer, ...others] = moves;
  if (outer === undefined || how === undefined) return moves;
  return [outer, ...(others.length === 0 ? [outer] : others).map((move) => ({ ...move, inside: how }))];
}

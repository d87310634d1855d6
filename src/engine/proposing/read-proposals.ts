import type { Genome, MoveGene } from "../events/genome.js";
import type { AcceptedOperands } from "../run/free-move.js";
import type { World } from "../world/world.js";

import { z } from "zod";

import { isCalledBackEver } from "../../agents/agent.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { shown } from "../../options.js";
import { legible } from "../../quantity/legible.js";
import { PPM } from "../../quantity/ppm.js";
import { faultInGiven } from "../../target/arguments/given.js";
import { howInside } from "../events/inside.js";
import { anyOperands, movesOf } from "../world/catalogue.js";

/** Why a proposal is not played, and what of it is wrong. */
export interface Refusal {
  readonly reason: string;
  readonly example: string;
}

/** What a proposer returned, read. */
export interface ReadProposals {
  /** The moves of each run, in order; a refusal where they cannot be played, `undefined` where there is no proposal. */
  readonly sequences: readonly (readonly MoveGene[] | Refusal | undefined)[];
  /** What is wrong with the whole. */
  readonly refused: readonly Refusal[];
}

/** What it needs of the world. */
export type Around = Pick<World, "scenario" | "catalogue" | "frame">;

/** The most characters of what a proposer returns, as JSON. */
const MOST_TEXT = 1_000_000;

/** The most steps of a sequence. */
export const MOST_STEPS = 200;

/** The most characters of an example. */
const EXAMPLE = 120;

/** Keeps what is drawn for proposed moves apart from what else follows from a genome's seed. */
const PROPOSED = 0x70726f70;

/** Luck is 31 bits. */
const MAX_LUCK = 0x7fffffff;

/** Of 100 moves whose arguments are drawn, those that are built as a call was that succeeded, if there is one. */
const KNOWN = 60;

const text = z.string().max(1_000);

const stepSchema = z
  .object({
    block: z.number(),
    agent: text,
    action: text,
    args: z.array(z.unknown()).max(100).optional(),
    value: z.union([text, z.number()]).optional(),
    shares: z.array(z.number().min(0).max(1)).max(100).optional(),
    amount: z.enum(["most", "any"]).optional(),
    position: z.enum(["front", "back"]).optional(),
    inside: z.boolean().optional(),
  })
  .strict();

type Step = z.infer<typeof stepSchema>;

/**
 * Reads what a proposer returned: data from a stranger. Nothing of it is executed, and nothing of it is an error of the campaign.
 *
 * @param runs - the runs as they were drawn, one for each sequence that was asked for
 * @param accepted - operands of calls that succeeded, by action
 */
export function readProposals(
  returned: unknown,
  runs: readonly Genome[],
  world: Around,
  accepted: AcceptedOperands = {},
): ReadProposals {
  const plain = plainOf(returned);
  if ("reason" in plain) return { sequences: [], refused: [plain] };
  const list = listIn(plain.data);
  if (list === undefined) {
    return { sequences: [], refused: [refusal("it is not a list of sequences", plain.data)] };
  }
  const refused = Array.from({ length: Math.max(0, list.length - runs.length) }, () =>
    refusal("there are more sequences than were asked for", list.length),
  );
  return {
    sequences: runs.slice(0, list.length).map((run, at) => readSequence(list[at], run, world, accepted)),
    refused,
  };
}

/** A copy as plain data, whatever it was: what is in it by its getters or prototypes is not. */
function plainOf(returned: unknown): { readonly data: unknown } | Refusal {
  let json: string | undefined;
  try {
    // what has no JSON gives undefined
    const written: unknown = typeof returned === "string" ? returned : JSON.stringify(returned ?? [], bigIntsAsText);
    json = typeof written === "string" ? written : undefined;
  } catch (error) {
    return refusal("it is not JSON", error instanceof Error ? error.message : "");
  }
  if (json === undefined) return refusal("it is not JSON", typeof returned);
  if (json.length > MOST_TEXT) return refusal("it has more than 1,000,000 characters", json.length);
  try {
    return { data: JSON.parse(json) as unknown };
  } catch (error) {
    return refusal("it is not JSON", error instanceof Error ? error.message : json);
  }
}

function bigIntsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function listIn(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data as readonly unknown[];
  if (typeof data !== "object" || data === null) return undefined;
  const { sequences, ...others } = data as { readonly sequences?: unknown };
  return Array.isArray(sequences) && Object.keys(others).length === 0 ? sequences : undefined;
}

function readSequence(
  given: unknown,
  run: Genome,
  world: Around,
  accepted: AcceptedOperands,
): readonly MoveGene[] | Refusal | undefined {
  if (given === null) return undefined;
  const steps = stepsIn(given);
  if (steps === undefined) return refusal("a sequence is not { steps: [...] }", given);
  if (steps.length === 0) return refusal("a sequence has no steps", given);
  if (steps.length > MOST_STEPS) return refusal(`a sequence has more than ${MOST_STEPS} steps`, steps.length);
  const moves: MoveGene[] = [];
  for (const [index, step] of steps.entries()) {
    const read = stepSchema.safeParse(step);
    if (!read.success) {
      const [issue] = read.error.issues;
      return refusal("a step is malformed", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
    }
    const move = moveOf(read.data, moves.at(-1), mixSeeds(run.seed, PROPOSED, index), { run, world, accepted });
    if ("reason" in move) return move;
    moves.push(move);
  }
  return [...moves].sort((a, b) => a.block - b.block);
}

function stepsIn(given: unknown): readonly unknown[] | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { steps, ...others } = given as { readonly steps?: unknown };
  return Array.isArray(steps) && Object.keys(others).length === 0 ? steps : undefined;
}

interface Surroundings {
  readonly run: Genome;
  readonly world: Around;
  readonly accepted: AcceptedOperands;
}

/** @param before - the move before it */
function moveOf(
  step: Step,
  before: MoveGene | undefined,
  seed: number,
  { run, world, accepted }: Surroundings,
): MoveGene | Refusal {
  const { block, agent, action, args, value, shares, amount = "any", position = "back", inside = false } = step;
  if (!Number.isInteger(block) || block < 1 || block > run.blocks) {
    return refusal(`a block is not one of 1 to ${run.blocks}`, block);
  }
  const definition = world.scenario.agents.get(agent);
  if (definition === undefined) return refusal("there is no such agent", agent);
  if (!world.catalogue.has(action)) return refusal("there is no such action", action);
  const entry = movesOf(definition, world.catalogue).find(({ name }) => name === action);
  if (entry === undefined) return refusal("an agent may not do this", `${agent}: ${action}`);
  const random = createRandom(seed);
  const how = inside ? howInside(random) : undefined;
  if (how !== undefined) {
    if (!isCalledBackEver(definition)) return refusal("an agent is not called back", agent);
    if (before?.block !== block || before.agent !== agent) {
      return refusal("a step is inside none, as the one before it is another block's or agent's", action);
    }
  }
  const place = {
    block,
    agent,
    action,
    position: how === undefined ? position : (before?.position ?? position),
    ...(how === undefined ? {} : { inside: how }),
  };
  if (args !== undefined) {
    const { exact } = entry.action;
    if (exact === undefined) return refusal("an action takes no args", action);
    const given = { args, ...(value === undefined ? {} : { value: String(value) }) };
    const { nameable, contracts } = world.frame;
    const fault = faultInGiven(exact.item, given, (name) => nameable.get(name) ?? contracts.get(name));
    return fault === undefined ? { ...place, operands: [], given } : refusal("arguments do not fit", fault);
  }
  if (value !== undefined) return refusal("a value comes without args", action);
  if (shares !== undefined) {
    const { operands, choosesKinds } = entry.action;
    if (choosesKinds === true || shares.length !== operands) {
      return refusal("shares do not fit", `${action} takes ${choosesKinds === true ? 0 : operands}`);
    }
    return { ...place, operands: shares.map((one) => Math.round(one * PPM)) };
  }
  const known = accepted[action] ?? [];
  const operands =
    known.length > 0 && random.integer(0, 99) < KNOWN ? random.pick(known) : anyOperands(entry.action, random);
  const luck = random.integer(0, MAX_LUCK);
  return { ...place, operands, luck, ...(amount === "most" ? { extent: "most" as const } : {}) };
}

function refusal(reason: string, example: unknown): Refusal {
  // not as JSON: it may nest deeper than the stack
  return { reason, example: legible(typeof example === "string" ? example : shown(example), EXAMPLE) };
}

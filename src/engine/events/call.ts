import type { AbiFunction, Address } from "viem";

import type { Agent } from "../../agents/agent.js";
import type { ContractCall } from "../../protocols/call.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { FreeMove } from "../run/free-move.js";
import type { AgentIntent } from "../run/intent.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { CallData } from "./call-data.js";
import type { EventKind } from "./kind.js";
import type { Place } from "./place.js";

import { z } from "zod";

import { PPM } from "../../quantity/ppm.js";
import { accountOf } from "../../view/accounts.js";
import { isCalledBack, keptParts, partsIn } from "../run/call-tree.js";
import { simplerWaiting } from "../run/called-back.js";
import { freeMoves } from "../run/free-moves.js";
import { DEFAULT_GAS, DEFAULT_TIP, MAX_GAS } from "../run/intent.js";
import { movesOf } from "../world/catalogue.js";

import { amountsOfCall, withAmountsOfCall } from "./call-amounts.js";
import { callData, callWords } from "./call-data.js";
import { keepingInLists, listsOfCall } from "./call-lists.js";
import { draws, each, someOf } from "./draw.js";
import { address, again, block, fee, name, share, value } from "./fields.js";
import { drawnInside, inside, insideFirst } from "./inside.js";
import { marked } from "./place.js";

/** A free move: an action from the catalogue, whose operands are resolved against the state when it is played. */
export interface MoveGene extends FreeMove {
  readonly block: number;
  readonly agent: string;
  /** Name in the catalogue: `pool.swap`, `target.borrow`. */
  readonly action: string;
  /** Parts per million, 0 to 1,000,000 each. */
  readonly operands: readonly number[];
  /** Its place in the block: before or after all other transactions. */
  readonly position: "front" | "back";
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** A call that a transaction makes, decoded. */
export interface InnerCall {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value: bigint;
  /** The calls that it makes if it waits for a callback of its own: the first at once, the others in the callback. */
  readonly inner?: readonly InnerCall[];
}

/** A transaction of an agent. */
export interface CallStep {
  readonly kind: "call";
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
  /** Set for an honest agent's transaction: it follows from the other steps, and is listed for the reader only. */
  readonly reaction?: true;
  readonly agent: string;
  /**
   * Set for a call of the agent's policy, which nobody else chose: which of those that the policy submitted in this block,
   * counted from 0. Absent for free moves, and in files of earlier releases.
   */
  readonly policy?: number;
  readonly to: Address;
  /** The ABI item, so that the step can be printed and its arguments shrunk without the project's artifacts. */
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  /** The calls that it makes, see `ContractCall.inner`. */
  readonly inner?: readonly InnerCall[];
  readonly value: bigint;
  /** Priority fee, wei per unit of gas. */
  readonly tip: bigint;
  readonly gas: bigint;
  readonly note: string | undefined;
}

/** Luck is 31 bits. */
const MAX_LUCK = 0x7fffffff;

/** The most moves within one flash loan. */
const MAX_RAID = 8;

/** The most bursts per run of an agent that takes flash loans: whatever follows a loan in its block is part of it. */
const MAX_RAIDS = 3;

/** The fewest and the most bursts of a run, of all agents together: 20 to 60 moves. */
const BURSTS = { min: 10, max: 30 };

/** Those of one run in four: what costs an attacker something hides a small profit, and a few moves cost little. */
const FEW_BURSTS = { min: 1, max: 6 };

interface Parameter {
  readonly name?: string | undefined;
  readonly type: string;
  readonly components?: readonly Parameter[] | undefined;
}

/** An input or an output of a function in a file. */
const parameter: z.ZodType<Parameter> = z
  .object({
    name: z.string().optional(),
    // `tuple[3][]`
    type: z.string().max(200),
    components: z.array(z.lazy(() => parameter)).optional(),
  })
  .passthrough();

/** A function of a contract in a file. */
export const functionSchema: z.ZodType<
  Pick<AbiFunction, "inputs" | "name" | "outputs" | "type">,
  z.ZodTypeDef,
  unknown
> = z
  .object({
    type: z.literal("function"),
    name: z.string(),
    inputs: z.array(parameter),
    outputs: z.array(parameter),
  })
  .passthrough();

const made = {
  to: address,
  function: functionSchema,
  args: z.array(z.unknown()),
  value,
};

/** Calls that a call makes. */
const innerCalls: z.ZodTypeAny = z.array(z.object({ ...made, inner: z.lazy(() => innerCalls).optional() })).max(1_000);

/** Transactions of agents. Free moves are drawn, and resolved to calls when they are played. */
export const agentCall: EventKind<MoveGene, CallStep, CallData> = {
  kind: "call",
  genes: {
    field: "moves",
    always: true,
    schema: z.object({
      block,
      agent: name,
      action: name,
      operands: z.array(share),
      position: z.enum(["front", "back"]),
      luck: z.number().int().nonnegative().max(MAX_LUCK).optional(),
      extent: z.enum(["most", "least"]).optional(),
      given: z.object({ args: z.array(z.unknown()), value: z.string().optional() }).optional(),
      inside,
      again,
    }),
    draw: ({ scenario, catalogue }) => drawnMoves(scenario, catalogue),
  },
  schema: z.object({
    kind: z.literal("call"),
    block,
    again,
    reaction: z.literal(true).optional(),
    agent: name,
    policy: z.number().int().nonnegative().optional(),
    ...made,
    inner: innerCalls.optional(),
    tip: fee,
    gas: z.bigint().nonnegative().max(MAX_GAS),
    note: z.string().optional(),
  }),
  submits: {
    ofGenes: (moves, { world, moment, muted, tried, before }) =>
      freeMoves(
        world,
        moves.filter(({ agent }) => !muted.has(agent)),
        moment,
        before,
        tried,
      ),
    ofStep: (step, world) => intentOf(step, world),
    calledBack: (event) =>
      ("inside" in event && event.inside !== undefined) || ("function" in event && isCalledBack(event))
        ? event.agent
        : undefined,
    watches: ({ agent }, { agents }) => agents.get(agent)?.watchesMempool === true,
  },
  tells: {
    actor: ({ agent }) => agent,
    data: (step, context) => callData(step, context.account(step.agent), context),
    words: callWords,
    noun: () => "calls",
  },
  shrinks: {
    group: ({ agent }) => `agent ${agent}`,
    // what a policy does is not for the minimiser to change
    isGiven: isOfPolicy,
    amounts: { of: (step) => (isOfPolicy(step) ? [] : amountsOfCall(step)), with: withAmountsOfCall },
    lists: { of: (step) => (isOfPolicy(step) ? [] : listsOfCall(step)), keeping: keepingInLists },
    inner: {
      count: (step) => (isOfPolicy(step) ? 0 : partsIn(step.inner).length),
      keeping: (step, places) => ({ ...step, inner: keptParts(step.inner ?? [], places) }),
      unpacked: (step) => {
        const { inner = [], ...rest } = step;
        return inner.map((call) => ({ ...rest, ...call, gas: call.inner === undefined ? DEFAULT_GAS : rest.gas }));
      },
    },
    ordinary: (step) => {
      if (isOfPolicy(step)) return undefined;
      if (step.tip !== DEFAULT_TIP) return { ...step, tip: DEFAULT_TIP };
      return simplerWaiting<CallStep, InnerCall>(step);
    },
  },
  moves: {
    isThere: ({ agent }, { agents }) => agents.has(agent),
    moved: movedCall,
  },
};

/** The step for a call of an agent. */
export function callStep(
  { scenario }: Pick<World, "scenario">,
  place: Place,
  { agent, intent, origin, nth }: AgentIntent,
  { call, tip, gas }: PlacedCall,
): CallStep {
  const reaction = origin === "policy" && scenario.agents.get(agent)?.honest === true;
  return {
    kind: "call",
    block: place.block,
    ...marked(place),
    ...(reaction ? { reaction } : {}),
    agent,
    ...(reaction || nth === undefined ? {} : { policy: nth }),
    to: call.to,
    function: call.function,
    args: call.args,
    ...(call.inner === undefined ? {} : { inner: call.inner.map(innerCall) }),
    value: call.value ?? 0n,
    tip,
    gas,
    note: intent.note,
  };
}

/** Whether an agent's policy made a call. */
export function isOfPolicy({ policy }: CallStep): boolean {
  return policy !== undefined;
}

/**
 * The moves of a run, of all its agents. Flash loans come with all that is done with them; the rest is spread over the blocks in
 * bursts of one to three moves, agents mixed, since an attack takes turns with others as often as it is made in one go.
 */
function drawnMoves(scenario: Scenario, catalogue: ReadonlyMap<string, CatalogueEntry>): Draw<readonly MoveGene[]> {
  const movers = [...scenario.agents].map(([agent, definition]) => ({
    agent,
    definition,
    entries: movesOf(definition, catalogue),
  }));
  const raiders = movers.filter(({ entries }) => entries.some(({ isLoan }) => isLoan === true));
  const others = movers.flatMap(({ agent, definition, entries }) => {
    const actions = entries.filter(({ isLoan }) => isLoan !== true);
    return actions.length === 0 ? [] : [{ agent, definition, actions }];
  });
  const parts: Draw<readonly MoveGene[]>[] = raiders.map(({ agent, entries }) => raidsOf(agent, entries, scenario));
  if (others.length > 0) parts.push(sequenceOf(others, scenario));
  return each(parts).map((moves) => moves.flat().sort((a, b) => a.block - b.block));
}

interface Mover {
  readonly agent: string;
  readonly definition: Agent;
  readonly actions: readonly CatalogueEntry[];
}

/**
 * Each run draws from a random subset of each agent's actions (swarm testing, Groce et al. 2012): a sequence of three particular
 * actions is found much sooner among four than among twenty.
 */
function sequenceOf(movers: readonly Mover[], { blocks, builder }: Scenario): Draw<readonly MoveGene[]> {
  const swarms = movers.map(({ agent, definition, actions }) =>
    drawnInside(definition, (how) => swarmOf(actions).map((swarm) => ({ agent, swarm, how }))),
  );
  return each(swarms).chain((drawn) => {
    const burst = draws.oneOf(...drawn).chain(({ agent, swarm, how }) =>
      draws.record({
        agent: draws.constant(agent),
        block: draws.integer(1, blocks),
        position: draws.oneOf<MoveGene["position"]>("back", "back", "front"),
        moves: draws.list(draws.oneOf(...swarm).chain(luckyMove), { min: 1, max: 3 }),
        how,
        // after a reorganisation an attack may continue differently
        again: builder.reorganises > 0 ? draws.flag() : draws.constant(false),
      }),
    );
    const many = draws.list(burst, BURSTS);
    return draws.either(many, many, many, draws.list(burst, FEW_BURSTS)).map((bursts) =>
      bursts.flatMap(({ agent, block: at, position, moves, how, again: replacing }) =>
        insideFirst(moves, how).map((move): MoveGene => ({
          block: at,
          agent,
          position,
          ...move,
          ...(replacing ? { again: replacing } : {}),
        })),
      ),
    );
  });
}

/** How often an action is drawn for each time that one is which is seldom worth it. */
const OFTEN = 4;

/** What a run draws its moves from: a random subset, in which an action stands as often as it is to be drawn. */
function swarmOf(actions: readonly CatalogueEntry[]): Draw<readonly CatalogueEntry[]> {
  const seldom = actions.filter(({ action }) => action.seldom === true);
  const others = actions.filter(({ action }) => action.seldom !== true);
  if (others.length === 0 || seldom.length === 0) return someOf(actions);
  return each([someOf(others), someOf(seldom, { min: 0 })]).map((parts) => weighted(parts.flat()));
}

/** Each action as often as it is to be drawn. */
function weighted(actions: readonly CatalogueEntry[]): readonly CatalogueEntry[] {
  return actions.flatMap((entry) =>
    entry.action.seldom === true ? [entry] : Array.from({ length: OFTEN }, () => entry),
  );
}

/** Flash loans with what is done with them. */
function raidsOf(
  agent: string,
  entries: readonly CatalogueEntry[],
  { blocks, builder }: Pick<Scenario, "blocks" | "builder">,
): Draw<readonly MoveGene[]> {
  const loans = entries.filter(({ isLoan }) => isLoan === true);
  const actions = entries.filter(({ isLoan }) => isLoan !== true);
  if (actions.length === 0) return draws.constant([]);
  return swarmOf(actions).chain((swarm) => {
    const burst = draws.record({
      block: draws.integer(1, blocks),
      position: draws.oneOf<MoveGene["position"]>("front", "back"),
      moves: draws.list(draws.oneOf(...swarm).chain(moveOf), { min: 1, max: MAX_RAID }),
      loan: draws.oneOf(...loans).chain(moveOf),
      again: builder.reorganises > 0 ? draws.flag() : draws.constant(false),
    });
    return draws.list(burst, { max: MAX_RAIDS }).map((bursts) =>
      bursts.flatMap(({ block: at, position, moves, loan, again: replacing }) =>
        [loan, ...moves].map((move): MoveGene => ({
          block: at,
          agent,
          position,
          ...move,
          ...(replacing ? { again: replacing } : {}),
        })),
      ),
    );
  });
}

type DrawnAction = Pick<MoveGene, "action" | "operands">;

function moveOf({ name, action }: CatalogueEntry): Draw<DrawnAction> {
  const { operands, choosesKinds } = action;
  return draws.record<DrawnAction>({
    action: draws.constant(name),
    operands: draws.list(choosesKinds === true ? draws.integer(0, PPM) : operand(), { min: operands, max: operands }),
  });
}

/** A move that may become another one. */
function luckyMove(entry: CatalogueEntry): Draw<DrawnAction & { readonly luck: number }> {
  return draws
    .record({ move: moveOf(entry), luck: draws.integer(0, MAX_LUCK) })
    .map(({ move, luck }) => ({ ...move, luck }));
}

/** A fraction in parts per million; half of the time 0, 1, one half or everything: flaws sit at the edges. */
function operand(): Draw<number> {
  return draws.either(draws.integer(0, PPM), draws.oneOf(0, 1, PPM / 2, PPM));
}

function intentOf(step: CallStep, { frame }: Pick<World, "frame">): AgentIntent {
  return {
    agent: step.agent,
    from: accountOf(frame.accounts, step.agent),
    intent: {
      call: {
        to: step.to,
        function: step.function,
        args: step.args,
        value: step.value,
        ...(step.inner === undefined ? {} : { inner: step.inner }),
      },
      tip: step.tip,
      gas: step.gas,
      ...(step.note === undefined ? {} : { note: step.note }),
    },
    origin: "trace",
    ...(step.policy === undefined ? {} : { nth: step.policy }),
  };
}

function innerCall({ to, function: item, args, value = 0n, inner }: ContractCall): InnerCall {
  return { to, function: item, args, value, ...(inner === undefined ? {} : { inner: inner.map(innerCall) }) };
}

function movedCall<T extends InnerCall>(call: T, place: (value: unknown) => unknown): T {
  return {
    ...call,
    to: place(call.to) as Address,
    args: call.args.map(place),
    ...(call.inner === undefined ? {} : { inner: call.inner.map((made) => movedCall(made, place)) }),
  };
}

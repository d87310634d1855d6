import type { Abi, Address } from "viem";

import type { Interference } from "../order-flow/interference.js";
import type { InspectContext, ObserveContext } from "../protocols/contexts.js";
import type { ChainTerm, MissingOnChain } from "../protocols/on-chain.js";
import type { ReadPlan } from "../protocols/read-plan.js";
import type { Token } from "../protocols/token.js";
import type { Favour } from "../view/favour.js";
import type { View } from "../view/view.js";
import type { Judgement } from "./failure.js";
import type { ChainStatement, NotOnChain } from "./on-chain.js";
import type { Unjudged } from "./unjudged.js";

/** The contract that must survive, as conditions see it. */
export interface ConditionTarget {
  readonly name: string;
  readonly address: Address;
  readonly abi: Abi;
  /** Custom errors of the project's contracts, for the reasons of reverts. Default: none. */
  readonly errors?: Abi;
}

/** What a condition may use to gather its facts. */
export interface ConditionInspectContext extends InspectContext {
  readonly target: ConditionTarget;
  /** The names of the scenario's assets, those without a token included. */
  readonly assets: readonly string[];
  /** The asset that is the chain's native coin; `undefined` if none is. */
  readonly nativeAsset: string | undefined;
  /** The scenario's protocols by name, with the addresses of their contracts. */
  readonly protocols: ReadonlyMap<string, readonly Address[]>;
  /** How many blocks a run of the scenario has. */
  readonly blocks: number;
  /** Seconds between them. */
  readonly blockTime: number;
}

/** Money for calls that a condition simulates. */
export interface Purse {
  /** Whose it is: an account that nobody else uses, see `purseOf`. */
  readonly account: Address;
  readonly token: Token;
  /** Base units. */
  readonly amount: bigint;
}

/**
 * The input of `judge`: the state after a block, and the state at the start of the run.
 *
 * @typeParam Reading - what is read in every block
 * @typeParam Memory - what the condition remembers from block to block
 */
export interface JudgeContext<Reading, Memory = unknown> {
  readonly reading: Reading;
  readonly start: Reading;
  readonly view: View;
  readonly startView: View;
  readonly target: ConditionTarget;
  /**
   * What an account owned at the start or before the last block, or owns now, in US dollars at present fair prices: native
   * coin, tokens, shares and positions in protocols. Comparing the two separates an attack's profit from the market's moves.
   *
   * @param prices - at which prices instead: those at the start. Comparing the two separates the market's moves from all else
   */
  readonly worth: (account: Address, holdings: "start" | "before" | "now", prices?: "start" | "now") => number;
  /** Seconds that passed in pauses, in which nobody acts: just before the last block, and in all since the start. */
  readonly paused: { readonly before: number; readonly inAll: number };
  /** Transactions of the scenario's order flow whose outcome the agents have changed so far. */
  readonly interferences: readonly Interference[];
  /** What accounts did for others in the last block; empty unless the condition has `favours: true`. */
  readonly favours: readonly Favour[];
  /** What the condition last remembered in this run; `undefined` in the first block. */
  readonly memory: Memory | undefined;
  /**
   * Keeps a value for the next block, replacing `memory`: plain data, which must not change afterwards. It belongs to the
   * run: a run that goes back to an earlier block also goes back to what was remembered then.
   */
  readonly remember: (memory: Memory) => void;
}

/** The input of `onChain`: that of `judge`, and what accounts own as numbers that the chain tells. */
export interface ChainContext<Reading, Memory = unknown> extends JudgeContext<Reading, Memory> {
  /**
   * What `worth(account, "now")` adds up, as terms in dollars of 18 decimals; `undefined` if it has a part that no contract tells in one
   * number, such as a position in a lending market.
   */
  readonly owned: (account: Address) => readonly ChainTerm[] | undefined;
  /**
   * What `view.shortfalls` tells of a protocol, as sums in dollars of 18 decimals, each counted where it is above zero; `undefined` if its
   * adapter works it out.
   *
   * @param protocol - its name in the scenario
   */
  readonly missing: (protocol: string) => readonly MissingOnChain[] | undefined;
}

/**
 * A survival condition. Judged after every block on the batched read; it must hold at the start of a run.
 *
 * @typeParam Facts - what is gathered once
 * @typeParam Reading - what is read in every block
 * @typeParam Memory - what it remembers from block to block
 */
export interface ConditionDefinition<Facts, Reading, Memory = unknown> {
  /** Its name in reports: `solvent`. Unique within a scenario. */
  readonly id: string;
  /** Whether `judge` reads `view.results`. Default false. */
  readonly results?: boolean;
  /** Whether `judge` reads `favours`. Default false. */
  readonly favours?: boolean;
  /** Checks that the target has what the condition needs; throws `UNSUPPORTED_TARGET` naming what is missing. */
  inspect?(context: ConditionInspectContext): Promise<Facts>;
  /** Money that its simulated calls need, which is there in every run, and which nobody else has. Default: none. */
  purses?(facts: Facts): readonly Purse[];
  /** What to read in every block. */
  observe(facts: Facts, context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<Reading>;
  /**
   * Why the condition does not hold: a sentence, or a sentence with the numbers behind it. `undefined` if it holds;
   * `notJudged(why)` if what it reads reverts, `nothingToJudge(why)` if it applies to nothing. Synchronous, and pure but for
   * what it remembers.
   *
   * If several things can fail (functions, accounts, markets), return a list of all that do, each with its `cause`: a campaign
   * minimises, saves and replays each as a finding of its own.
   */
  judge(context: JudgeContext<Reading, Memory>, facts: Facts): Judgement | Unjudged;
  /**
   * How far it is from broken, where that is a number: 0 when it is about to break, 1 when it is as far as can be told; values
   * outside are cut off. Asked only after a block in which it holds, and changes no verdict: reports tell the least of a
   * campaign, and a search may prefer what comes closer. `undefined`: nothing to tell. Synchronous and pure; it must not
   * `remember`. Default: none.
   */
  margin?(context: JudgeContext<Reading, Memory>, facts: Facts): number | undefined;
  /**
   * The condition as something that a contract can check, for exports to other test frameworks. Asked once, after the block in which
   * a confirmed reproduction violates it; `notOnChain(why)` or `undefined` if it cannot be said in numbers that the chain tells.
   * Synchronous and pure; it must not `remember`. Default: it cannot.
   */
  onChain?(context: ChainContext<Reading, Memory>, facts: Facts): ChainStatement | NotOnChain | undefined;
}

/** A condition as a scenario holds it. */
export interface Condition {
  readonly id: string;
  readonly definition: ConditionDefinition<never, never>;
}

/**
 * Defines a survival condition. The built-in ones are made with exactly this function.
 *
 * @example
 * ```ts
 * const capHolds = defineCondition({
 *   id: "capHolds",
 *   observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "totalAssets" }),
 *   judge: ({ reading }) => (reading > CAP ? `total assets ${reading} above the cap` : undefined),
 * });
 * ```
 */
export function defineCondition<Facts, Reading, Memory = unknown>(
  definition: ConditionDefinition<Facts, Reading, Memory>,
): Condition {
  return Object.freeze({
    id: definition.id,
    // facts and readings are private to the definition: the engine only passes them back to it
    definition: definition as unknown as ConditionDefinition<never, never>,
  });
}

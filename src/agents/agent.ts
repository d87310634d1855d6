import type { Address } from "viem";

import type { Random } from "../market/random.js";
import type { ContractCall } from "../protocols/call.js";
import type { View } from "../view/view.js";

/** A call with the fee its sender offers. It becomes a transaction when it is included in a block. */
export interface Intent {
  readonly call: ContractCall;
  /** Priority fee in wei a gas; blocks are ordered by it. Default 1 gwei. */
  readonly tip?: bigint;
  /** Gas limit. Default 2,000,000. */
  readonly gas?: bigint;
  /** The most that it pays for a gas, base fee and tip together, wei. Default: whatever the base fee is. */
  readonly maxFee?: bigint;
  /** For how many more blocks it waits in the mempool if the first that could hold it does not. Default 0. */
  readonly patience?: number;
  /** Goes straight to the builder: nobody sees it before it is in a block. Default false. */
  readonly private?: boolean;
  /** What the agent means by it, for the report. */
  readonly note?: string;
}

/**
 * What `act` is given.
 *
 * @typeParam Memory - what the agent remembers from block to block
 */
export interface ActContext<Memory = unknown> {
  readonly view: View;
  readonly self: { readonly name: string; readonly address: Address };
  /** Balances at the start of the run, so that an agent can tell what it gained. */
  readonly start: View;
  /** A stream of its own: depends on the run's genome, the agent and the block, on nothing else. */
  readonly random: Random;
  /** What it last remembered in this run; at first the agent's own `memory`. */
  readonly memory: Memory;
  /**
   * Keeps a value for the next block, in place of `memory`. Plain data: text, numbers, `null`, lists and records of them;
   * it is frozen, and belongs to the run, so that a run which goes back to a block also goes back to what was known then.
   *
   * @throws SiegeError `AGENT_FAILED` if it is no plain data
   */
  readonly remember: (memory: Memory) => void;
  /** Hands an intent to the mempool. */
  readonly submit: (intent: ContractCall | Intent) => void;
}

/** Which of the scenario's actions the search may choose for an agent. */
export interface FreeMoves {
  /**
   * `ordinary`: only what a normal user does (deposit, withdraw, swap);
   * `any`: every action of every protocol and every state-changing function of the target's ABI.
   */
  readonly kind: "ordinary" | "any";
  /** Only these actions, by name: `pool.swap`, `target.*`, `*.transfer`. */
  readonly only?: readonly string[];
  /** Not these actions, named in the same way. */
  readonly except?: readonly string[];
}

/**
 * A participant with a role, capital, and a policy or free moves (or both).
 *
 * @typeParam Memory - what its policy remembers from block to block
 */
export interface Agent<Memory = unknown> {
  /** `retail`, `liquidator`, … */
  readonly role: string;
  /** Its name in the scenario; default: the role, numbered where several share it. */
  readonly name?: string;
  /** What it owns at the start: whole tokens by asset name, 0 to 1e15 each. Default: nothing. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * What part of a protocol it owns at the start, 0 to 1, by the protocol's name: of a pool's liquidity, say. It stands for
   * those who own it on the chain, whose balances stay what they are. Only of protocols whose ownership is a token.
   */
  readonly owns?: Readonly<Record<string, number>>;
  /** Native coin at the start, whole units, 0 to 1e12. Default 100, a choice: enough for gas. */
  readonly native?: number;
  /**
   * Its policy, called in every block. Must be synchronous, use no other randomness than `random`, and keep nothing
   * between blocks but what it remembers.
   */
  readonly act?: (context: ActContext<Memory>) => void;
  /** What `act` finds in its memory in the first block, plain data. Default: `undefined`. */
  readonly memory?: Memory;
  /** Moves that the search makes for it. */
  readonly moves?: FreeMoves;
  /**
   * Whether its policy is called after everybody else has submitted, and sees what is public of that in `view.pending`.
   * Default false.
   */
  readonly watchesMempool?: boolean;
  /**
   * Whether it belongs to the world rather than to the attack: a keeper, a relayer, an honest bidder. A reproduction
   * keeps its policy running, so that it never shows a call which the policy would not make; its calls are shown, but
   * are no steps that could be left out. Default false: what it did is frozen with the rest, and shrinks.
   */
  readonly honest?: boolean;
  /**
   * Whether its account has code that takes flash loans (contracts/Raider.sol): its free moves in a block may then be one
   * transaction with a loan around them. Default false.
   */
  readonly flashLoans?: boolean;
  /** Whether its policy reads `view.results`. Costs a trace a call wherever calls are transactions. Default false. */
  readonly results?: boolean;
}

/**
 * Defines an agent. The built-in ones are made with exactly this function.
 *
 * @example
 * ```ts
 * const panicSeller = defineAgent({
 *   role: "panic seller",
 *   capital: { ETH: 50 },
 *   act({ view, self, submit }) {
 *     if (view.price("ETH") < 1500) submit(view.at(uniswapV2).sell("ETH", 10n ** 18n, self.address));
 *   },
 * });
 * ```
 */
export function defineAgent<Memory = unknown>(agent: Agent<Memory>): Agent {
  // whoever holds an agent only gives its policy what that policy itself remembered
  return Object.freeze({ ...agent }) as unknown as Agent;
}

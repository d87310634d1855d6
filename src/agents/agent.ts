import type { Address } from "viem";

import type { Random } from "../market/random.js";
import type { ContractCall } from "../protocols/call.js";
import type { View } from "../view/view.js";

/** A call with the fee its sender offers. It becomes a transaction when it is included in a block. */
export interface Intent {
  readonly call: ContractCall;
  /** Priority fee, wei per unit of gas; blocks are ordered by it. Default 1 gwei. */
  readonly tip?: bigint;
  /** Gas limit. Default 2,000,000. */
  readonly gas?: bigint;
  /** The most it pays per unit of gas, base fee and tip together, wei. Default: whatever the base fee is. */
  readonly maxFee?: bigint;
  /** How many more blocks it waits in the mempool if the next block does not include it. Default 0. */
  readonly patience?: number;
  /** Sent straight to the block builder: not visible in the public mempool. Default false. */
  readonly private?: boolean;
  /** What it is for, as the report shows it. */
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
  /** Balances at the start of the run, so that an agent can tell what it has gained. */
  readonly start: View;
  /** Its own random stream: depends only on the run's genome, the agent and the block. */
  readonly random: Random;
  /** What it last remembered in this run; initially the agent's own `memory`. */
  readonly memory: Memory;
  /**
   * Keeps a value for the next block, replacing `memory`. Plain data: strings, numbers, booleans, `null`, and arrays and
   * records of them. It is frozen and belongs to the run: a run that goes back to an earlier block also goes back to what was
   * remembered then.
   *
   * @throws SiegeError `AGENT_FAILED` if it is not plain data
   */
  readonly remember: (memory: Memory) => void;
  /** Submits an intent to the mempool. */
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
  /** All but these actions, named in the same way. */
  readonly except?: readonly string[];
  /**
   * `itself`: wherever a call names an account (receiver, recipient, owner, on behalf of whom), it names its sender, and adapters'
   * donations and transfers of tokens are not made;
   * `anyone`: any account of the scenario. Default: `itself` if only `ordinary` moves are made, otherwise `anyone`.
   */
  readonly actsFor?: "itself" | "anyone";
  /** Whether the patterns may name actions that do not exist, as those of presets may. Default false: `UNKNOWN_ACTION`. */
  readonly lenient?: boolean;
}

/**
 * A participant with a role, capital, and a policy or free moves (or both).
 *
 * @typeParam Memory - what its policy remembers from block to block
 */
export interface Agent<Memory = unknown> {
  /** `retail`, `liquidator`, … */
  readonly role: string;
  /** Its name in the scenario; default: the role, numbered if several agents share it. */
  readonly name?: string;
  /**
   * An existing account that it is, such as the target's owner or a keeper. It acts from that address, and keeps what it has
   * unless `capital` or `native` say otherwise; only one that has less than 1 native coin is given the default, for gas. It
   * approves what other agents approve. Default: an account of its own, whose address depends on its name.
   */
  readonly at?: Address;
  /** What it owns at the start: whole tokens by asset name, 0 to 1e15 each. Default: nothing. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * The share of a protocol that it owns at the start, 0 to 1, by the protocol's name: of a pool's liquidity, for example. It
   * stands for the owners on the chain, whose balances do not change. Only for protocols whose ownership is a token.
   */
  readonly owns?: Readonly<Record<string, number>>;
  /** Native coin at the start, whole units, 0 to 1e12. Default 100, chosen as enough for gas. */
  readonly native?: number;
  /**
   * Its policy, called in every block. Must be synchronous, use no randomness other than `random`, and keep no state between
   * blocks other than what it remembers.
   */
  readonly act?: (context: ActContext<Memory>) => void;
  /** Its memory in the first block, plain data. Default: `undefined`. */
  readonly memory?: Memory;
  /** Moves that the search makes for it. */
  readonly moves?: FreeMoves;
  /**
   * Whether its policy is called after all other agents have submitted, and sees their public transactions in `view.pending`.
   * Default false.
   */
  readonly watchesMempool?: boolean;
  /**
   * Whether it belongs to the environment rather than to the attack: a keeper, a relayer, an honest bidder. A reproduction
   * keeps its policy running, so it never shows a call that the policy would not make; its calls are shown, but are not steps
   * that can be removed. Default false: each of its calls can be left out of a reproduction.
   */
  readonly honest?: boolean;
  /**
   * Whether its account has code that takes flash loans (contracts/Raider.sol): its free moves in a block may then be a single
   * transaction within a flash loan. Default false.
   */
  readonly flashLoans?: boolean;
  /**
   * Whether it may make moves while a contract calls it back: in `receive()`, in the hooks of tokens (ERC-777, ERC-721, ERC-1155),
   * in `onFlashLoan` or in any callback of a protocol's own. In runs in which it does, its account has code
   * (contracts/Raider.sol), as one that delegated to it (EIP-7702) has: `code.length` is not 0. Default: true for agents with
   * `moves: { kind: "any" }`, such as attackers, otherwise false; without free moves it changes nothing.
   */
  readonly callbacks?: boolean;
  /** Whether its policy reads `view.results`. Where calls are transactions, this costs one trace per call. Default false. */
  readonly results?: boolean;
}

/** Whether an agent makes moves in callbacks. */
export function isCalledBackEver({ callbacks, moves }: Agent): boolean {
  return moves !== undefined && (callbacks ?? moves.kind === "any");
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
  // an agent's policy is only ever given what it remembered itself
  return Object.freeze({ ...agent }) as unknown as Agent;
}

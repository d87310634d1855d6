import type { AbiFunction, Address } from "viem";

import type { KnownValues } from "./known-values.js";
import type { OpenCall } from "./open-amount.js";

/** Arguments that somebody wrote down, as JSON: see `ProposedStep`. */
export interface WrittenArguments {
  readonly args: readonly unknown[];
  /** Wei, or `most`, `least`, `99 %`. */
  readonly value?: string | undefined;
}

/** Which of the amounts that a state accepts: the largest or the least. */
export type Extent = "most" | "least";

/** The account that makes a free move, and what it may work with. */
export interface ActionContext<View> {
  readonly view: View;
  readonly self: Address;
  /** `self`'s balance of a token, in base units; 0 for a token that no protocol or asset names. */
  readonly balance: (token: Address, account?: Address) => bigint;
  /**
   * Accounts by name: agents, target, and those the scenario names; for functions of a contract's own ABI, also those that set
   * the chain up, such as its deployer.
   */
  readonly accounts: ReadonlyMap<string, Address>;
  /** What is known in this state and may be an argument. Default: nothing. */
  readonly known?: KnownValues;
  /** Whom a call may name as the account that it is for: only `self`, or any account. Default `anyone`. */
  readonly actsFor?: "itself" | "anyone";
  /** Set if amounts are to be as large, or as small, as the state accepts. */
  readonly extent?: Extent;
  /** Contracts that were created in the run so far, by the name of their code, in the order in which they became known. */
  readonly created?: ReadonlyMap<string, readonly Address[]>;
  /** Protocol contracts by name: `pool`, `pool router`. */
  readonly contracts: ReadonlyMap<string, Address>;
}

/** Where operands say what a call is about: which account, option or market by number, by word, or by address. */
export interface Subject {
  /** The place of the first of its operands. */
  readonly at: number;
  /** How many they are. */
  readonly operands: number;
  /** What they stand for: an id, another number (a strike, an expiry), a word of bytes, or a contract. */
  readonly kind: "id" | "number" | "word" | "contract";
  /** The words of the parameter's name: `["from", "sub"]`. */
  readonly words: readonly string[];
}

/**
 * An action on a protocol as the search sees it: a few operands, each a fraction
 * from 0 to 1,000,000 (parts per million) that `build` resolves against the current state.
 */
export interface Action<View> {
  /** Unique within the protocol; the scenario prefixes it with the protocol's name: `pool.swap`. */
  readonly name: string;
  /** How many operands `build` takes. */
  readonly operands: number;
  /** Whether an ordinary user of the protocol does this; retail agents draw from these only. */
  readonly ordinary: boolean;
  /** Set if all it does is give away: an agent that acts for itself does not. Default: it does something for its sender. */
  readonly gives?: true;
  /** Set if its operands choose among kinds of values, so that none of them is an edge. Default: each is a share of something. */
  readonly choosesKinds?: true;
  /** Set if its operands guess an id or a price, which is worth guessing again when a guess is refused. */
  readonly guesses?: true;
  /** What its operands say that the call is about. Default: nothing that others say, too. */
  readonly subjects?: readonly Subject[];
  /**
   * Set if it mostly changes nothing that a contract looks at, like a transfer between accounts: it is drawn a quarter as often
   * as others, and does not stand in for a move that is refused. Default: like any other.
   */
  readonly seldom?: true;
  /** Set for a function of a contract: it may be called with arguments that somebody wrote down. */
  readonly exact?: {
    readonly item: AbiFunction;
    /** The call; `undefined` if the arguments do not fit the function. */
    build(given: WrittenArguments, context: ActionContext<View>): OpenCall | undefined;
  };
  /**
   * The call, or `undefined` if the move makes no sense now (for example, with nothing to sell). One amount of it may be left
   * open: the largest or the least that the state of the moment accepts, see {@link OpenCall}.
   */
  build(operands: readonly number[], context: ActionContext<View>): OpenCall | undefined;
}

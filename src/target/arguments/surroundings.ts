import type { AbiFunction, Address } from "viem";

import type { ActionContext } from "../../protocols/action.js";
import type { KnownValues } from "../../protocols/known-values.js";
import type { OpenAmount, Way } from "../../protocols/open-amount.js";
import type { Token } from "../../protocols/token.js";
import type { Things } from "./things.js";

/** A function of a known contract, for arguments that are calls. */
export interface KnownFunction {
  readonly to: Address;
  readonly item: AbiFunction;
}

/** An argument that is a call. */
export interface InnerCall extends KnownFunction {
  /** Where it stands. */
  readonly way: Way;
}

/** What the arguments of a call are made from. */
export interface Surroundings {
  /** The contract that is called. */
  readonly target: Address;
  readonly tokens: readonly Token[];
  /** What the contract numbers. */
  readonly things: Things;
  /** Functions that an argument of type `bytes` may call: its contract's own, and what moves tokens. */
  readonly functions: readonly KnownFunction[];
  /** The same of the other contracts under siege. */
  readonly others?: readonly KnownFunction[];
  readonly context: ActionContext<unknown> & { readonly known: KnownValues };
  /** Filled with the calls that arguments of type `bytes` are. */
  readonly inner: InnerCall[];
  /** Filled with the amounts that are left to the state of the moment. */
  readonly open: OpenAmount[];
}

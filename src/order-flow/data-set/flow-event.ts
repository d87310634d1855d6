import type { Address } from "viem";

/** What every event of order flow has. Plain data. */
interface Happened {
  readonly block: number;
  /** Place in the block: the index of its log. */
  readonly index: number;
  /** Unix seconds. */
  readonly time: number;
  /** The contract, by its name in the data set. */
  readonly contract: string;
}

/** What an event has that somebody caused. */
interface Caused extends Happened {
  /**
   * Whose flow it is: the sender of the transaction where the blocks were read, else the account that the event names, which may
   * be a router.
   */
  readonly from: Address;
}

/** A swap in a pool. */
export interface SwapEvent extends Caused {
  readonly kind: "swap";
  /** Base units of the pool's first token that the pool received; negative if it paid them out. */
  readonly amount0: bigint;
  /** The same of its second token. */
  readonly amount1: bigint;
  /**
   * The pool's marginal price after it, whole second tokens for one whole first token, before fees. Absent for a Uniswap V2 swap whose
   * `Sync` is not in the logs.
   */
  readonly price?: number;
}

/** Liquidity that was added to a pool or removed from it. */
export interface LiquidityEvent extends Caused {
  readonly kind: "mint" | "burn";
  /** Base units of the pool's first token. */
  readonly amount0: bigint;
  /** Base units of its second token. */
  readonly amount1: bigint;
}

/** What an account does in a lending market. */
export interface LendingEvent extends Caused {
  readonly kind: "supply" | "withdraw" | "borrow" | "repay";
  readonly token: Address;
  /** Base units. */
  readonly amount: bigint;
}

/** A liquidation. */
export interface LiquidationEvent extends Caused {
  readonly kind: "liquidation";
  readonly borrower: Address;
  /** The token that was repaid. */
  readonly debt: Address;
  /** Base units. */
  readonly repaid: bigint;
  /** The token that was seized; of Compound V2, the cToken. */
  readonly collateral: Address;
  /** Base units. */
  readonly seized: bigint;
  /** What the transaction paid for its place, wei: its priority fee times its gas. Absent where receipts were not read. */
  readonly priority?: bigint;
  /** What the transaction paid in all, wei. Absent where receipts were not read. */
  readonly fee?: bigint;
}

/** A round of an oracle. */
export interface RoundEvent extends Happened {
  readonly kind: "round";
  /** Its answer in whole units. */
  readonly price: number;
}

/** An event of order flow. Plain data. */
export type FlowEvent = SwapEvent | LiquidityEvent | LendingEvent | LiquidationEvent | RoundEvent;

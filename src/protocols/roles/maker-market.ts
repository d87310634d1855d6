import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { LiquidityPool } from "./liquidity-pool.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** What a market maker is ready to trade, and at what prices. A market whose prices form by themselves ignores the prices. */
export interface Quotes {
  /** The middle of its bids and asks: whole units of the market's second token for one of the first. */
  readonly price: number;
  /** How far its first bid and ask are from the middle, and further ones from each other, as a share of the middle, 0 to 1. */
  readonly halfSpread: number;
  /** The number of its bids, and of its asks. */
  readonly levels: number;
  /** What it has of the market's tokens, in hand and in its present quotes, base units. */
  readonly own: readonly [bigint, bigint];
}

/** A market of two tokens as those see it who make it: they quote there, and withdraw their quotes. */
export interface MakerMarket {
  readonly tokens: readonly [Token, Token];
  /** What an account has in its quotes, base units of the two tokens; nothing for accounts that the scenario does not know. */
  quoted(account: Address): readonly [bigint, bigint];
  /** What an amount of a token is worth here, about, base units of the other one. */
  worth(token: Address, amount: bigint): bigint;
  /** The calls that replace the caller's quotes, in order; none if they are as wanted already. */
  quote(quotes: Quotes, self: Address): readonly ContractCall[];
  /** The calls that withdraw all of the caller's quotes; none if it has none. */
  withdraw(self: Address): readonly ContractCall[];
}

/** The role of a market that is made by quotes. Every {@link LiquidityPool} is such a market, too. */
export const makerMarket: Role<MakerMarket> = defineRole<MakerMarket>("market to quote on", {
  example: "{ pool: uniswapV2(address) }",
});

/** A pool with fungible liquidity as a market maker sees it: all of its capital is in the pool, or none of it. */
export function quotedPool(pool: LiquidityPool): MakerMarket {
  return {
    tokens: pool.tokens,
    quoted: (account) => pool.redeemable(pool.liquidityOf(account)),
    worth: (token, amount) => pool.amountOut(token, amount),
    quote: ({ own }, self) =>
      pool.liquidityOf(self) > 0n || own[0] === 0n || own[1] === 0n ? [] : [pool.addLiquidity(own, self)],
    withdraw: (self) => {
      const liquidity = pool.liquidityOf(self);
      return liquidity === 0n ? [] : [pool.removeLiquidity(liquidity, self)];
    },
  };
}

import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ReadPlan } from "../read-plan.js";
import type { Token } from "../token.js";

import { maxUint256 } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { all, list, map, read } from "../read-plan.js";
import { tokenNamed } from "../roles/pool-token.js";

import { pairAbi, routerAbi } from "./abi.js";
import { amountOut } from "./math.js";

/** What agents see of a pool. */
export interface UniswapV2View {
  readonly pair: Address;
  readonly tokens: readonly [Token, Token];
  /** Base units. */
  readonly reserves: readonly [bigint, bigint];
  /** The token that represents a share of the reserves. */
  readonly liquidityToken: Token;
  /** Total supply of liquidity tokens, base units. */
  readonly totalLiquidity: bigint;
  /** An account's liquidity tokens, base units; 0 for accounts that the scenario does not know. */
  liquidityOf(account: Address): bigint;
  /** What liquidity redeems for, base units of the tokens; a protocol fee, if enabled, is not deducted. */
  redeemable(liquidity: bigint): readonly [bigint, bigint];
  /** Whole units of the other token per whole unit of this one, before fees. */
  spotPrice(token: Address): number;
  /** What a swap pays out, base units. */
  amountOut(tokenIn: Address, amountIn: bigint): bigint;
  /** The pool after a swap. */
  after(tokenIn: Address, amountIn: bigint): UniswapV2View;
  /** What a call of the router swaps here, if it does. */
  swapIn(
    call: ContractCall,
  ): { readonly tokenIn: Address; readonly amountIn: bigint; readonly minOut: bigint } | undefined;
  /** The reserve of a token, and of the other one. */
  reservesFrom(token: Address): readonly [bigint, bigint];
  /** The other token of the pool. */
  other(token: Address): Token;
  /** A swap of the exact input, by the caller, to the caller. */
  swap(swap: {
    readonly tokenIn: Address;
    readonly amountIn: bigint;
    /** Base units of the other token below which the swap reverts. Default 0. */
    readonly minOut?: bigint;
    readonly to: Address;
  }): ContractCall;
  /**
   * Adds liquidity to the pool, at any price: as much of both tokens as the ratio of the reserves allows.
   *
   * @param most - the most of each token, base units
   */
  addLiquidity(most: readonly [bigint, bigint], self: Address): ContractCall;
  /** Removes liquidity from the pool, at any price. @param liquidity - base units of the liquidity token */
  removeLiquidity(liquidity: bigint, self: Address): ContractCall;
  /**
   * Sells for the caller, at any price.
   *
   * @param what - an asset (`ETH`), or one of the pool's tokens by symbol or address
   * @param amountIn - base units
   * @throws SiegeError `UNKNOWN_ASSET` if the pool does not have it
   */
  sell(what: string, amountIn: bigint, self: Address): ContractCall;
}

/** The facts of a pool, read once. */
export interface UniswapV2Facts {
  readonly pair: Address;
  readonly router: Address;
  readonly tokens: readonly [Token, Token];
  readonly liquidityToken: Token;
}

/** The reads of a pool in every block: reserves, and liquidity holders. */
export function uniswapV2Plan(facts: UniswapV2Facts, accounts: readonly Address[]): ReadPlan<UniswapV2View> {
  const pair = { address: facts.pair, abi: pairAbi } as const;
  const plan = all({
    reserves: read({ ...pair, functionName: "getReserves" }),
    totalLiquidity: read({ ...pair, functionName: "totalSupply" }),
    liquidity: list(accounts.map((account) => read({ ...pair, functionName: "balanceOf", args: [account] }))),
  });
  return map(plan, ({ reserves: [reserve0, reserve1], totalLiquidity, liquidity }) =>
    viewOf(facts, {
      reserves: [reserve0, reserve1],
      totalLiquidity,
      liquidity: new Map(accounts.map((account, index) => [addressKey(account), liquidity[index] ?? 0n])),
    }),
  );
}

interface PoolState {
  readonly reserves: readonly [bigint, bigint];
  readonly totalLiquidity: bigint;
  /** By lower-case account. */
  readonly liquidity: ReadonlyMap<string, bigint>;
}

function viewOf(facts: UniswapV2Facts, state: PoolState): UniswapV2View {
  const { pair, router, tokens, liquidityToken } = facts;
  const { reserves, totalLiquidity, liquidity: held } = state;
  const isFirst = (token: Address): boolean => isSameAddress(token, tokens[0].address);
  const reservesFrom = (token: Address): readonly [bigint, bigint] =>
    isFirst(token) ? reserves : [reserves[1], reserves[0]];
  const other = (token: Address): Token => (isFirst(token) ? tokens[1] : tokens[0]);
  const swap: UniswapV2View["swap"] = ({ tokenIn, amountIn, minOut = 0n, to }) =>
    call({
      address: router,
      abi: routerAbi,
      functionName: "swapExactTokensForTokens",
      args: [amountIn, minOut, [tokenIn, other(tokenIn).address], to, maxUint256],
    });
  return {
    pair,
    tokens,
    reserves,
    reservesFrom,
    other,
    liquidityToken,
    totalLiquidity,
    liquidityOf: (account) => held.get(addressKey(account)) ?? 0n,
    redeemable: (liquidity) =>
      totalLiquidity === 0n
        ? [0n, 0n]
        : [(liquidity * reserves[0]) / totalLiquidity, (liquidity * reserves[1]) / totalLiquidity],
    addLiquidity: ([most0, most1], self) =>
      call({
        address: router,
        abi: routerAbi,
        functionName: "addLiquidity",
        args: [tokens[0].address, tokens[1].address, most0, most1, 0n, 0n, self, maxUint256],
      }),
    removeLiquidity: (liquidity, self) =>
      call({
        address: router,
        abi: routerAbi,
        functionName: "removeLiquidity",
        args: [tokens[0].address, tokens[1].address, liquidity, 0n, 0n, self, maxUint256],
      }),
    spotPrice: (token) => {
      const [own, others] = reservesFrom(token);
      const [mine, theirs] = isFirst(token) ? tokens : [tokens[1], tokens[0]];
      return wholeUnits(others, theirs.decimals) / wholeUnits(own, mine.decimals);
    },
    amountOut: (tokenIn, amountIn) => amountOut(amountIn, ...reservesFrom(tokenIn)),
    after: (tokenIn, amountIn) => {
      const [own, others] = reservesFrom(tokenIn);
      const [more, fewer] = [own + amountIn, others - amountOut(amountIn, own, others)];
      return viewOf(facts, { ...state, reserves: isFirst(tokenIn) ? [more, fewer] : [fewer, more] });
    },
    swapIn: ({ to, function: { name }, args }) => {
      if (!isSameAddress(to, router) || name !== "swapExactTokensForTokens") return undefined;
      // the name identifies the router's function
      const [amountIn, minOut, path] = args as readonly [bigint, bigint, readonly Address[]];
      const [tokenIn, tokenOut, ...more] = path;
      const isHere = [tokenIn, tokenOut].every((token) => tokens.some(({ address }) => isSameAddress(address, token)));
      return tokenIn === undefined || more.length > 0 || !isHere ? undefined : { tokenIn, amountIn, minOut };
    },
    swap,
    sell: (what, amountIn, self) => swap({ tokenIn: tokenNamed(tokens, what).address, amountIn, to: self }),
  };
}

import type { Address } from "viem";

import type { ContractCall } from "./call.js";
import type { ProtocolFactory, Token } from "./protocol.js";
import type { Venue } from "./venue.js";

import { maxUint256 } from "viem";

import { SiegeError } from "../errors.js";
import { requireKnown } from "../options.js";

import { pairAbi, routerAbi } from "./abis/uniswap-v2.js";
import { call } from "./call.js";
import { choose, fraction } from "./fractions.js";
import { tokenNamed } from "./pool-token.js";
import { defineProtocol } from "./protocol.js";
import { all, attempt, map, read } from "./read-plan.js";
import { requireAddress } from "./require-address.js";
import { amountOut } from "./uniswap-v2-math.js";

/** Router02 on Ethereum mainnet (https://docs.uniswap.org/contracts/v2/reference/smart-contracts/v2-deployments). */
const MAINNET_ROUTER: Address = "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D";

/** Gas of a swap through Router02 (measured: 95,000 to 115,000). */
const SWAP_GAS = 115_000n;

/** Options of {@link uniswapV2}. */
export interface UniswapV2Options {
  /** The Router02 through which agents swap. Default: mainnet's. */
  readonly router?: Address;
}

/** What agents see of a pool. */
export interface UniswapV2View {
  readonly pair: Address;
  readonly tokens: readonly [Token, Token];
  /** Base units. */
  readonly reserves: readonly [bigint, bigint];
  /** Whole units of the other token for one whole unit of this one, before fees. */
  spotPrice(token: Address): number;
  /** What a swap pays out, base units. */
  amountOut(tokenIn: Address, amountIn: bigint): bigint;
  /** The reserve of a token, and of the other one. */
  reservesFrom(token: Address): readonly [bigint, bigint];
  /** The other token of the pool. */
  other(token: Address): Token;
  /** A swap of everything that is sent, by the caller, for the caller. */
  swap(swap: {
    readonly tokenIn: Address;
    readonly amountIn: bigint;
    /** Base units of the other token below which the swap reverts. Default 0. */
    readonly minOut?: bigint;
    readonly to: Address;
  }): ContractCall;
  /**
   * Sells for the caller, at any price.
   *
   * @param what - an asset (`ETH`), or one of the pool's tokens by symbol or address
   * @param amountIn - base units
   * @throws SiegeError `UNKNOWN_ASSET` if the pool does not have it
   */
  sell(what: string, amountIn: bigint, self: Address): ContractCall;
}

interface Facts {
  readonly pair: Address;
  readonly router: Address;
  readonly tokens: readonly [Token, Token];
}

/**
 * A Uniswap V2 pair, traded through the router.
 *
 * Free moves: `swap` (either direction, any share of one's balance).
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is no pair, or
 * there is no router
 * @example `uniswapV2("0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc")`
 */
export const uniswapV2: ProtocolFactory<UniswapV2Options | undefined, UniswapV2View> = defineProtocol<
  UniswapV2Options | undefined,
  Facts,
  UniswapV2View
>({
  kind: "uniswapV2",
  validate: (options = {}) => {
    requireKnown("uniswapV2", options, ["router"]);
    if (options.router !== undefined) requireAddress("uniswapV2", "router", options.router);
  },
  inspect: async (context, address, options) => {
    const router = options?.router ?? MAINNET_ROUTER;
    const { token0, token1 } = await context.read(
      all({
        token0: attempt(read({ address, abi: pairAbi, functionName: "token0" })),
        token1: attempt(read({ address, abi: pairAbi, functionName: "token1" })),
      }),
    );
    if (token0 === undefined || token1 === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is not a Uniswap V2 pair: token0() or token1() does not answer.`,
        hint: "Give the address of the pair, not of the factory, the router or a token.",
      });
    }
    if (!(await context.hasCode(router))) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `There is no Uniswap V2 router at ${router} on this chain.`,
        hint: "Name the router of this chain: uniswapV2(pair, { router }).",
      });
    }
    return { pair: address, router, tokens: [await context.token(token0), await context.token(token1)] };
  },
  tokens: ({ tokens }) => tokens,
  contracts: ({ router }) => ({ router }),
  approvals: ({ router, tokens }) => tokens.map((token) => ({ token: token.address, spender: router })),
  observe: (facts) =>
    map(read({ address: facts.pair, abi: pairAbi, functionName: "getReserves" }), ([reserve0, reserve1]) =>
      viewOf(facts, [reserve0, reserve1]),
    ),
  actions: ({ tokens }) => [
    {
      name: "swap",
      operands: 2,
      ordinary: true,
      build: ([direction = 0, share = 0], { view, self, balance }) => {
        const tokenIn = choose(direction, tokens);
        if (tokenIn === undefined) return undefined;
        const amountIn = fraction(share, balance(tokenIn.address));
        return amountIn === 0n ? undefined : view.swap({ tokenIn: tokenIn.address, amountIn, to: self });
      },
    },
  ],
  roles: { venue: venueOf },
});

function venueOf(view: UniswapV2View): Venue {
  const trades = (token: Address): boolean =>
    view.tokens.some(({ address }) => address.toLowerCase() === token.toLowerCase());
  const isPair = (one: Address, two: Address): boolean =>
    trades(one) && trades(two) && one.toLowerCase() !== two.toLowerCase();
  return {
    tokens: view.tokens,
    quote: (tokenIn, tokenOut, amountIn) => (isPair(tokenIn, tokenOut) ? view.amountOut(tokenIn, amountIn) : 0n),
    spotPrice: (tokenIn, tokenOut) => (isPair(tokenIn, tokenOut) ? view.spotPrice(tokenIn) : 0),
    swapGas: SWAP_GAS,
    swap: ({ tokenIn, amountIn, minOut, self }) =>
      view.swap({ tokenIn, amountIn, ...(minOut === undefined ? {} : { minOut }), to: self }),
  };
}

function viewOf({ pair, router, tokens }: Facts, reserves: readonly [bigint, bigint]): UniswapV2View {
  const isFirst = (token: Address): boolean => token.toLowerCase() === tokens[0].address.toLowerCase();
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
    spotPrice: (token) => {
      const [own, others] = reservesFrom(token);
      const [mine, theirs] = isFirst(token) ? tokens : [tokens[1], tokens[0]];
      return Number(others) / 10 ** theirs.decimals / (Number(own) / 10 ** mine.decimals);
    },
    amountOut: (tokenIn, amountIn) => amountOut(amountIn, ...reservesFrom(tokenIn)),
    swap,
    sell: (what, amountIn, self) => swap({ tokenIn: tokenNamed(tokens, what).address, amountIn, to: self }),
  };
}

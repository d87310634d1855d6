import type { Address } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { FlashLender } from "../roles/flash-lender.js";
import type { Venue } from "../roles/venue.js";
import type { UniswapV2Facts, UniswapV2View } from "./view.js";

import { SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { fraction } from "../../quantity/share.js";
import { call } from "../call.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, read } from "../read-plan.js";
import { flashLenders } from "../roles/flash-lender.js";
import { liquidityPool } from "../roles/liquidity-pool.js";
import { plays } from "../roles/role.js";
import { venue } from "../roles/venue.js";
import { swapAction } from "../swap-action.js";

import { flashSwapAbi, pairAbi } from "./abi.js";
import { uniswapV2Plan } from "./view.js";

/** Router02 on Ethereum mainnet (https://docs.uniswap.org/contracts/v2/reference/smart-contracts/v2-deployments). */
const MAINNET_ROUTER: Address = "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D";

/** Gas of a swap through Router02 (measured: 95,000 to 115,000). */
const SWAP_GAS = 115_000n;

/** Options of {@link uniswapV2}. */
export interface UniswapV2Options {
  /** The Router02 through which agents swap. Default: mainnet's. */
  readonly router?: Address;
}

/**
 * A Uniswap V2 pair, traded through its router.
 *
 * Free moves: `swap` (either direction, any share of one's balance), `addLiquidity` (any share of one's balances of both) and
 * `removeLiquidity`.
 *
 * A share of the pool is valued at what it can be redeemed for, at fair prices.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a pair, or
 * there is no router
 * @example `uniswapV2("0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc")`
 */
export const uniswapV2: ProtocolFactory<UniswapV2Options | undefined, UniswapV2View> = defineProtocol<
  UniswapV2Options | undefined,
  UniswapV2Facts,
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
        message: `${address} is not a Uniswap V2 pair: token0() or token1() returns no value.`,
        hint: "Give the address of the pair, not of the factory, the router or a token.",
      });
    }
    if (!(await context.hasCode(router))) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `There is no Uniswap V2 router at ${router} on this chain.`,
        hint: "Name the router of this chain: uniswapV2(pair, { router }).",
      });
    }
    const tokens = [await context.token(token0), await context.token(token1)] as const;
    return { pair: address, router, tokens, liquidityToken: await context.token(address) };
  },
  tokens: ({ tokens, liquidityToken }) => [...tokens, liquidityToken],
  ownership: ({ liquidityToken }) => liquidityToken,
  contracts: ({ router }) => ({ router }),
  approvals: ({ router, tokens, liquidityToken }) =>
    [...tokens, liquidityToken].map((token) => ({ token: token.address, spender: router })),
  observe: (facts, { accounts }) => uniswapV2Plan(facts, [...new Set(accounts.values())]),
  actions: ({ tokens }) => [
    swapAction(tokens),
    {
      name: "addLiquidity",
      operands: 1,
      ordinary: true,
      build: ([share = 0], { view, self, balance }) => {
        const most = [
          fraction(share, balance(tokens[0].address)),
          fraction(share, balance(tokens[1].address)),
        ] as const;
        return most[0] === 0n || most[1] === 0n ? undefined : view.addLiquidity(most, self);
      },
    },
    {
      name: "removeLiquidity",
      operands: 1,
      ordinary: true,
      build: ([share = 0], { view, self }) => {
        const liquidity = fraction(share, view.liquidityOf(self));
        return liquidity === 0n ? undefined : view.removeLiquidity(liquidity, self);
      },
    },
  ],
  value:
    ({ tokens }) =>
    (view, account, price) =>
      view.redeemable(view.liquidityOf(account)).reduce((total, amount, index) => {
        const token = tokens[index];
        if (amount === 0n || token?.asset === undefined) return total;
        return total + wholeUnits(amount, token.decimals) * price(token.asset);
      }, 0),
  roles: [plays(venue, venueOf), plays(liquidityPool, (view) => view), plays(flashLenders, lendersOf)],
});

/** A flash swap repaid in the same token. */
function lendersOf({ pair, tokens, reserves }: UniswapV2View): readonly FlashLender[] {
  return tokens.map((token, index) => ({
    lender: pair,
    token,
    // the pair never gives out its last unit
    available: (reserves[index] ?? 0n) > 0n ? (reserves[index] ?? 0n) - 1n : 0n,
    // the repayment must exceed the loan by 0.3 % of itself (UniswapV2Pair.sol, swap)
    fee: (amount) => (amount * 3n + 996n) / 997n,
    borrow: ({ amount, receiver, data }) =>
      call({
        address: pair,
        abi: flashSwapAbi,
        functionName: "swap",
        args: [index === 0 ? amount : 0n, index === 1 ? amount : 0n, receiver, data],
      }),
    repayment: "transfer",
  }));
}

function venueOf(view: UniswapV2View): Venue {
  const trades = (token: Address): boolean => view.tokens.some(({ address }) => isSameAddress(address, token));
  const isPair = (one: Address, two: Address): boolean => trades(one) && trades(two) && !isSameAddress(one, two);
  return {
    tokens: view.tokens,
    quote: (tokenIn, tokenOut, amountIn) => (isPair(tokenIn, tokenOut) ? view.amountOut(tokenIn, amountIn) : 0n),
    spotPrice: (tokenIn, tokenOut) => (isPair(tokenIn, tokenOut) ? view.spotPrice(tokenIn) : 0),
    swapGas: SWAP_GAS,
    swap: ({ tokenIn, amountIn, minOut, self }) =>
      view.swap({ tokenIn, amountIn, ...(minOut === undefined ? {} : { minOut }), to: self }),
    after: (tokenIn, tokenOut, amountIn) =>
      isPair(tokenIn, tokenOut) ? venueOf(view.after(tokenIn, amountIn)) : venueOf(view),
    swapIn: (call) => {
      const swap = view.swapIn(call);
      return swap === undefined ? undefined : { ...swap, tokenOut: view.other(swap.tokenIn).address };
    },
  };
}

import type { Address } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { FlashLender } from "../roles/flash-lender.js";
import type { Venue } from "../roles/venue.js";
import type { UniswapV3Facts, UniswapV3Periphery } from "./inspect.js";
import type { UniswapV3View } from "./view.js";

import { requireAddress, requireInRange, requireKnown } from "../../options.js";
import { addressKey, distinctAddresses, isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { defineProtocol } from "../protocol.js";
import { concentratedPool } from "../roles/concentrated-pool.js";
import { flashLenders } from "../roles/flash-lender.js";
import { plays } from "../roles/role.js";
import { venue } from "../roles/venue.js";

import { flashAbi } from "./abi.js";
import { uniswapV3Actions } from "./actions.js";
import { uniswapV3ConcentratedPool } from "./concentrated-pool.js";
import { inspectUniswapV3 } from "./inspect.js";
import { flashFee } from "./math.js";
import { placeReader } from "./reader.js";
import { uniswapV3Plan } from "./view.js";

/** On Ethereum mainnet (https://docs.uniswap.org/contracts/v3/reference/deployments/ethereum-deployments). */
const MAINNET: UniswapV3Periphery = {
  router: "0xE592427A0AEce92De3Edee1F18E0157C05861564",
  positionManager: "0xC36442b4a4522E871399CD717aBDD847Ab11FE88",
};

/** The most common TWAP window of protocols, in seconds: half an hour. */
const DEFAULT_TWAP = 1_800;

/** Gas of a swap through the SwapRouter (measured: 110,000 to 140,000; each tick crossed adds 30,000 to 50,000). */
const SWAP_GAS = 130_000n;

/** Options of {@link uniswapV3}. */
export interface UniswapV3Options {
  /** The SwapRouter through which agents swap. Default: mainnet's. */
  readonly router?: Address;
  /** The NonfungiblePositionManager that holds positions. Default: mainnet's. */
  readonly positionManager?: Address;
  /** The TWAP windows to read, in seconds, 1 to 2,592,000. Default 1,800. */
  readonly twap?: number | readonly number[];
}

/**
 * A Uniswap V3 pool, traded through the SwapRouter, with positions in the NonfungiblePositionManager.
 *
 * Quotes are exact within a window: the words of the pool's tick bitmap within 7,000 ticks of the price at the
 * start (half to double the price), nearest first, at most 32 words and 512 initialised ticks. Ticks inside it that
 * are initialised during a run count, too. Beyond its ends, quotes take the pool to be empty, and so are too low.
 *
 * Free moves: `swap` (either direction, any share of one's balance), `provide` (liquidity in a range around, below or
 * above the price, or full range), `withdraw` (a share of a position's liquidity), `collect` (what a position is owed).
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a pool with a
 * price, or the router or position manager of its factory is missing
 * @example `uniswapV3("0x88e6A0c2dDD26FEEb64F039a2c41296FcB3f5640", { twap: 600 })`
 */
export const uniswapV3: ProtocolFactory<UniswapV3Options | undefined, UniswapV3View> = defineProtocol<
  UniswapV3Options | undefined,
  UniswapV3Facts,
  UniswapV3View
>({
  kind: "uniswapV3",
  validate: (options = {}) => {
    requireKnown("uniswapV3", options, ["router", "positionManager", "twap"]);
    const { twap, ...addresses } = options;
    for (const [option, address] of Object.entries(addresses)) requireAddress("uniswapV3", option, address);
    for (const seconds of windowsOf(twap)) {
      requireInRange("uniswapV3", "twap", seconds, { min: 1, max: 2_592_000, kind: "integer" });
    }
  },
  inspect: (context, address, options = {}) => {
    const { twap, ...addresses } = options;
    return inspectUniswapV3(context, address, { ...MAINNET, ...addresses }, windowsOf(twap));
  },
  tokens: ({ tokens }) => tokens,
  contracts: ({ router, positionManager }) => ({ router, "position manager": positionManager }),
  approvals: ({ router, positionManager, tokens }) =>
    tokens.flatMap(({ address }) => [router, positionManager].map((spender) => ({ token: address, spender }))),
  prepare: placeReader,
  observe: (facts, { accounts }) => uniswapV3Plan(facts, distinctAddresses(accounts.values())),
  actions: ({ tokens }) => uniswapV3Actions(tokens),
  value:
    ({ tokens }) =>
    (view, account, price) => {
      const positions = view.positions.get(addressKey(account)) ?? [];
      return positions.reduce(
        (total, { amounts, owed }) =>
          tokens.reduce((sum, { asset, decimals }, index) => {
            if (asset === undefined) return sum;
            const amount = (amounts[index] ?? 0n) + (owed[index] ?? 0n);
            return sum + wholeUnits(amount, decimals) * price(asset);
          }, total),
        0,
      );
    },
  roles: [plays(venue, venueOf), plays(concentratedPool, uniswapV3ConcentratedPool), plays(flashLenders, lendersOf)],
});

function windowsOf(twap: UniswapV3Options["twap"] = DEFAULT_TWAP): readonly number[] {
  return typeof twap === "number" ? [twap] : twap;
}

function venueOf(view: UniswapV3View): Venue {
  const trades = (token: Address): boolean => view.tokens.some(({ address }) => isSameAddress(address, token));
  const isPair = (one: Address, two: Address): boolean => trades(one) && trades(two) && !isSameAddress(one, two);
  return {
    tokens: view.tokens,
    quote: (tokenIn, tokenOut, amountIn) => (isPair(tokenIn, tokenOut) ? view.amountOut(tokenIn, amountIn) : 0n),
    spotPrice: (tokenIn, tokenOut) => (isPair(tokenIn, tokenOut) ? view.spotPrice(tokenIn) : 0),
    swapGas: SWAP_GAS,
    swapIn: (call) => view.swapIn(call),
    swap: ({ tokenIn, amountIn, minOut, self }) =>
      view.swap({ tokenIn, amountIn, ...(minOut === undefined ? {} : { minOut }), to: self }),
  };
}

function lendersOf({ pool, tokens, balances, fee, liquidity }: UniswapV3View): readonly FlashLender[] {
  return tokens.map((token, index) => ({
    lender: pool,
    token,
    // a pool without liquidity at its price refuses flash loans (`flash`, UniswapV3Pool.sol)
    available: liquidity === 0n ? 0n : (balances[index] ?? 0n),
    fee: (amount) => flashFee(amount, BigInt(fee)),
    borrow: ({ amount, receiver, data }) =>
      call({
        address: pool,
        abi: flashAbi,
        functionName: "flash",
        args: [receiver, index === 0 ? amount : 0n, index === 1 ? amount : 0n, data],
      }),
    repayment: "transfer",
  }));
}

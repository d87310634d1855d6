import type { Address, ParseAbi } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { ReadPlan } from "../read-plan.js";
import type { PriceOnChain } from "../roles/price-source.js";
import type { Token } from "../token.js";
import type { PriceReaderView } from "./price-reader.js";

import { getAbiItem, parseAbi } from "viem";

import { oneOf, SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, map, read } from "../read-plan.js";
import { priceSource } from "../roles/price-source.js";
import { plays } from "../roles/role.js";

import { quoteDecimalsPlan, quotedOnChain, quotePlan, told } from "./price-reader.js";

// https://github.com/Uniswap/v2-periphery, contracts/examples: ExampleOracleSimple and ExampleSlidingWindowOracle
const oracle = [
  "function consult(address token, uint256 amountIn) view returns (uint256 amountOut)",
  "function update()",
] as const;
const oracleAbi: ParseAbi<typeof oracle> = parseAbi(oracle);
const window = [
  "function consult(address tokenIn, uint256 amountIn, address tokenOut) view returns (uint256 amountOut)",
  "function update(address tokenA, address tokenB)",
] as const;
const windowAbi: ParseAbi<typeof window> = parseAbi(window);

/** Options of {@link twap}. */
export interface TwapOptions {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** The token in which it is priced. */
  readonly quote: Address;
  /**
   * `simple`: `consult(token, amount)` and `update()` of one pair; `slidingWindow`: both with the other token. Default
   * `simple`.
   */
  readonly design?: "simple" | "slidingWindow";
  /** The Chainlink feed of the token in which it is priced. Default: it counts as a dollar. */
  readonly quoteFeed?: Address;
}

interface Facts {
  readonly address: Address;
  readonly options: TwapOptions;
  readonly base: Token;
  readonly quote: Token;
  readonly quoteDecimals: number;
}

/**
 * An oracle that averages the price of a Uniswap V2 pair over time, from the pair's cumulative prices (TWAP): Uniswap's
 * examples and their derivatives.
 *
 * Free moves: `update`, which any account may call. Role: `priceSource`. The price is `undefined` while the oracle reverts or
 * has no average yet.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNKNOWN_ASSET` if the asset has no token,
 * `UNSUPPORTED_PROTOCOL` if there is no code at the address
 * @example `twap(oracle, { asset: "ETH", quote: USDC })`
 */
export const twap: ProtocolFactory<TwapOptions, PriceReaderView> = defineProtocol<TwapOptions, Facts, PriceReaderView>({
  kind: "twap",
  validate: (options) => {
    requireKnown("twap", options, ["asset", "quote", "design", "quoteFeed"]);
    requireAddress("twap", "quote", options.quote);
    if (options.quoteFeed !== undefined) requireAddress("twap", "quoteFeed", options.quoteFeed);
    const { design = "simple" } = options;
    if (["simple", "slidingWindow"].includes(design)) return;
    throw new SiegeError("INVALID_OPTION", {
      message: `twap: "design" is ${JSON.stringify(design)}.`,
      hint: "Use simple or slidingWindow.",
    });
  },
  inspect: async (context, address, options) => {
    const base = context.assetTokens.find(({ asset }) => asset === options.asset);
    if (base === undefined) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `twap prices "${options.asset}", an asset without a token.`,
        hint: oneOf(
          context.assetTokens.flatMap(({ asset }) => (asset === undefined ? [] : [asset])),
          "Give the asset a token.",
        ),
      });
    }
    if (!(await context.hasCode(address))) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `There is no oracle at ${address}.`,
        hint: "Give the address of the contract with consult().",
      });
    }
    const quoteDecimals = await context.read(quoteDecimalsPlan(options.quoteFeed));
    const quote = await context.token(options.quote);
    return { address, options, base, quote, quoteDecimals: quoteDecimals ?? 0 };
  },
  observe: (facts) =>
    map(
      all({
        answer: attempt(consultPlan(facts)),
        dollars: attempt(quotePlan(facts.options.quoteFeed, facts.quoteDecimals)),
      }),
      ({ answer, dollars }): PriceReaderView => ({
        asset: facts.options.asset,
        price:
          answer === undefined || answer === 0n || dollars === undefined
            ? undefined
            : wholeUnits(answer, facts.quote.decimals) * dollars.usd,
        ...(answer === undefined || dollars === undefined
          ? {}
          : told(quotedOnChain(consulted(facts, answer), dollars))),
      }),
    ),
  actions: ({ address, options: { design }, base, quote }) => [
    {
      name: "update",
      operands: 0,
      ordinary: true,
      build: () =>
        design === "slidingWindow"
          ? call({ address, abi: windowAbi, functionName: "update", args: [base.address, quote.address] })
          : call({ address, abi: oracleAbi, functionName: "update" }),
    },
  ],
  roles: [plays(priceSource, (view) => view)],
});

function consultPlan({ address, options, base, quote }: Facts): ReadPlan<bigint> {
  const unit = 10n ** BigInt(base.decimals);
  return options.design === "slidingWindow"
    ? read({ address, abi: windowAbi, functionName: "consult", args: [base.address, unit, quote.address] })
    : read({ address, abi: oracleAbi, functionName: "consult", args: [base.address, unit] });
}

function consulted({ address, options, base, quote }: Facts, was: bigint): PriceOnChain {
  const unit = 10n ** BigInt(base.decimals);
  const asked =
    options.design === "slidingWindow"
      ? { function: getAbiItem({ abi: windowAbi, name: "consult" }), args: [base.address, unit, quote.address] }
      : { function: getAbiItem({ abi: oracleAbi, name: "consult" }), args: [base.address, unit] };
  return { number: { kind: "view", to: address, ...asked, was }, decimals: quote.decimals, isNoneAtZero: true };
}

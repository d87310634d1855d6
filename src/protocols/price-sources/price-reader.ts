import type { AbiFunction, Address } from "viem";

import type { ChainNumber } from "../on-chain.js";
import type { ProtocolFactory } from "../protocol.js";
import type { ReadPlan } from "../read-plan.js";
import type { PriceOnChain } from "../roles/price-source.js";

import { getAbiItem, parseAbiItem } from "viem";

import { SiegeError } from "../../errors.js";
import { requireAddress, requireInRange, requireKnown } from "../../options.js";
import { wholeUnits } from "../../quantity/amount.js";
import { feedAbi } from "../price-feed-abi.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, constant, map, read } from "../read-plan.js";
import { priceSource } from "../roles/price-source.js";
import { plays } from "../roles/role.js";

const LATEST_ROUND = getAbiItem({ abi: feedAbi, name: "latestRoundData" });

/** Options of {@link priceReader}. */
export interface PriceReaderOptions {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /**
   * The function that returns the price of a whole unit: its name (`"getPrice"`, without arguments, returning a `uint256`), or
   * its signature (`"function consult(address token, uint256 amount) view returns (uint256)"`). Of several outputs, the first
   * is used. Negative results are negative prices.
   */
  readonly function: string;
  readonly args?: readonly unknown[];
  /** Decimals of the result, 0 to 77. Default 18. */
  readonly decimals?: number;
  /**
   * The Chainlink feed that converts the result to US dollars on chain, for prices quoted in another asset. Default: the
   * result is in US dollars.
   */
  readonly quoteFeed?: Address;
}

/** What agents see of a price. */
export interface PriceReaderView {
  readonly asset: string;
  /** US dollars per whole unit; `undefined` while the function reverts. */
  readonly price: number | undefined;
  /** The same as numbers that the chain tells; absent if it or its feed is negative. */
  readonly onChain?: PriceOnChain;
}

interface Facts {
  readonly address: Address;
  readonly options: PriceReaderOptions;
  readonly quoteDecimals: number;
}

/**
 * Any contract that computes a price: an LP token's value, a vault's share price, a composite of feeds. Contracts that read
 * the same function trust this price.
 *
 * Role: `priceSource`.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the function returns no number
 * @example `priceReader(oracle, { asset: "LP", function: "price", decimals: 8 })`
 */
export const priceReader: ProtocolFactory<PriceReaderOptions, PriceReaderView> = defineProtocol<
  PriceReaderOptions,
  Facts,
  PriceReaderView
>({
  kind: "priceReader",
  validate: (options) => {
    requireKnown("priceReader", options, ["asset", "function", "args", "decimals", "quoteFeed"]);
    requireInRange("priceReader", "decimals", options.decimals ?? 18, { min: 0, max: 77, kind: "integer" });
    if (options.quoteFeed !== undefined) requireAddress("priceReader", "quoteFeed", options.quoteFeed);
    functionOf(options);
  },
  inspect: async (context, address, options) => {
    const { answer, quoteDecimals } = await context.read(
      all({ answer: attempt(answerPlan(address, options)), quoteDecimals: quoteDecimalsPlan(options.quoteFeed) }),
    );
    if (answer === undefined || quoteDecimals === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${answer === undefined ? `${options.function} of ${address}` : `The feed ${String(options.quoteFeed)}`} does not return a number.`,
        hint: "Give the contract that your contracts query, and the function that they call.",
      });
    }
    return { address, options, quoteDecimals };
  },
  observe: ({ address, options, quoteDecimals }) =>
    map(
      all({
        answer: attempt(answerPlan(address, options)),
        quote: attempt(quotePlan(options.quoteFeed, quoteDecimals)),
      }),
      ({ answer, quote }): PriceReaderView => ({
        asset: options.asset,
        price:
          answer === undefined || quote === undefined
            ? undefined
            : wholeUnits(answer, options.decimals ?? 18) * quote.usd,
        ...(answer === undefined || answer < 0n || quote === undefined
          ? {}
          : told(quotedOnChain(readOnChain(address, options, answer), quote))),
      }),
    ),
  roles: [plays(priceSource, (view) => view)],
});

/** A feed's decimals; 0 without a feed. `undefined` if they cannot be read. */
export function quoteDecimalsPlan(feed: Address | undefined): ReadPlan<number | undefined> {
  return feed === undefined ? constant(0) : attempt(read({ address: feed, abi: feedAbi, functionName: "decimals" }));
}

/** What a price is quoted in. */
export interface Quote {
  /** US dollars of a whole unit. */
  readonly usd: number;
  /** The feed that says so. Default: it counts as a dollar. */
  readonly feed?: { readonly address: Address; readonly decimals: number; readonly answer: bigint };
}

/** A feed's price; a dollar without a feed. */
export function quotePlan(feed: Address | undefined, decimals: number): ReadPlan<Quote> {
  return feed === undefined
    ? constant({ usd: 1 })
    : map(read({ address: feed, abi: feedAbi, functionName: "latestRoundData" }), ([, answer]) => ({
        usd: wholeUnits(answer, decimals),
        feed: { address: feed, decimals, answer },
      }));
}

/** A price in US dollars; `undefined` if the feed is not above zero. */
export function quotedOnChain(price: PriceOnChain, { feed }: Quote): PriceOnChain | undefined {
  if (feed === undefined) return price;
  const { address, decimals, answer } = feed;
  if (answer <= 0n) return undefined;
  const usd: ChainNumber = { kind: "view", to: address, function: LATEST_ROUND, args: [], word: 1 };
  const { was } = price.number;
  return {
    ...price,
    number: {
      kind: "ratio",
      factors: [
        { number: price.number, plus: 0n },
        { number: usd, plus: 0n },
      ],
      over: { plus: 1n },
      rounds: "down",
      ...(was === undefined ? {} : { was: was * answer }),
    },
    decimals: price.decimals + decimals,
  };
}

function answerPlan(address: Address, options: PriceReaderOptions): ReadPlan<bigint> {
  const item = functionOf(options);
  return map(
    read({ address, abi: [item], functionName: item.name, args: options.args ?? [] }),
    // one output is decoded to itself, several to a list
    (answer: unknown) =>
      BigInt((Array.isArray(answer) ? (answer as readonly unknown[])[0] : answer) as number | bigint),
  );
}

function readOnChain(address: Address, options: PriceReaderOptions, was: bigint): PriceOnChain {
  const number = { kind: "view", to: address, function: functionOf(options), args: options.args ?? [], was } as const;
  return { number, decimals: options.decimals ?? 18 };
}

/** What a view says of it. */
export function told(onChain: PriceOnChain | undefined): Pick<PriceReaderView, "onChain"> {
  return onChain === undefined ? {} : { onChain };
}

function functionOf({ function: named }: PriceReaderOptions): AbiFunction {
  const signature = /^\w+$/.test(named) ? `function ${named}() view returns (uint256)` : named;
  try {
    // a signature known only at run time, which viem's types would otherwise parse
    const item = parseAbiItem<readonly string[]>([signature]) as AbiFunction;
    if (/^u?int/.test(item.outputs[0]?.type ?? "")) return item;
  } catch {
    // reported below, like a function that returns no number
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `priceReader: "function" is ${JSON.stringify(named)}.`,
    hint: 'Write a name, "getPrice", or a signature: "function getPrice(address token) view returns (uint256)".',
  });
}

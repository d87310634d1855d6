import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { ChainNumber } from "../on-chain.js";
import type { ProtocolFactory } from "../protocol.js";
import type { Token } from "../token.js";
import type { PriceReaderView } from "./price-reader.js";

import { getAbiItem } from "viem";

import { oneOf, SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { wholeUnits } from "../../quantity/amount.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, map, read } from "../read-plan.js";
import { priceSource } from "../roles/price-source.js";
import { plays } from "../roles/role.js";
import { pairAbi } from "../uniswap-v2/abi.js";

import { quoteDecimalsPlan, quotedOnChain, quotePlan, told } from "./price-reader.js";

/** Options of {@link spotPrice}. */
export interface SpotPriceOptions {
  /** The scenario's asset that it prices: one of the pair's tokens stands for it. */
  readonly asset: string;
  /** The Chainlink feed of the other token. Default: it counts as a dollar. */
  readonly quoteFeed?: Address;
}

const GET_RESERVES = getAbiItem({ abi: pairAbi, name: "getReserves" });

interface Facts {
  readonly pair: Address;
  readonly options: SpotPriceOptions;
  readonly base: Token;
  readonly quote: Token;
  readonly isFirst: boolean;
  readonly quoteDecimals: number;
}

/**
 * The price seen by a contract that divides the reserves of a Uniswap V2 pair.
 *
 * Role: `priceSource`.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a pair,
 * `UNKNOWN_ASSET` if neither of its tokens stands for the asset
 * @example `spotPrice(pair, { asset: "ETH" })`
 */
export const spotPrice: ProtocolFactory<SpotPriceOptions, PriceReaderView> = defineProtocol<
  SpotPriceOptions,
  Facts,
  PriceReaderView
>({
  kind: "spotPrice",
  validate: (options) => {
    requireKnown("spotPrice", options, ["asset", "quoteFeed"]);
    if (options.quoteFeed !== undefined) requireAddress("spotPrice", "quoteFeed", options.quoteFeed);
  },
  inspect: async (context, pair, options) => {
    const [first, second] = await tokensOf(context, pair);
    const [base, quote] = first.asset === options.asset ? [first, second] : [second, first];
    if (base.asset !== options.asset) throw notIn(options.asset, [first, second]);
    const quoteDecimals = await context.read(quoteDecimalsPlan(options.quoteFeed));
    return { pair, options, base, quote, isFirst: base === first, quoteDecimals: quoteDecimals ?? 0 };
  },
  observe: ({ pair, options, base, quote, isFirst, quoteDecimals }) =>
    map(
      all({
        reserves: read({ address: pair, abi: pairAbi, functionName: "getReserves" }),
        dollars: attempt(quotePlan(options.quoteFeed, quoteDecimals)),
      }),
      ({ reserves: [reserve0, reserve1], dollars }): PriceReaderView => {
        const [own, other] = isFirst ? [reserve0, reserve1] : [reserve1, reserve0];
        const price = wholeUnits(other, quote.decimals) / wholeUnits(own, base.decimals);
        const reserve = (isOwn: boolean, was: bigint): ChainNumber => ({
          kind: "view",
          to: pair,
          function: GET_RESERVES,
          args: [],
          word: isOwn === isFirst ? 0 : 1,
          was,
        });
        return {
          asset: options.asset,
          price: dollars === undefined || own === 0n ? undefined : price * dollars.usd,
          ...(dollars === undefined
            ? {}
            : told(
                quotedOnChain(
                  {
                    number: reserve(false, other),
                    decimals: quote.decimals,
                    per: { number: reserve(true, own), decimals: base.decimals },
                  },
                  dollars,
                ),
              )),
        };
      },
    ),
  roles: [plays(priceSource, (view) => view)],
});

/** The tokens of a pair. @throws SiegeError `UNSUPPORTED_PROTOCOL` */
async function tokensOf(context: InspectContext, pair: Address): Promise<readonly [Token, Token]> {
  const { token0, token1 } = await context.read(
    all({
      token0: attempt(read({ address: pair, abi: pairAbi, functionName: "token0" })),
      token1: attempt(read({ address: pair, abi: pairAbi, functionName: "token1" })),
    }),
  );
  if (token0 !== undefined && token1 !== undefined) {
    return [await context.token(token0), await context.token(token1)];
  }
  throw new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `${pair} is not a Uniswap V2 pair: token0() or token1() returns no value.`,
    hint: "Give the address of the pair, not of the factory, the router or a token.",
  });
}

function notIn(asset: string, tokens: readonly Token[]): SiegeError {
  return new SiegeError("UNKNOWN_ASSET", {
    message: `Neither token of the pair of ${tokens.map(({ symbol }) => symbol).join(" and ")} stands for "${asset}".`,
    hint: oneOf(
      tokens.flatMap((token) => (token.asset === undefined ? [] : [token.asset])),
      `Give the asset one of the pair's tokens: assets: { ${asset}: { price, token } }.`,
    ),
  });
}

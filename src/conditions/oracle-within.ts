import type { PriceOnChain } from "../protocols/roles/price-source.js";
import type { Condition } from "./condition.js";
import type { ChainShortfall } from "./on-chain.js";

import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { priceSource } from "../protocols/roles/price-source.js";
import { percent, usd } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { playerOf } from "../view/role-players.js";

import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { chainDollars, IN_DOLLARS, notOnChain } from "./on-chain.js";
import { notJudged } from "./unjudged.js";

const ID = "oracleWithin";

/** Options of {@link oracleWithin}. */
export interface OracleWithinOptions {
  /** The protocol that is a price source, by its name in the scenario. */
  readonly source: string;
  /** The asset whose fair price it is compared with. Default: the asset that the source prices. */
  readonly asset?: string;
  /** The allowed deviation, as a fraction of the fair price, 0 to 1,000. */
  readonly tolerance: number;
}

/**
 * The price that contracts read stays close to the fair price. Not judged while the source reverts: no account can act on a
 * price that cannot be read.
 *
 * @throws SiegeError `INVALID_OPTION`; during a run, `UNKNOWN_PROTOCOL` if the scenario has no such source
 * @example `oracleWithin({ source: "spot", tolerance: 0.05 })`
 */
export function oracleWithin(options: OracleWithinOptions): Condition {
  requireKnown(ID, options, ["source", "asset", "tolerance"]);
  const { source, asset, tolerance } = options;
  requireInRange(ID, "tolerance", tolerance, { min: 0, max: 1_000 });
  return defineCondition<undefined, undefined>({
    // one per source
    id: `${ID}(${source})`,
    // the source's own part of the read already has everything
    observe: () => constant(undefined),
    onChain: ({ view }) => {
      const found = playerOf(view, priceSource, source);
      if (found.onChain === undefined) {
        return notOnChain(`${source} does not say its price in numbers of the chain, or one of them is negative`);
      }
      const priced = asset ?? found.asset;
      return {
        kind: "shortfalls",
        says: `${source} says a price within ${format(percent(tolerance))} of the fair price of ${priced}`,
        shortfalls: bounds(found.onChain, view.price(priced), tolerance),
        most: 0n,
        // those of the denominator, if there is one
        unit: found.onChain.per === undefined ? IN_DOLLARS : { ...IN_DOLLARS, symbol: `USD, of all that it counts` },
      };
    },
    margin: ({ view }) => {
      const found = playerOf(view, priceSource, source);
      if (found.price === undefined || tolerance === 0) return undefined;
      const fair = view.price(asset ?? found.asset);
      return 1 - Math.abs(found.price - fair) / fair / tolerance;
    },
    judge: ({ view }) => {
      const found = playerOf(view, priceSource, source);
      if (found.price === undefined) return notJudged(`${source} has no price`);
      const priced = asset ?? found.asset;
      const fair = view.price(priced);
      const off = Math.abs(found.price - fair) / fair;
      if (off <= tolerance) return undefined;
      const direction = found.price > fair ? "above" : "below";
      const [said, expected] = apart(
        quantity("price", usd(found.price), source),
        quantity("fair price", usd(fair), priced),
      );
      const deviation = quantity("deviation", percent(off), source);
      return {
        summary: `${source} says ${said.text} for ${priced}, ${deviation.text} ${direction} the fair ${expected.text}`,
        quantities: [said, expected, deviation],
      };
    },
  });
}

/** How far the price is above what is allowed, and how far below: of `x / y`, `x - most y` and `least y - x`. */
function bounds(
  { number, decimals, isNoneAtZero = false, per }: PriceOnChain,
  fair: number,
  tolerance: number,
): readonly ChainShortfall[] {
  const said = { what: "price", number, times: chainDollars(1), over: 10n ** BigInt(decimals) };
  const side = (of: string, allowed: bigint, sign: 1n | -1n): ChainShortfall => {
    const price = { ...said, times: sign * said.times };
    const known = [{ kind: "number", number, is: isNoneAtZero ? "above zero" : "readable" }] as const;
    if (per === undefined) return { of, when: known, terms: [price], plus: -sign * allowed };
    const counted = { what: "allowed", number: per.number, times: -sign * allowed, over: 10n ** BigInt(per.decimals) };
    const some = { kind: "number", number: per.number, is: "above zero" } as const;
    return { of, when: [...known, some], terms: [price, counted], plus: 0n };
  };
  return [
    side("above", chainDollars(fair * (1 + tolerance)), 1n),
    side("below", chainDollars(fair * Math.max(0, 1 - tolerance)), -1n),
  ];
}

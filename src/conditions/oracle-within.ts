import type { Condition } from "./condition.js";

import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { priceSource } from "../protocols/roles/price-source.js";
import { percent, usd } from "../quantity/amount.js";
import { playerOf } from "../view/role-players.js";

import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
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

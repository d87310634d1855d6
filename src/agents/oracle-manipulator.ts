import type { Venue } from "../protocols/roles/venue.js";
import type { Token } from "../protocols/token.js";
import type { Pair } from "../view/pair-of.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { SiegeError } from "../errors.js";
import { spotFor } from "../market/twap-displacement.js";
import { requireInRange, requireKnown, requireText } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { isSameAddress } from "../quantity/address.js";
import { shareOf } from "../view/dollars.js";
import { pairOf } from "../view/pair-of.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { sizeOfPush } from "./trading/price-push.js";
import { gainOf } from "./trading/seized.js";

/** Relative distance from the target within which the price counts as reached; a choice. */
const NEAR = 1e-6;

/** Options of {@link oracleManipulator}. */
export interface OracleManipulatorOptions {
  readonly name?: string;
  /** The asset whose price it moves. */
  readonly asset: string;
  /** What it is traded against. Default: the first that the venue trades it for. */
  readonly against?: string;
  /** The venue that it trades on. Default: the first that trades the pair. */
  readonly venue?: string;
  /** Whole tokens by asset, 0 to 1e15 each. It needs the token that it sells: the other asset to push the price up, the asset to push it down. */
  readonly capital?: Readonly<Record<string, number>>;
  /** The move of the price that contracts read, as a fraction: above -1, up to 1,000; not 0. 0.2 is 20 % up. */
  readonly move: number;
  /** Number of blocks over which that price is averaged, 0 to 100,000. Default 0, a choice: the spot price. */
  readonly window?: number;
  /** The kind of average. Default `arithmetic`, as Uniswap V2's; Uniswap V3's is `geometric`. */
  readonly mean?: "arithmetic" | "geometric";
  /** Number of blocks for which it holds the price, 1 to 10,000. Default 1, a choice: the shortest. */
  readonly hold?: number;
  /** The block in which it begins, 1 to 1e6. Default 1, a choice. */
  readonly at?: number;
  /**
   * The smallest share of the move, of the price's logarithm, that its capital must be sufficient for, 0 to 1: otherwise it
   * does not begin. Default 1, a choice: all or nothing.
   */
  readonly reach?: number;
  /** Slippage that it accepts when it unwinds, 0 to 1. Default 1, a choice: it unwinds at any price. */
  readonly maxSlippage?: number;
}

/** The block in which it began, and the price then: units of the other asset per unit of the asset. */
interface Begun {
  readonly block: number;
  readonly price: number;
  /** Its capital was insufficient. */
  readonly gaveUp: boolean;
}

/**
 * Manipulates a price that contracts read, with its own capital: pushes the spot price of a venue in block `at`, holds it there
 * until block `at + hold`, pushing again when other trades move it back, and then sells what it bought.
 *
 * Against an average over `window` blocks it moves the spot price further, by a factor of s = 1 + move · window / hold for an
 * arithmetic mean and (1 + move)^(window / hold) for a geometric one, so that an average in which the last `hold` blocks have
 * that price is off by `move` when it begins to unwind.
 *
 * @throws SiegeError `INVALID_OPTION`, also if no spot price moves the average that far; in a run, `UNKNOWN_PROTOCOL`,
 * `UNKNOWN_ASSET`
 * @example `oracleManipulator({ asset: "ETH", move: -0.1, capital: { ETH: 500 }, hold: 3, window: 30 })`
 */
export function oracleManipulator(options: OracleManipulatorOptions): Agent {
  const what = ["asset", "against", "venue", "move", "window", "mean", "hold", "at", "reach", "maxSlippage"];
  requireKnown("oracleManipulator", options, ["name", "capital", ...what]);
  const { name, asset, against, venue: venueName, capital, at = 1, hold = 1, reach = 1, maxSlippage = 1 } = options;
  const factor = factorOf(options);
  requireText("oracleManipulator", "asset", asset);
  if (venueName !== undefined) requireText("oracleManipulator", "venue", venueName);
  requireInRange("oracleManipulator", "at", at, { min: 1, max: 1e6, kind: "integer" });
  requireInRange("oracleManipulator", "reach", reach, { min: 0, max: 1 });
  requireInRange("oracleManipulator", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  return defineAgent<Begun | undefined>({
    role: "oracle manipulator",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    memory: undefined,
    act: (context) => {
      const { view, self, submit, memory, remember } = context;
      if (view.block < at) return;
      const { venue, pair } = placeOf(view, venueName, asset, against);
      const spot = venue.spotPrice(pair.base.address, pair.quote.address);
      // it sells the other asset to push the price up
      const [sold, bought] = factor > 1 ? [pair.quote, pair.base] : [pair.base, pair.quote];
      const swap = (tokenIn: Token, tokenOut: Token, amountIn: bigint, slippage: number, note: string): void => {
        const quoted = venue.quote(tokenIn.address, tokenOut.address, amountIn);
        const minOut = shareOf(quoted, 1 - slippage);
        const terms = { tokenIn: tokenIn.address, tokenOut: tokenOut.address, amountIn, minOut };
        submit({ call: venue.swap({ ...terms, self: self.address }), note });
      };
      const begun = memory ?? { block: view.block, price: spot, gaveUp: false };
      if (begun.gaveUp) return;
      if (view.block >= begun.block + hold) {
        const held = gainOf(context, bought);
        if (held > 0n) swap(bought, sold, held, maxSlippage, "unwinds");
        return;
      }
      const size = sizeOfPush({
        venue,
        tokenIn: sold.address,
        tokenOut: bought.address,
        factor: fallOf(begun.price * factor, spot, factor > 1),
        most: view.balance(sold.address, self.address),
      });
      if (memory === undefined) {
        const gaveUp = size.reached < reach;
        remember({ ...begun, gaveUp });
        if (gaveUp) return;
      }
      if (size.amountIn > 0n) swap(sold, bought, size.amountIn, 1, "moves the price");
    },
  });
}

/** The target price of the token sold, as a multiple, for the asset's price to become `wanted`. */
function fallOf(wanted: number, spot: number, isUp: boolean): number {
  const factor = isUp ? spot / wanted : wanted / spot;
  return factor > 1 - NEAR ? 1 : factor;
}

/** How far it moves the spot price. @throws SiegeError `INVALID_OPTION` */
function factorOf({ move, window = 0, mean = "arithmetic", hold = 1 }: OracleManipulatorOptions): number {
  requireInRange("oracleManipulator", "move", move, { min: -1, max: 1_000 });
  requireInRange("oracleManipulator", "window", window, { min: 0, max: 100_000, kind: "integer" });
  requireInRange("oracleManipulator", "hold", hold, { min: 1, max: 10_000, kind: "integer" });
  if (!["arithmetic", "geometric"].includes(mean)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `oracleManipulator: "mean" is ${JSON.stringify(mean)}.`,
      hint: 'It must be "arithmetic" or "geometric".',
    });
  }
  const factor = move === 0 || move === -1 ? undefined : spotFor({ target: 1 + move, window, held: hold, mean });
  if (factor !== undefined) return factor;
  throw new SiegeError("INVALID_OPTION", {
    message: `oracleManipulator: no spot price moves an ${mean} mean over ${String(window)} blocks by ${String(move)} in ${String(hold)}.`,
    hint: "Hold it for longer, or move it less; a price above 0 stays above 0.",
  });
}

/** @throws SiegeError `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET` */
function placeOf(
  view: View,
  name: string | undefined,
  asset: string,
  against: string | undefined,
): { readonly venue: Venue; readonly pair: Pair } {
  const venues = playersOf(view, venue, name === undefined ? undefined : [name]);
  const pair = pairOf(view, venues, asset, against);
  const trades = ({ tokens }: Venue, token: Token): boolean =>
    tokens.some((one) => isSameAddress(one.address, token.address));
  for (const venue of venues.values()) {
    if (trades(venue, pair.base) && trades(venue, pair.quote)) return { venue, pair };
  }
  // pairOf only returns pairs that one of these venues trades
  throw new SiegeError("INTERNAL", {
    message: `No venue trades ${pair.base.symbol} for ${pair.quote.symbol}.`,
    hint: "Report this with the scenario.",
  });
}

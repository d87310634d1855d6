import type { Address } from "viem";

import type { Venue } from "./venue.js";

import { maximise } from "../../quantity/maximise.js";

/** Gains below this share of the total output are not worth another round. */
const TOLERANCE = 1e-9;

/** Each round brings every pair of venues to equal marginal prices; with three venues five rounds are enough. */
const MAX_ROUNDS = 50;

/** The amount to route. */
export interface RouteRequest {
  /** By name. */
  readonly venues: ReadonlyMap<string, Venue>;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** Base units of `tokenIn`. */
  readonly amountIn: bigint;
  /** The fixed cost of using a venue, base units of `tokenOut`: gas. Default: none. */
  readonly fixedCost?: (venue: Venue) => number;
}

/** The part of a route that goes through one venue. */
export interface RouteLeg {
  readonly name: string;
  readonly venue: Venue;
  /** Base units of `tokenIn`. */
  readonly amountIn: bigint;
  /** The venue's quote for it, base units of `tokenOut`. */
  readonly amountOut: bigint;
}

/** How an amount is split over venues. */
export interface Route {
  /** In the order of the venues; none if no venue trades the pair. An amount that no venue can take is in none of them. */
  readonly legs: readonly RouteLeg[];
  /** Base units of `tokenOut`, before fixed costs. */
  readonly amountOut: bigint;
  /** Base units of `tokenOut`, after fixed costs. */
  readonly net: number;
}

/**
 * Splits an amount over venues for the largest output: fragmented liquidity, with a fixed cost per venue.
 *
 * Quotes are concave, so a split is optimal when the marginal output is the same on every venue in use, and lower on every
 * other (Danos, El Khalloufi & Prat, *Global Order Routing on Exchange Networks*, 2021). Pairs of venues are equalised in
 * turn, until no shift between two of them gains 1e-9 of the total. Venues that cost more to use than they add are then
 * dropped, the least useful first. This is exact for one or two venues; with more, fixed costs make the problem
 * combinatorial, and this is a greedy solution.
 */
export function route(request: RouteRequest): Route {
  const { venues, tokenIn, tokenOut, amountIn } = request;
  // a venue that cannot take the whole amount may take part of it
  const usable = amountIn > 0n ? [...venues].filter(([, venue]) => venue.spotPrice(tokenIn, tokenOut) > 0) : [];
  let best = split(request, usable);
  for (;;) {
    const fewer = best.legs.length < 2 ? [] : best.legs.map((leg) => split(request, without(best.legs, leg)));
    const better = fewer.reduce((one, other) => (other.net > one.net ? other : one), best);
    if (better === best) return best;
    best = better;
  }
}

function without(legs: readonly RouteLeg[], left: RouteLeg): readonly (readonly [string, Venue])[] {
  return legs.filter((leg) => leg !== left).map(({ name, venue }) => [name, venue] as const);
}

function split(request: RouteRequest, venues: readonly (readonly [string, Venue])[]): Route {
  const { tokenIn, tokenOut, amountIn, fixedCost = () => 0 } = request;
  const quote = ([, venue]: readonly [string, Venue], amount: bigint): bigint =>
    amount === 0n ? 0n : venue.quote(tokenIn, tokenOut, amount);
  const all = venues.map((venue) => quote(venue, amountIn));
  const first = all.indexOf(all.reduce((most, out) => (out > most ? out : most), 0n));
  const parts = new Map(venues.map((venue, index) => [venue, index === first ? amountIn : 0n] as const));
  const partOf = (venue: readonly [string, Venue]): bigint => parts.get(venue) ?? 0n;

  /** Brings two venues to equal marginal prices. @returns the gain */
  const exchange = (one: readonly [string, Venue], other: readonly [string, Venue]): number => {
    const both = partOf(one) + partOf(other);
    const out = (part: bigint): number => Number(quote(one, part) + quote(other, both - part));
    const before = out(partOf(one));
    const part = [maximise(out, both), 0n].reduce((best, next) => (out(next) > out(best) ? next : best), partOf(one));
    parts.set(one, part).set(other, both - part);
    return out(part) - before;
  };

  for (let round = 0; round < MAX_ROUNDS; round++) {
    let gained = 0;
    for (const [index, one] of venues.entries()) {
      for (const other of venues.slice(index + 1)) gained += exchange(one, other);
    }
    if (gained <= TOLERANCE * venues.reduce((out, venue) => out + Number(quote(venue, partOf(venue))), 0)) break;
  }
  const legs = venues.flatMap((venue): RouteLeg[] => {
    const amountOut = quote(venue, partOf(venue));
    return amountOut === 0n ? [] : [{ name: venue[0], venue: venue[1], amountIn: partOf(venue), amountOut }];
  });
  const amountOut = legs.reduce((out, leg) => out + leg.amountOut, 0n);
  return { legs, amountOut, net: legs.reduce((net, { venue }) => net - fixedCost(venue), Number(amountOut)) };
}

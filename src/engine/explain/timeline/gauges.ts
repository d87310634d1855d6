import type { Venue } from "../../../protocols/roles/venue.js";
import type { Token } from "../../../protocols/token.js";
import type { World } from "../../world/world.js";
import type { ObservedFrame } from "./observed-run.js";
import type { Series } from "./timeline.js";

import { lendingMarket } from "../../../protocols/roles/lending-market.js";
import { marginMarket } from "../../../protocols/roles/margin-market.js";
import { priceSource } from "../../../protocols/roles/price-source.js";
import { shareVault } from "../../../protocols/roles/share-vault.js";
import { venue } from "../../../protocols/roles/venue.js";
import { addressKey } from "../../../quantity/address.js";
import { wholeUnits } from "../../../quantity/amount.js";
import { quoted } from "../../../quantity/quote.js";
import { FEED } from "../../run/oracle-desk.js";
import { worth } from "../../world/observed-view.js";

/** The drop in price until which a venue is deep, as a fraction. */
const DEPTH = 0.02;

/** Halvings of an interval in which an amount is looked for. */
const HALVINGS = 24;

/** A position with a larger factor is as good as without debt. */
const MOST_HEALTH = 100;

/** A quantity at one moment. */
export interface Gauge extends Omit<Series, "values"> {
  readonly value: number | undefined;
  /** The protocol that it is of, by its name in the scenario. */
  readonly protocol?: string;
  /** The account that it is of, lower case. */
  readonly account?: string;
}

/** What identifies a gauge from frame to frame. */
export function gaugeKey({ kind, of, asset = "" }: Pick<Gauge, "kind" | "of" | "asset">): string {
  return JSON.stringify([kind, of, asset]);
}

/** All that a frame tells, from the same reads that agents and conditions see. */
export function gaugesOf(world: World, frame: ObservedFrame, start: ObservedFrame): readonly Gauge[] {
  return [
    ...pricesIn(world, frame),
    ...venuesIn(world, frame),
    ...healthIn(world, frame),
    ...[...(frame.margins ?? [])].map(([of, margin]): Gauge => ({
      kind: "margin",
      of,
      unit: "percent",
      value: 100 * margin,
    })),
    ...[...frame.view.shortfalls].map(([of, value]): Gauge => ({
      kind: "shortfall",
      of,
      unit: "USD",
      value,
      protocol: of,
    })),
    ...[...frame.view.all(shareVault)].map(([of, { asset, sharePrice }]): Gauge => ({
      kind: "share",
      of,
      unit: asset.symbol,
      value: sharePrice,
      protocol: of,
    })),
    ...accountsIn(world, frame, start),
  ];
}

function pricesIn(world: World, { view, observation }: ObservedFrame): readonly Gauge[] {
  return [
    ...[...world.prices.keys()].map((asset): Gauge => ({
      kind: "price",
      of: asset,
      asset,
      ...quoted(view.price(asset), world.scenario.assets.get(asset)?.quote),
    })),
    ...[...world.oracles].flatMap(([name, { bound, part }]): Gauge[] => {
      if (bound.oracle === undefined) return [];
      const { asset } = bound.oracle.model;
      const price = quoted(bound.oracle.price(observation.get(part)), world.scenario.assets.get(asset)?.quote);
      return [{ kind: "feed", of: `${name}${FEED}`, asset, ...price }];
    }),
    ...[...view.all(priceSource)].map(([of, { asset, price }]): Gauge => ({
      kind: "quote",
      of,
      asset,
      unit: "USD",
      value: price,
      protocol: of,
    })),
    ...[...view.all(marginMarket)].map(([of, { asset, markPrice }]): Gauge => ({
      kind: "quote",
      of,
      asset,
      unit: "USD",
      value: markPrice,
      protocol: of,
    })),
  ];
}

function venuesIn(world: World, { view }: ObservedFrame): readonly Gauge[] {
  return [...view.all(venue)].flatMap(([of, pool]): Gauge[] => {
    const pair = pairIn(world, pool);
    if (pair === undefined) return [];
    const [base, quote] = pair;
    const [asset, against] = [base.asset ?? "", quote.asset ?? ""];
    const value = pool.spotPrice(base.address, quote.address) * view.price(against);
    const depth = depthOf(pool, base, quote) * view.price(against);
    return [
      { kind: "quote", of, asset, unit: "USD", value, protocol: of },
      { kind: "depth", of, asset, unit: "USD", value: depth, protocol: of },
    ];
  });
}

/** What a venue trades: first what its price is of, which is the asset that is furthest from a dollar. */
function pairIn({ prices }: World, { tokens }: Venue): readonly [Token, Token] | undefined {
  const fromDollar = ({ asset = "" }: Token): number => Math.abs(Math.log(prices.get(asset) ?? 1));
  const [base, quote] = tokens
    .filter(({ asset }) => asset !== undefined)
    .toSorted((one, other) => fromDollar(other) - fromDollar(one));
  return base === undefined || quote === undefined ? undefined : [base, quote];
}

/** What can be sold before the average price is two percent below the price of the moment: what is paid for it, whole units of the quote. */
function depthOf(pool: Venue, base: Token, quote: Token): number {
  const price = pool.spotPrice(base.address, quote.address);
  if (!(price > 0)) return 0;
  const paid = (amount: bigint): number => wholeUnits(pool.quote(base.address, quote.address, amount), quote.decimals);
  const isDeep = (amount: bigint): boolean => paid(amount) >= wholeUnits(amount, base.decimals) * price * (1 - DEPTH);
  let [deep, shallow] = [0n, 10n ** BigInt(base.decimals)];
  while (isDeep(shallow) && shallow < 10n ** BigInt(base.decimals + 12)) [deep, shallow] = [shallow, shallow * 4n];
  for (let at = 0; at < HALVINGS; at++) {
    const middle = (deep + shallow) / 2n;
    if (isDeep(middle)) deep = middle;
    else shallow = middle;
  }
  return paid(deep);
}

function healthIn(world: World, { view }: ObservedFrame): readonly Gauge[] {
  const gauge = (protocol: string, account: string, factor: number | undefined): Gauge => {
    const of = `${world.names.get(account) ?? account} in ${protocol}`;
    const value = factor === undefined || factor > MOST_HEALTH ? undefined : factor;
    return { kind: "health", of, unit: "times", value, protocol, account };
  };
  return [
    ...[...view.all(lendingMarket)].flatMap(([protocol, { positions }]) =>
      positions.map(({ account, healthFactor }) => gauge(protocol, addressKey(account), healthFactor)),
    ),
    ...[...view.all(marginMarket)].flatMap(([protocol, { positions, maintenanceMargin }]) =>
      positions.map(({ account, marginRatio }) =>
        gauge(protocol, addressKey(account), marginRatio / maintenanceMargin),
      ),
    ),
  ];
}

function accountsIn(world: World, { view }: ObservedFrame, start: ObservedFrame): readonly Gauge[] {
  const { frame } = world;
  const price = (asset: string): number => view.price(asset);
  return [...frame.accounts].flatMap(([account, address]): Gauge[] => {
    const name = account === "target" ? world.target.name : account;
    return [
      {
        kind: "profit",
        of: name,
        unit: "USD",
        value: worth(frame, view, address, price) - worth(frame, start.view, address, price),
      },
      ...[...frame.tokens.values()].map((token): Gauge => {
        const { symbol, decimals } = token;
        const value = wholeUnits(view.balance(token.address, address), decimals);
        return { kind: "balance", of: name, asset: symbol, unit: symbol, value };
      }),
      ...(frame.nativeAsset === undefined
        ? []
        : [
            {
              kind: "balance" as const,
              of: name,
              asset: "native coin",
              unit: frame.nativeAsset,
              value: wholeUnits(view.nativeBalance(address), 18),
            },
          ]),
    ];
  });
}

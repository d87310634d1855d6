import type { Oracle } from "../../oracles/oracle.js";
import type { Quote } from "../../quantity/quote.js";
import type { Assets } from "./assets.js";

import { oneOf, SiegeError } from "../../errors.js";
import { isPriceFeed } from "../../oracles/oracle.js";

import { check, hasFunctions, isText, requireValue } from "./check.js";
import { requireProtocol } from "./protocols.js";

/** The oracles of a scenario, by name. */
export interface Oracles {
  /** Price feeds. */
  readonly oracles: ReadonlyMap<string, Oracle>;
  /** Sequencer uptime feeds. */
  readonly sequencers: ReadonlyMap<string, Oracle>;
}

const WHAT: Readonly<Record<Quote, string>> = {
  USD: "a price in US dollars",
  volatility: "a volatility",
  level: "a level",
};

/** Checks the oracles. An asset has at most one oracle without a name of its own. */
export function buildOracles(definitions: unknown, assets: Assets): Oracles {
  const oracles = new Map<string, Oracle>();
  const sequencers = new Map<string, Oracle>();
  if (definitions === undefined) return { oracles, sequencers };
  requireValue(
    "oracles",
    definitions,
    Array.isArray(definitions),
    'List the feeds: oracles: [chainlink(feed, { asset: "ETH" })].',
  );
  for (const [index, candidate] of (definitions as readonly unknown[]).entries()) {
    const path = `oracles[${index}]`;
    const oracle = requireOracle(path, candidate);
    const { asset, name, quote } = named(oracle);
    if (asset !== undefined && !assets.has(asset)) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `${path} prices the asset "${asset}", which the scenario does not have.`,
        hint: oneOf(assets.keys(), `Add it: assets: { ${asset}: { price: 2000 } }.`),
      });
    }
    if (asset !== undefined && quote !== undefined) requireQuote(path, asset, quote, assets);
    requireValue(`${path}.name`, name, isText(name), 'Give it a non-empty name: "backup".');
    check(!oracles.has(name) && !sequencers.has(name), {
      message:
        name === asset
          ? `${path} is a second oracle for the asset "${asset}".`
          : `${path} has the name "${name}", which another oracle already has.`,
      hint: `An asset has one oracle without a name; give this one a name of its own: { name: "backup" }.`,
    });
    (asset === undefined ? sequencers : oracles).set(name, oracle);
  }
  return { oracles, sequencers };
}

/** A price that is neither given nor published is unknown. */
export function requireStartPrices(assets: Assets, oracles: ReadonlyMap<string, Oracle>): void {
  const priced = new Set([...oracles.values()].map((oracle) => named(oracle).asset));
  for (const [name, { price }] of assets) {
    check(price !== undefined || priced.has(name), {
      message: `assets.${name} has neither a price nor an oracle to take it from.`,
      hint: `Give it one: assets: { ${name}: { price: 2000 } }.`,
    });
  }
}

/** A pool has a price, but does not publish it. */
function requireOracle(path: string, candidate: unknown): Oracle {
  const protocol = requireProtocol(path, candidate);
  const { feed } = protocol as { readonly feed?: unknown };
  check(
    hasFunctions(feed, "publish", "inspect", "model", "price") ||
      hasFunctions(feed, "publish", "inspect", "name", "isUp"),
    {
      message: `${path} is a protocol of kind "${protocol.kind}", which publishes no price.`,
      hint: 'Use chainlink(feed, { asset: "ETH" }) of hardhat-siege/oracles, or a factory from defineOracle; list pools and other protocols under protocols.',
    },
  );
  // made by a factory of defineOracle, or by something that is shaped like one
  return protocol as Oracle;
}

/** A surface of volatilities says nothing about dollars. */
function requireQuote(path: string, asset: string, quote: Quote, assets: Assets): void {
  const { quote: given = "USD" } = assets.get(asset) ?? {};
  check(given === quote, {
    message: `${path} publishes ${WHAT[quote]}, and assets.${asset} is ${WHAT[given]}.`,
    hint: `Mark the asset: assets: { ${asset}: { price: ${quote === "USD" ? "2000" : "0.8"}, quote: "${quote}" } }; or name another.`,
  });
}

function named({ feed, options }: Oracle): {
  readonly asset: string | undefined;
  readonly name: string;
  readonly quote?: Quote;
} {
  // the options are private to the definition, which made the oracle with them
  if (!isPriceFeed(feed)) return { asset: undefined, name: feed.name(options as never) };
  const { asset, name = asset, quote } = feed.model(options as never);
  return { asset, name, ...(quote === undefined ? {} : { quote }) };
}

import type { Protocol } from "../../protocols/protocol.js";
import type { Assets } from "./assets.js";

import { oneOf, SiegeError } from "../../errors.js";

import { check, isText, requireValue } from "./check.js";
import { requireProtocol } from "./protocols.js";

/** The oracles of a scenario, by name. */
export interface Oracles {
  /** Price feeds. */
  readonly oracles: ReadonlyMap<string, Protocol>;
  /** Sequencer uptime feeds. */
  readonly sequencers: ReadonlyMap<string, Protocol>;
}

/** Checks the oracles. An asset has at most one oracle without a name of its own. */
export function buildOracles(definitions: unknown, assets: Assets): Oracles {
  const oracles = new Map<string, Protocol>();
  const sequencers = new Map<string, Protocol>();
  if (definitions === undefined) return { oracles, sequencers };
  requireValue(
    "oracles",
    definitions,
    Array.isArray(definitions),
    'List the feeds: oracles: [chainlink(feed, { asset: "ETH" })].',
  );
  for (const [index, candidate] of (definitions as readonly unknown[]).entries()) {
    const path = `oracles[${index}]`;
    const protocol = requireProtocol(path, candidate);
    const { asset, name } = named(path, protocol);
    if (asset !== undefined && !assets.has(asset)) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `${path} prices the asset "${asset}", which the scenario does not have.`,
        hint: oneOf(assets.keys(), `Add it: assets: { ${asset}: { price: 2000 } }.`),
      });
    }
    requireValue(`${path}.name`, name, isText(name), 'Give it a non-empty name: "backup".');
    check(!oracles.has(name) && !sequencers.has(name), {
      message:
        name === asset
          ? `${path} is a second oracle for the asset "${asset}".`
          : `${path} has the name "${name}", which another oracle already has.`,
      hint: `An asset has one oracle without a name; give this one a name of its own: { name: "backup" }.`,
    });
    (asset === undefined ? sequencers : oracles).set(name, protocol);
  }
  return { oracles, sequencers };
}

/** A price that is neither given nor published is unknown. */
export function requireStartPrices(assets: Assets, oracles: ReadonlyMap<string, Protocol>): void {
  const priced = new Set([...oracles.values()].map((protocol) => named("", protocol).asset));
  for (const [name, { price }] of assets) {
    check(price !== undefined || priced.has(name), {
      message: `assets.${name} has neither a price nor an oracle to take it from.`,
      hint: `Give it one: assets: { ${name}: { price: 2000 } }.`,
    });
  }
}

function named(path: string, protocol: Protocol): { readonly asset: string | undefined; readonly name: string } {
  const { oracle, sequencer } = protocol.definition;
  // the options are private to the definition, which made the protocol with them
  if (sequencer !== undefined) return { asset: undefined, name: sequencer.name(protocol.options as never) };
  check(oracle !== undefined, {
    message: `${path} is a protocol of kind "${protocol.kind}", which publishes no price.`,
    hint: 'Use chainlink(feed, { asset: "ETH" }), or a factory whose definition has an oracle; list other protocols under protocols.',
  });
  const { asset, name = asset } = oracle.model(protocol.options as never);
  return { asset, name };
}

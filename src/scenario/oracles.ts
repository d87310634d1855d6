import type { Protocol } from "../protocols/protocol.js";
import type { Assets } from "./assets.js";
import type { OracleFaults } from "./scenario.js";

import { SiegeError, oneOf } from "../errors.js";

import { check, isRecord, requireKeys, requireNumber, requireValue } from "./check.js";
import { requireProtocol } from "./protocols.js";

/** Checks the price feeds, of which an asset has one at most. */
export function buildOracles(oracles: unknown, assets: Assets): ReadonlyMap<string, Protocol> {
  const built = new Map<string, Protocol>();
  if (oracles === undefined) return built;
  requireValue(
    "oracles",
    oracles,
    Array.isArray(oracles),
    'List the feeds: oracles: [chainlink(feed, { asset: "ETH" })].',
  );
  for (const [index, candidate] of (oracles as readonly unknown[]).entries()) {
    const path = `oracles[${index}]`;
    const protocol = requireProtocol(path, candidate);
    const asset = pricedAsset(path, protocol);
    if (!assets.has(asset)) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `${path} prices the asset "${asset}", which the scenario does not have.`,
        hint: oneOf(assets.keys(), `Add it: assets: { ${asset}: { price: 2000 } }.`),
      });
    }
    check(!built.has(asset), {
      message: `${path} is a second oracle for the asset "${asset}".`,
      hint: "An asset has one oracle; remove the other, or give what it prices a name of its own in assets.",
    });
    built.set(asset, protocol);
  }
  return built;
}

/** A price that is neither given nor published cannot be known. */
export function requireStartPrices(assets: Assets, oracles: ReadonlyMap<string, Protocol>): void {
  for (const [name, { price }] of assets) {
    check(price !== undefined || oracles.has(name), {
      message: `assets.${name} has neither a price nor an oracle to take it from.`,
      hint: `Give it one: assets: { ${name}: { price: 2000 } }.`,
    });
  }
}

/** Checks the faults that the search may choose. */
export function buildOracleFaults(faults: unknown, blocks: number): OracleFaults {
  if (faults === undefined) return Object.freeze({ maxDelayBlocks: 0 });
  requireValue(
    "oracleFaults",
    faults,
    isRecord(faults),
    "Say how long a feed may be silent: oracleFaults: { maxDelayBlocks: 5 }.",
  );
  requireKeys("oracleFaults", faults, ["maxDelayBlocks"]);
  const { maxDelayBlocks } = faults;
  requireNumber("oracleFaults.maxDelayBlocks", maxDelayBlocks, { min: 0, max: blocks, kind: "integer" });
  return Object.freeze({ maxDelayBlocks });
}

function pricedAsset(path: string, protocol: Protocol): string {
  const { oracle } = protocol.definition;
  check(oracle !== undefined, {
    message: `${path} is a protocol of kind "${protocol.kind}", which publishes no price.`,
    hint: 'Use chainlink(feed, { asset: "ETH" }), or a factory whose definition has an oracle; others go to protocols.',
  });
  // the options are private to the definition, which made the protocol with them
  return oracle.model(protocol.options as never).asset;
}

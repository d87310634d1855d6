import type { OracleFault, OracleFaultKind } from "../../oracles/faults.js";
import type { Oracle, OracleInspectContext, OracleModel, Publication } from "../../oracles/oracle.js";
import type { Preparation } from "../../protocols/preparation.js";
import type { BoundProtocol } from "./bind-protocol.js";

import { SiegeError } from "../../errors.js";
import { isPriceFeed } from "../../oracles/oracle.js";

import { boundProtocol } from "./bind-protocol.js";

/** A price feed bound to a world: its facts are known and hidden in it. */
export interface BoundPriceFeed {
  readonly model: OracleModel;
  publish(view: unknown, price: number): Publication;
  price(view: unknown): number;
  readonly faults: readonly OracleFaultKind[];
  fault(view: unknown, fault: OracleFault, price: number): readonly Publication[];
  advanced(before: unknown, after: unknown): boolean;
}

/** A sequencer uptime feed bound to a world, likewise. */
interface BoundUptimeFeed {
  publish(view: unknown, status: "up" | "down"): Publication;
  isUp(view: unknown): boolean;
}

/** An oracle bound to a world: what is read of it, and either a price feed or an uptime feed. */
export interface BoundOracle extends BoundProtocol {
  readonly oracle: BoundPriceFeed | undefined;
  readonly sequencer: BoundUptimeFeed | undefined;
  /** What has to be changed before it can publish, in order. */
  readonly publishing: readonly Preparation[];
}

/**
 * Inspects the chain for an oracle's facts.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if it cannot have a fault that the scenario lists for it
 */
export async function bindOracle(name: string, oracle: Oracle, context: OracleInspectContext): Promise<BoundOracle> {
  const { feed, address, options } = oracle;
  // `Oracle` hides the types of options and facts; both only ever go back to the definition that made them
  const facts = await feed.inspect(context, address, options as never);
  const bound: BoundOracle = {
    ...boundProtocol(name, oracle, facts),
    publishing: feed.prepare?.(facts) ?? [],
    oracle: !isPriceFeed(feed)
      ? undefined
      : {
          model: feed.model(options as never),
          publish: (view, price) => feed.publish(facts, view, price),
          price: (view) => feed.price(view),
          faults: ["silent", "frozen", ...(feed.faults ?? [])],
          fault: (view, fault, price) => feed.fault?.(facts, view, fault, price) ?? [],
          advanced: (before, after) => feed.advanced?.(before, after) ?? true,
        },
    sequencer: isPriceFeed(feed)
      ? undefined
      : { publish: (view, status) => feed.publish(facts, view, status), isUp: (view) => feed.isUp(view) },
  };
  requireFaults(bound, context.faults ?? []);
  return bound;
}

/** Refuses faults that an adapter cannot produce: otherwise the target would seem to survive them. */
function requireFaults({ name, kind, oracle }: BoundOracle, wanted: readonly OracleFaultKind[]): void {
  const known = oracle?.faults ?? (["down"] as const);
  const missing = wanted.find((fault) => !known.includes(fault));
  if (missing === undefined) return;
  throw new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `The ${name} feed, of kind "${kind}", cannot have the fault "${missing}".`,
    hint: `It can have ${known.join(", ")}; list the feeds that can have the others in oracleFaults.oracles.`,
  });
}

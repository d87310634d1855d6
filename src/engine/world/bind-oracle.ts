import type { OracleFault, OracleFaultKind } from "../../oracles/faults.js";
import type { Oracle, OracleBounds, OracleInspectContext, OracleModel, Publication } from "../../oracles/oracle.js";
import type { Preparation } from "../../protocols/preparation.js";
import type { BoundProtocol } from "./bind-protocol.js";
import type { UserCode } from "./user-code.js";

import { SiegeError } from "../../errors.js";
import { isPriceFeed } from "../../oracles/oracle.js";

import { boundProtocol, protocolCode } from "./bind-protocol.js";
import { asked, awaited, isAnyAddress, isCall, nonsense } from "./user-code.js";

/** A price feed bound to a world: its facts are known and hidden in it. */
export interface BoundPriceFeed {
  readonly model: OracleModel;
  readonly bounds: OracleBounds;
  publish(view: unknown, price: number): Publication;
  price(view: unknown): number;
  readonly faults: readonly OracleFaultKind[];
  fault(view: unknown, fault: OracleFault, price: number): readonly Publication[];
  readonly countsRounds: boolean;
  /** Whether it has a new round; `undefined` if it does not count them. */
  advanced(before: unknown, after: unknown): boolean | undefined;
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
  const user = protocolCode(name);
  const facts = (await awaited<unknown>(user, "inspect()", () =>
    feed.inspect(context, address, options as never),
  )) as never;
  const bound: BoundOracle = {
    ...boundProtocol(name, oracle, facts),
    publishing: asked(user, "prepare()", () => feed.prepare?.(facts) ?? []),
    oracle: !isPriceFeed(feed)
      ? undefined
      : {
          model: asked(user, "model()", () => feed.model(options as never)),
          bounds: asked(user, "bounds()", () => feed.bounds?.(facts) ?? {}),
          publish: (view, price) => publication(user, "publish()", () => feed.publish(facts, view, price)),
          price: (view) => asked(user, "price()", () => feed.price(view)),
          faults: ["silent", "frozen", ...(feed.faults ?? [])],
          fault: (view, fault, price) =>
            asked(user, "fault()", () => feed.fault?.(facts, view as never, fault, price) ?? []).map((given) =>
              publication(user, "fault()", () => given),
            ),
          countsRounds: feed.advanced !== undefined,
          advanced: (before, after) =>
            asked(user, "advanced()", () => feed.advanced?.(before as never, after as never)),
        },
    sequencer: isPriceFeed(feed)
      ? undefined
      : {
          publish: (view, status) => publication(user, "publish()", () => feed.publish(facts, view, status)),
          isUp: (view) => asked(user, "isUp()", () => feed.isUp(view as never)),
        },
  };
  requireFaults(bound, context.faults ?? []);
  return bound;
}

function publication(user: UserCode, what: string, work: () => Publication): Publication {
  const given: unknown = asked(user, what, work);
  const { from, call } = typeof given === "object" && given !== null ? (given as Partial<Publication>) : {};
  if (isAnyAddress(from) && isCall(call)) return { from, call };
  throw nonsense(user, what, given, "{ from, call }");
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

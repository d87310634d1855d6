import type { Address } from "viem";

import type { OracleFault, OracleFaultKind } from "../../oracles/faults.js";
import type { OracleModel, Publication } from "../../oracles/oracle.js";
import type { Action } from "../../protocols/action.js";
import type { ContractCall } from "../../protocols/call.js";
import type { InspectContext, ObserveContext } from "../../protocols/contexts.js";
import type { Approval, Preparation } from "../../protocols/preparation.js";
import type { Protocol } from "../../protocols/protocol.js";
import type { ProtocolDefinition, ShortfallOf, ValueOf } from "../../protocols/protocol.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Token } from "../../protocols/token.js";

/** A protocol bound to a world: its facts are known and hidden in it. */
export interface BoundProtocol {
  readonly name: string;
  readonly kind: string;
  readonly address: Address;
  readonly tokens: readonly Token[];
  readonly ownership: Token | undefined;
  readonly contracts: Readonly<Record<string, Address>>;
  readonly approvals: readonly Approval[];
  readonly preparations: readonly Preparation[];
  readonly actions: readonly Action<unknown>[];
  readonly value: ValueOf<unknown> | undefined;
  readonly shortfall: ShortfallOf<unknown> | undefined;
  readonly roles: NonNullable<ProtocolDefinition<unknown, unknown, unknown>["roles"]>;
  onboarding(self: Address): readonly ContractCall[];
  observe(context: ObserveContext): ReadPlan<unknown>;
  readonly oracle:
    | {
        readonly model: OracleModel;
        readonly preparations: readonly Preparation[];
        publish(view: unknown, price: number): Publication;
        price(view: unknown): number;
        readonly faults: readonly OracleFaultKind[];
        fault(view: unknown, fault: OracleFault, price: number): readonly Publication[];
        advanced(before: unknown, after: unknown): boolean;
      }
    | undefined;
  readonly sequencer:
    | {
        readonly preparations: readonly Preparation[];
        publish(view: unknown, status: "up" | "down"): Publication;
        isUp(view: unknown): boolean;
      }
    | undefined;
}

/** Inspects the chain for a protocol's facts. */
export async function bindProtocol(name: string, protocol: Protocol, context: InspectContext): Promise<BoundProtocol> {
  const { definition, address, options } = protocol;
  // `Protocol` hides the types of options and facts; both only ever go back to the definition that made them
  const facts = await definition.inspect(context, address, options as never);
  const { oracle, sequencer } = definition;
  return {
    name,
    kind: protocol.kind,
    address,
    tokens: definition.tokens?.(facts) ?? [],
    ownership: definition.ownership?.(facts),
    contracts: definition.contracts?.(facts) ?? {},
    approvals: definition.approvals?.(facts) ?? [],
    preparations: definition.prepare?.(facts) ?? [],
    actions: definition.actions?.(facts) ?? [],
    value: definition.value?.(facts),
    shortfall: definition.shortfall?.(facts),
    roles: definition.roles ?? {},
    onboarding: (self) => definition.onboarding?.(facts, self) ?? [],
    observe: (observed) => definition.observe(facts, observed),
    oracle:
      oracle === undefined
        ? undefined
        : {
            model: oracle.model(options as never),
            preparations: oracle.prepare?.(facts) ?? [],
            publish: (view, price) => oracle.publish(facts, view, price),
            price: (view) => oracle.price(view),
            faults: ["silent", "frozen", ...(oracle.faults ?? [])],
            fault: (view, fault, price) => oracle.fault?.(facts, view, fault, price) ?? [],
            advanced: (before, after) => oracle.advanced?.(before, after) ?? true,
          },
    sequencer:
      sequencer === undefined
        ? undefined
        : {
            preparations: sequencer.prepare?.(facts) ?? [],
            publish: (view, status) => sequencer.publish(facts, view, status),
            isUp: (view) => sequencer.isUp(view),
          },
  };
}

import type { Address } from "viem";

import type { Action } from "../../protocols/action.js";
import type { ContractCall } from "../../protocols/call.js";
import type { InspectContext, ObserveContext } from "../../protocols/contexts.js";
import type { Approval, Preparation } from "../../protocols/preparation.js";
import type { Protocol, ShortfallOf, ValueOf } from "../../protocols/protocol.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { PlayedRole } from "../../protocols/roles/role.js";
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
  readonly roles: readonly PlayedRole<unknown>[];
  onboarding(self: Address): readonly ContractCall[];
  observe(context: ObserveContext): ReadPlan<unknown>;
}

/** Inspects the chain for a protocol's facts. */
export async function bindProtocol(name: string, protocol: Protocol, context: InspectContext): Promise<BoundProtocol> {
  // `Protocol` hides the types of options and facts; both only ever go back to the definition that made them
  const facts = await protocol.definition.inspect(context, protocol.address, protocol.options as never);
  return boundProtocol(name, protocol, facts);
}

/** A protocol with its facts, which its own definition found out. */
export function boundProtocol(name: string, { definition, kind, address }: Protocol, facts: never): BoundProtocol {
  return {
    name,
    kind,
    address,
    tokens: definition.tokens?.(facts) ?? [],
    ownership: definition.ownership?.(facts),
    contracts: definition.contracts?.(facts) ?? {},
    approvals: definition.approvals?.(facts) ?? [],
    preparations: definition.prepare?.(facts) ?? [],
    actions: definition.actions?.(facts) ?? [],
    value: definition.value?.(facts),
    shortfall: definition.shortfall?.(facts),
    roles: definition.roles ?? [],
    onboarding: (self) => definition.onboarding?.(facts, self) ?? [],
    observe: (observed) => definition.observe(facts, observed),
  };
}

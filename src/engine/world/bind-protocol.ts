import type { Abi, Address } from "viem";

import type { Action } from "../../protocols/action.js";
import type { ContractCall } from "../../protocols/call.js";
import type { InspectContext, ObserveContext } from "../../protocols/contexts.js";
import type { LiquidatedIn } from "../../protocols/liquidation.js";
import type { ChainValueOf, MissingOnChainOf } from "../../protocols/on-chain.js";
import type { Approval, Preparation } from "../../protocols/preparation.js";
import type { Protocol, ShortfallOf, ValueOf } from "../../protocols/protocol.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { PlayedRole } from "../../protocols/roles/role.js";
import type { Token } from "../../protocols/token.js";
import type { UserCode } from "./user-code.js";

import { normaliseAbi } from "../../target/abi.js";

import { asked, askedNumber, askedPlan, awaited, isCall, nonsense } from "./user-code.js";

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
  /** The functions that are moves as they stand; `undefined` if it offers none in this way. */
  readonly functions: Abi | undefined;
  readonly value: ValueOf<unknown> | undefined;
  readonly onChainValue: ChainValueOf<unknown> | undefined;
  readonly shortfall: ShortfallOf<unknown> | undefined;
  readonly onChainShortfall: MissingOnChainOf<unknown> | undefined;
  readonly liquidated: LiquidatedIn<unknown> | undefined;
  readonly roles: readonly PlayedRole<unknown>[];
  onboarding(self: Address): readonly ContractCall[];
  observe(context: ObserveContext): ReadPlan<unknown>;
}

/** Inspects the chain for a protocol's facts. */
export async function bindProtocol(name: string, protocol: Protocol, context: InspectContext): Promise<BoundProtocol> {
  // `Protocol` hides the types of options and facts; both only ever go back to the definition that made them
  const facts = await awaited<unknown>(protocolCode(name), "inspect()", () =>
    protocol.definition.inspect(context, protocol.address, protocol.options as never),
  );
  return boundProtocol(name, protocol, facts as never);
}

/** How errors name a protocol, or an oracle, which is one. */
export function protocolCode(name: string): UserCode {
  return { code: "PROTOCOL_FAILED", name: `The protocol "${name}"` };
}

function guarded(user: UserCode, action: Action<unknown>): Action<unknown> {
  const what = `${action.name}.build()`;
  return {
    ...action,
    build: (operands, context) => {
      const call = asked(user, what, () => action.build(operands, context));
      if (call === undefined || isCall(call)) return call;
      throw nonsense(user, what, call, "call({ address, abi, functionName, args }) or undefined");
    },
  };
}

/** A protocol with its facts, which its own definition found out. */
export function boundProtocol(name: string, { definition, kind, address }: Protocol, facts: never): BoundProtocol {
  const user = protocolCode(name);
  const value = asked(user, "value()", () => definition.value?.(facts));
  const onChainValue = asked(user, "onChainValue()", () => definition.onChainValue?.(facts));
  const shortfall = asked(user, "shortfall()", () => definition.shortfall?.(facts));
  const onChainShortfall = asked(user, "onChainShortfall()", () => definition.onChainShortfall?.(facts));
  const liquidated = asked(user, "liquidated()", () => definition.liquidated?.(facts));
  const functions = asked(user, "functions()", () => definition.functions?.(facts));
  return {
    name,
    kind,
    address,
    tokens: asked(user, "tokens()", () => definition.tokens?.(facts) ?? []),
    ownership: asked(user, "ownership()", () => definition.ownership?.(facts)),
    contracts: asked(user, "contracts()", () => definition.contracts?.(facts) ?? {}),
    approvals: asked(user, "approvals()", () => definition.approvals?.(facts) ?? []),
    preparations: asked(user, "prepare()", () => definition.prepare?.(facts) ?? []),
    actions: asked(user, "actions()", () => definition.actions?.(facts) ?? []).map((action) => guarded(user, action)),
    functions: functions && normaliseAbi(functions, name),
    value: value && ((...of) => askedNumber(user, "value()", () => value(...of))),
    onChainValue: onChainValue && ((...of) => asked(user, "onChainValue()", () => onChainValue(...of))),
    shortfall: shortfall && ((...of) => askedNumber(user, "shortfall()", () => shortfall(...of))),
    onChainShortfall: onChainShortfall && ((...of) => asked(user, "onChainShortfall()", () => onChainShortfall(...of))),
    liquidated: liquidated && ((log, view) => asked(user, "liquidated()", () => liquidated(log, view))),
    roles: definition.roles ?? [],
    onboarding: (self) => asked(user, "onboarding()", () => definition.onboarding?.(facts, self) ?? []),
    observe: (observed) => askedPlan<unknown>(user, () => definition.observe(facts, observed)),
  };
}

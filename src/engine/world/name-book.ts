import type { Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { BoundEvent } from "./bind-event.js";
import type { BoundProtocol } from "./bind-protocol.js";

import { addressKey } from "../../quantity/address.js";

export function contractsOf({ name, address, contracts }: BoundProtocol): readonly (readonly [string, Address])[] {
  return [[name, address], ...Object.entries(contracts).map(([part, at]) => [`${name} ${part}`, at] as const)];
}

export function nameBook(
  accounts: ReadonlyMap<string, Address>,
  target: ResolvedTarget,
  tokens: readonly Token[],
  protocols: readonly BoundProtocol[],
  feeds: readonly BoundProtocol[],
  events: readonly BoundEvent[],
): ReadonlyMap<string, string> {
  // later entries win: a person knows an address by its most particular name
  return new Map(
    [
      ...events.map(({ actor, sender }) => [sender, actor] as const),
      ...feeds.map(({ name, address }) => [address, `${name} feed`] as const),
      ...protocols.flatMap(({ name, contracts }) =>
        Object.entries(contracts).map(([part, address]) => [address, `${name} ${part}`] as const),
      ),
      ...protocols.map(({ name, address }) => [address, name] as const),
      ...tokens.map(({ symbol, address }) => [address, symbol] as const),
      ...[...accounts].map(([name, address]) => [address, name] as const),
      [target.address, target.name] as const,
    ].map(([address, name]) => [addressKey(address), name]),
  );
}

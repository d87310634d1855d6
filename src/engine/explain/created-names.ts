import type { Address } from "viem";

import type { Trace } from "../events/trace.js";
import type { World } from "../world/world.js";

import { selectorOf } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";
import { functionsOf } from "../../target/functions.js";
import { partsIn } from "../run/call-tree.js";

/**
 * Names of contracts that were created in a run and are called in its trace, by {@link addressKey}: `Child 1`, `Child 2`, in the
 * order in which they are called.
 */
export function createdNames({ creation, names }: World, { steps }: Trace): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (creation === undefined) return found;
  const kinds = creation.kinds.map(({ name, abi }) => ({ name, selectors: new Set(functionsOf(abi).map(selectorOf)) }));
  const counts = new Map<string, number>();
  for (const step of steps) {
    if (step.kind !== "call") continue;
    for (const { to, function: item } of [step, ...partsIn(step.inner)]) {
      const key = addressKey(to);
      const kind = kinds.find(({ selectors }) => selectors.has(selectorOf(item)));
      if (kind === undefined || names.has(key) || found.has(key)) continue;
      const count = (counts.get(kind.name) ?? 0) + 1;
      counts.set(kind.name, count);
      found.set(key, `${kind.name} ${count}`);
    }
  }
  return found;
}

/** What addresses are called in reports of a run: by their name, or else by their first and last digits. */
export function namesIn(world: World, trace: Trace): (address: Address) => string {
  const created = createdNames(world, trace);
  return (address) => {
    const key = addressKey(address);
    return world.names.get(key) ?? created.get(key) ?? `${address.slice(0, 6)}…${address.slice(-4)}`;
  };
}

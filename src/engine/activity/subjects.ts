import type { ContractCall } from "../../protocols/call.js";
import type { World } from "../world/world.js";

import { toFunctionSignature } from "viem";

import { addressKey } from "../../quantity/address.js";

/** What a campaign is about: the contracts that it must have exercised before it may say that the target survived. */
export interface Subjects {
  /** Lower-case addresses of the target and of the contracts whose functions are moves as they stand: its further targets. */
  readonly targets: ReadonlySet<string>;
  /**
   * Contracts that conditions read, lower-case addresses, without the targets and the assets' tokens. A condition without reads
   * of its own judges the scenario's protocols.
   */
  readonly read: ReadonlySet<string>;
  /** All of them. */
  readonly all: ReadonlySet<string>;
  /** What stands before the dot in the names of the targets' functions: `target`, and protocols at their addresses. */
  readonly owners: ReadonlySet<string>;
  /** The name of a called function: `target.deposit`, `pool.swap`. */
  nameOf(call: ContractCall): string;
}

const known = new WeakMap<object, Subjects>();

/** The subjects of a world, and of all worlds that share its scenario's binding. */
export function subjectsOf(world: World): Subjects {
  // lanes share the conditions of the world that they fork
  const made = known.get(world.conditions) ?? makeSubjects(world);
  known.set(world.conditions, made);
  return made;
}

function makeSubjects({ target, conditions, frame, catalogue, names }: World): Subjects {
  const self: string = addressKey(target.address);
  const tokens = new Set([...frame.tokens.values()].map(({ address }) => addressKey(address)));
  const protocols = new Map(
    [...frame.protocols].flatMap(([name, { bound }]) =>
      [bound.address, ...Object.values(bound.contracts)].map((address): [string, string] => [
        addressKey(address),
        name,
      ]),
    ),
  );
  const read = new Set<string>();
  for (const { part } of conditions) {
    const { calls, simulations } = part.plan;
    const reads = [...calls, ...simulations.flat()].map(({ to }) => addressKey(to));
    for (const address of reads.length > 0 ? reads : protocols.keys()) read.add(address);
  }
  const targets = new Set([
    self,
    ...[...frame.protocols.values()].flatMap(({ bound: { functions, address } }) =>
      functions === undefined ? [] : [addressKey(address)],
    ),
  ]);
  for (const address of [...targets, ...tokens]) read.delete(address);
  const labels = new Map<string, string>();
  const owners = new Set([
    "target",
    ...[...frame.protocols].flatMap(([name, { bound }]) => (targets.has(addressKey(bound.address)) ? [name] : [])),
  ]);
  return {
    targets,
    read,
    all: new Set([...targets, ...read]),
    owners,
    nameOf: ({ to, function: item }) => {
      const at: string = addressKey(to);
      const key = `${at} ${item.name} ${item.inputs.length}`;
      const label = labels.get(key) ?? labelOf(at, item);
      labels.set(key, label);
      return label;
    },
  };

  function labelOf(at: string, item: ContractCall["function"]): string {
    const owner = at === self ? "target" : (protocols.get(at) ?? names.get(at) ?? shortened(at));
    const plain = `${owner}.${item.name}`;
    // of overloaded functions, the catalogue has the signatures
    return targets.has(at) && !catalogue.has(plain) ? `${owner}.${toFunctionSignature(item)}` : plain;
  }
}

function shortened(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

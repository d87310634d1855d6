import type { Target } from "../../target/target.js";
import type { FurtherTarget } from "../scenario.js";

import { check, isRecord, requireValue } from "./check.js";
import { requireName, requireUnreserved } from "./names.js";

/** Checks the further targets. What they are is found out on the chain. */
export function buildTargets(targets: unknown): readonly FurtherTarget[] {
  if (targets === undefined) return Object.freeze([]);
  const hint = "List the contracts, targets: [router], or name them, targets: { router }.";
  requireValue("targets", targets, Array.isArray(targets) || isRecord(targets), hint);
  check(!isContract(targets), { message: "targets is a contract, not a list of contracts.", hint });
  const named = Array.isArray(targets)
    ? (targets as readonly unknown[]).map((contract) => ({ name: ownName(contract), contract }))
    : Object.entries(targets).map(([name, contract]) => ({ name, contract }));
  const taken = new Set<string>();
  for (const [index, { name, contract }] of named.entries()) {
    const path = Array.isArray(targets) ? `targets[${index}]` : `targets.${name}`;
    requireValue(
      path,
      contract,
      isContract(contract),
      "Pass a viem contract, an ethers contract, or { address, abi }.",
    );
    if (name === undefined) continue;
    requireName("targets", name);
    requireUnreserved(path, name);
    check(!taken.has(name), { message: `${path} is a second target named "${name}".`, hint: "Give it another name." });
    taken.add(name);
  }
  // whether each is a contract is checked with the chain at hand
  return Object.freeze(named as readonly { readonly name: string | undefined; readonly contract: Target }[]);
}

function isContract(value: unknown): boolean {
  return isRecord(value) && (typeof value.address === "string" || "interface" in value);
}

function ownName(contract: unknown): string | undefined {
  const { name } = isRecord(contract) ? contract : {};
  return typeof name === "string" ? name : undefined;
}

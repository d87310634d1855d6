import type { SkippedFunction } from "../../target/actions.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Chain } from "../chain/chain.js";

import { toFunctionSignature } from "viem";

import { canCreate } from "../../target/bytecode.js";
import { reasonToSkip } from "../../target/calls.js";

/** What the code of the target has, but the ABI that a person passed has not. */
export function unlistedFunctions({ abi, missing = [] }: ResolvedTarget): readonly SkippedFunction[] {
  // with an empty ABI, the target is only watched
  if (abi.length === 0) return [];
  return missing.map((item) => ({
    function: toFunctionSignature(item),
    because: reasonToSkip(item) ?? "the ABI that was passed does not have it",
  }));
}

/** Contracts that the target creates during a run, if the project has the code of none of them. */
export async function uncalledParts(chain: Chain, target: ResolvedTarget): Promise<readonly SkippedFunction[]> {
  if ((target.creates ?? []).length > 0) return [];
  const implementations = target.source?.proxy?.implementations ?? [];
  for (const address of [target.address, ...implementations.map((one) => one.address)]) {
    if (!canCreate(await chain.code(address))) continue;
    return [{ function: "contracts that it creates", because: "their code is not known from the project's artifacts" }];
  }
  return [];
}

import type { SkippedFunction } from "../../target/actions.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Chain } from "../chain/chain.js";

import { toFunctionSignature } from "viem";

import { reasonToSkip } from "../../target/actions.js";
import { CREATE, CREATE2, instructionsOf, withoutMetadata } from "../../target/bytecode.js";

/** What the code of the target has, but the ABI that a person passed has not. */
export function unlistedFunctions({ abi, missing = [] }: ResolvedTarget): readonly SkippedFunction[] {
  // with an empty ABI, the target is only watched
  if (abi.length === 0) return [];
  return missing.map((item) => ({
    function: toFunctionSignature(item),
    because: reasonToSkip(item) ?? "the ABI that was passed does not have it",
  }));
}

/**
 * What the search never calls although it is a way into the target: plain transfers of native coin, and contracts that the
 * target creates during a run.
 */
export async function uncalledParts(chain: Chain, target: ResolvedTarget): Promise<readonly SkippedFunction[]> {
  const plain = target.abi.flatMap(({ type }): SkippedFunction[] =>
    type === "receive" || type === "fallback"
      ? [{ function: `${type}()`, because: "no agent makes a call without a function" }]
      : [],
  );
  const implementations = target.source?.proxy?.implementations ?? [];
  for (const address of [target.address, ...implementations.map((one) => one.address)]) {
    for (const { opcode } of instructionsOf(withoutMetadata(await chain.code(address)))) {
      if (opcode !== CREATE && opcode !== CREATE2) continue;
      const because = "only contracts that exist when the siege begins are called";
      return [...plain, { function: "contracts that it creates", because }];
    }
  }
  return plain;
}

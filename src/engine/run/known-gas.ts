import type { Executor, PlacedCall } from "../world/executor/executor.js";
import type { MinedBlock } from "./state.js";

import { encodeCall, selectorOf } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";
import { intrinsicGas } from "../world/executor/batch.js";

/** The gas that calls of functions used last as transactions. */
export class KnownGas {
  /** Without what a transaction costs before it runs, which depends on its data. */
  readonly #used = new Map<string, bigint>();

  /** Learns from a block of transactions. */
  async after(executor: Executor, { calls, inclusions }: MinedBlock): Promise<void> {
    const receipts = await executor.receipts(inclusions);
    for (const [index, call] of calls.entries()) {
      const receipt = receipts[index];
      if (inclusions[index]?.kind !== "transaction" || receipt?.success !== true) continue;
      this.#used.set(keyOf(call), receipt.gasUsed - intrinsicGas(encodeCall(call.call)));
    }
  }

  of(call: PlacedCall): bigint | undefined {
    const used = this.#used.get(keyOf(call));
    return used === undefined ? undefined : used + intrinsicGas(encodeCall(call.call));
  }
}

function keyOf({ from, call }: PlacedCall): string {
  return `${addressKey(from)} ${addressKey(call.to)} ${selectorOf(call.function)}`;
}

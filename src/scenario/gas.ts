import type { GasModel } from "./scenario.js";

import { isRecord, requireKeys, requireValue } from "./check.js";

const DEFAULT_BASE_FEE = 20_000_000_000n;

/** Checks what gas costs. */
export function buildGas(gas: unknown): GasModel {
  if (gas === undefined) return Object.freeze({ baseFee: DEFAULT_BASE_FEE });
  requireValue("gas", gas, isRecord(gas), "Give a base fee: gas: { baseFee: 20n * 10n ** 9n }.");
  requireKeys("gas", gas, ["baseFee"]);
  const { baseFee = DEFAULT_BASE_FEE } = gas;
  requireValue(
    "gas.baseFee",
    baseFee,
    typeof baseFee === "bigint" && baseFee >= 0n,
    "It must be a bigint of at least 0n, in wei a gas: 20_000_000_000n is 20 gwei.",
  );
  return Object.freeze({ baseFee });
}

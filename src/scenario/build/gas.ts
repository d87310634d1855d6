import type { BuilderPowers, GasModel, MempoolModel } from "../scenario.js";

import { hasFunctions, isRecord, requireKeys, requireNumber, requireValue } from "./check.js";

const DEFAULT_BASE_FEE = 20_000_000_000n;

/** A lower block gas limit would leave no room for ordinary transactions. */
const LEAST_GAS_LIMIT = 1_000_000n;

const MAX_DELAY = 100;

/** Checks what gas costs. */
export function buildGas(gas: unknown): GasModel {
  if (gas === undefined) return Object.freeze({ baseFee: DEFAULT_BASE_FEE });
  requireValue("gas", gas, isRecord(gas), "Give a base fee: gas: { baseFee: 20n * 10n ** 9n }.");
  requireKeys("gas", gas, ["baseFee", "gasLimit", "demand"]);
  const { baseFee = DEFAULT_BASE_FEE, gasLimit, demand } = gas;
  requireValue(
    "gas.baseFee",
    baseFee,
    typeof baseFee === "bigint" && baseFee >= 0n,
    "It must be a bigint of at least 0n, in wei per unit of gas: 20_000_000_000n is 20 gwei.",
  );
  requireValue(
    "gas.gasLimit",
    gasLimit,
    gasLimit === undefined || (typeof gasLimit === "bigint" && gasLimit >= LEAST_GAS_LIMIT),
    "It must be a bigint of at least 1_000_000n, in gas: 30_000_000n.",
  );
  requireValue(
    "gas.demand",
    demand,
    demand === undefined || (isRecord(demand) && hasFunctions(demand, "sample")),
    "Give a process of hardhat-siege/market: gas: { demand: surge({ times: 20 }) }.",
  );
  requireValue(
    "gas.baseFee",
    baseFee,
    demand === undefined || baseFee > 0n,
    "With demand for block space, it must be above 0n: free block space attracts no bids.",
  );
  return Object.freeze({
    baseFee,
    ...(gasLimit === undefined ? {} : { gasLimit }),
    // anything with sample() is a process
    ...(demand === undefined ? {} : { demand: demand as unknown as NonNullable<GasModel["demand"]> }),
  });
}

/** Checks how transactions propagate. */
export function buildMempool(mempool: unknown): MempoolModel {
  if (mempool === undefined) return Object.freeze({ delay: 0 });
  requireValue(
    "mempool",
    mempool,
    isRecord(mempool),
    "Give the delay of transactions in blocks: mempool: { delay: 2 }.",
  );
  requireKeys("mempool", mempool, ["delay"]);
  const { delay = 0 } = mempool;
  requireNumber("mempool.delay", delay, { min: 0, max: MAX_DELAY, kind: "integer" });
  return Object.freeze({ delay });
}

/** Checks what the builder may do. */
export function buildBuilder(builder: unknown, blocks: number): BuilderPowers {
  if (builder === undefined) return Object.freeze({ censors: 0, reorders: false, reorganises: 0 });
  requireValue(
    "builder",
    builder,
    isRecord(builder),
    "List the builder's powers: builder: { censors: 5, reorders: true, reorganises: 2 }.",
  );
  requireKeys("builder", builder, ["censors", "reorders", "reorganises"]);
  const { censors = 0, reorders = false, reorganises = 0 } = builder;
  requireNumber("builder.censors", censors, { min: 0, max: blocks, kind: "integer" });
  requireNumber("builder.reorganises", reorganises, { min: 0, max: blocks, kind: "integer" });
  requireValue("builder.reorders", reorders, typeof reorders === "boolean", "It must be true or false.");
  return Object.freeze({ censors, reorders, reorganises });
}

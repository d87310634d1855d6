import type { RecordedTransaction } from "../../order-flow/recorded.js";

import { isAddress, isHex } from "viem";

import { isRecord, requireKeys, requireValue } from "./check.js";

const KEYS = ["hash", "from", "to", "data", "value", "gas", "tip"] as const;

/** Checks the recorded order flow, block by block. */
export function buildOrderFlow(flow: unknown, blocks: number): readonly (readonly RecordedTransaction[])[] {
  if (flow === undefined) return [];
  const hint = "List the transactions of each block: orderFlow: [orderFlowOf(block)].";
  requireValue("orderFlow", flow, Array.isArray(flow), hint);
  requireValue(
    "orderFlow.length",
    flow.length,
    flow.length <= blocks,
    `The scenario has ${blocks} blocks; each block of transactions needs one.`,
  );
  const hashes = new Set<string>();
  return flow.map((block: unknown, index) => {
    requireValue(`orderFlow[${index}]`, block, Array.isArray(block), hint);
    return block.map((transaction: unknown, place): RecordedTransaction => {
      const path = `orderFlow[${index}][${place}]`;
      requireTransaction(path, transaction);
      const { hash } = transaction;
      requireValue(`${path}.hash`, hash, !hashes.has(hash), "List each transaction only once.");
      hashes.add(hash);
      return Object.freeze({ ...transaction });
    });
  });
}

function requireTransaction(path: string, value: unknown): asserts value is RecordedTransaction {
  requireValue(path, value, isRecord(value), "Make it with orderFlowOf(block) of hardhat-siege/market.");
  requireKeys(path, value, KEYS);
  const { hash, from, to, data } = value;
  requireValue(`${path}.hash`, hash, isHex(hash) && hash.length === 66, "It must be 32 bytes in hex.");
  requireValue(`${path}.from`, from, isAccount(from), "It must be an address.");
  requireValue(
    `${path}.to`,
    to,
    to === undefined || isAccount(to),
    "It must be an address, or left out for a contract creation.",
  );
  requireValue(`${path}.data`, data, isHex(data), "It must be calldata in hex; 0x for none.");
  for (const key of ["value", "gas", "tip"]) {
    const amount = value[key];
    requireValue(
      `${path}.${key}`,
      amount,
      typeof amount === "bigint" && amount >= 0n,
      "It must be a bigint of at least 0n.",
    );
  }
}

function isAccount(value: unknown): boolean {
  return typeof value === "string" && isAddress(value, { strict: false });
}

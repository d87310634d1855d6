import type { Address, Hex } from "viem";

/** A transaction that was really sent. */
export interface RecordedTransaction {
  readonly hash: Hex;
  readonly from: Address;
  /** `undefined`: contract creation. */
  readonly to?: Address | undefined;
  readonly data: Hex;
  /** wei */
  readonly value: bigint;
  /** Its gas limit. */
  readonly gas: bigint;
  /** The priority fee it paid, wei per unit of gas. */
  readonly tip: bigint;
}

/** A block with its transactions, as returned by `eth_getBlockByNumber(number, true)`. */
export interface JsonBlock {
  /** Absent before London (12,965,000). */
  readonly baseFeePerGas?: Hex | null;
  readonly transactions: readonly JsonTransaction[];
}

/** A transaction as JSON-RPC returns it; additional properties are ignored. */
export interface JsonTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address | null;
  readonly input: Hex;
  readonly value: Hex;
  readonly gas: Hex;
  readonly gasPrice?: Hex;
  readonly maxFeePerGas?: Hex;
  readonly maxPriorityFeePerGas?: Hex;
}

/**
 * The transactions of a real block, in their order, as the background of a simulated one. The priority fee is what they
 * paid under EIP-1559: the lesser of `maxPriorityFeePerGas` and what `maxFeePerGas` leaves above the base fee; for legacy
 * transactions, `gasPrice` minus the base fee.
 *
 * @param block - from any node: `await provider.request({ method: "eth_getBlockByNumber", params: ["0xed1aeb", true] })`
 * @example `orderFlow: [orderFlowOf(block)]`
 */
export function orderFlowOf(block: JsonBlock): readonly RecordedTransaction[] {
  const baseFee = BigInt(block.baseFeePerGas ?? 0);
  return block.transactions.map((transaction) => {
    const { hash, from, to, input, value, gas } = transaction;
    return {
      hash,
      from,
      ...(to === null ? {} : { to }),
      data: input,
      value: BigInt(value),
      gas: BigInt(gas),
      tip: tipOf(transaction, baseFee),
    };
  });
}

function tipOf({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: JsonTransaction, baseFee: bigint): bigint {
  const most = BigInt(maxFeePerGas ?? gasPrice ?? 0) - baseFee;
  const offered = maxPriorityFeePerGas === undefined ? most : BigInt(maxPriorityFeePerGas);
  const tip = offered < most ? offered : most;
  return tip > 0n ? tip : 0n;
}

import type { Address, Hex } from "viem";

/** A transaction that somebody really sent. */
export interface RecordedTransaction {
  readonly hash: Hex;
  readonly from: Address;
  /** `undefined`: it creates a contract. */
  readonly to?: Address | undefined;
  readonly data: Hex;
  /** wei */
  readonly value: bigint;
  /** Its gas limit. */
  readonly gas: bigint;
  /** What it paid for its place, wei a gas above the base fee. */
  readonly tip: bigint;
}

/** A block with its transactions, as `eth_getBlockByNumber(number, true)` answers it. */
export interface JsonBlock {
  /** Left out before London (12,965,000). */
  readonly baseFeePerGas?: Hex | null;
  readonly transactions: readonly JsonTransaction[];
}

/** A transaction as JSON-RPC gives it; more properties do no harm. */
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
 * The transactions of a real block as the background of a simulated one, in their order. The tip is what they paid by
 * EIP-1559: the least of `maxPriorityFeePerGas` and what `maxFeePerGas` leaves above the base fee; `gasPrice` less the base
 * fee for older kinds.
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

import type { View } from "../../view/view.js";

/** The priority fee of senders who are not bidding, wei per unit of gas: the engine's default tip. */
const LEAST_TIP = 1_000_000_000n;

/** An opportunity, and the transaction that bids for it. */
interface Opportunity {
  /** US dollars, before gas. */
  readonly profit: number;
  /** Gas of the transaction that bids. */
  readonly gas: bigint;
  /** Gas of all its transactions, that one included. */
  readonly allGas: bigint;
  /** The gas limit, which the sender has to be able to afford. */
  readonly gasLimit: bigint;
  /** Native coin of the sender, wei. */
  readonly native: bigint;
}

/** A bid in an auction by priority fee. */
interface PriorityBid {
  /** Wei per unit of gas. */
  readonly tip: bigint;
  /** What the bidder keeps, US dollars. */
  readonly profit: number;
}

/**
 * Bids for a place in the block with a share of the profit after gas (a priority gas auction: Daian et al. 2020, *Flash Boys
 * 2.0*, with one sealed round per block). It never bids less than senders who are not bidding, nor more than the sender can
 * afford.
 *
 * @param share - 0 to 1
 */
export function priorityBid(
  view: View,
  { profit, gas, allGas, gasLimit, native }: Opportunity,
  share: number,
): PriorityBid {
  const { baseFee, gasPrice, nativeAsset } = view;
  // in a full block, others' tips
  const usual = gasPrice - baseFee > LEAST_TIP ? gasPrice - baseFee : LEAST_TIP;
  if (nativeAsset === undefined) return { tip: usual, profit };
  const dollars = (wei: bigint): number => (Number(wei) / 1e18) * view.price(nativeAsset);
  const worth = profit - dollars(allGas * (baseFee + usual));
  const affordable = native / gasLimit - baseFee;
  const wanted = BigInt(Math.floor(((Math.max(0, worth) * share) / dollars(10n ** 18n) / Number(gas)) * 1e18));
  const extra = wanted + usual > affordable ? affordable - usual : wanted;
  const more = extra > 0n ? extra : 0n;
  return { tip: usual + more, profit: worth - dollars(gas * more) };
}

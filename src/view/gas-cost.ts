import type { View } from "./view.js";

/**
 * The cost of gas in the next block, US dollars; 0 if the scenario does not price the native coin.
 *
 * @param gas - units of gas
 */
export function gasCost(view: View, gas: bigint): number {
  return view.nativeAsset === undefined ? 0 : (Number(gas * view.gasPrice) / 1e18) * view.price(view.nativeAsset);
}

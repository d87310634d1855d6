import type { View } from "../view/view.js";

import { SiegeError } from "../errors.js";
import { requireKnown, shown } from "../options.js";
import { wholeUnits } from "../quantity/amount.js";

/** A function of the target that returns how much of an asset an account has. */
export interface AmountOf {
  /** Its name: `collateralOf`. It takes an address and returns base units of the asset's token. */
  readonly function: string;
  /** The scenario's asset that it is counted in. */
  readonly asset: string;
}

/** Checks an option that is an {@link AmountOf}. @throws SiegeError `INVALID_OPTION` */
export function requireAmountOf(owner: string, option: string, amount: AmountOf): void {
  if (typeof amount === "object") requireKnown(`${owner}: ${option}`, amount, ["function", "asset"]);
  if (typeof amount.function === "string" && typeof amount.asset === "string") return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${shown(amount)}, which does not name a function and an asset.`,
    hint: `Write ${option}: { function: "${option}Of", asset: "ETH" }.`,
  });
}

/** US dollars at the fair price. */
export function valueOf(view: View, asset: string, amount: bigint): number {
  return wholeUnits(amount, view.tokenOf(asset).decimals) * view.price(asset);
}

import type { Address } from "viem";

import type { View } from "../view/view.js";
import type { AccountView, ViewValue } from "./account-view.js";
import type { ConditionTarget } from "./condition.js";

import { SiegeError } from "../errors.js";
import { requireKnown, shown } from "../options.js";
import { wholeUnits } from "../quantity/amount.js";
import { requireFunctions } from "../target/functions.js";

import { accountView, requireArguments } from "./account-view.js";

/** A function of the target that returns how much of an asset an account has. */
export interface AmountOf {
  /** Its name: `collateralOf`. It takes an address and returns base units of the asset's token. */
  readonly function: string;
  /** Its arguments, if it takes more than the account: `[token, "account"]`. */
  readonly args?: readonly ViewValue[];
  /** The scenario's asset that it is counted in. */
  readonly asset: string;
}

/** Checks an option that is an {@link AmountOf}. @throws SiegeError `INVALID_OPTION` */
export function requireAmountOf(owner: string, option: string, amount: AmountOf): void {
  if (typeof amount === "object") requireKnown(`${owner}: ${option}`, amount, ["function", "args", "asset"]);
  if (typeof amount.function === "string" && typeof amount.asset === "string") {
    requireArguments(owner, option, amount.args);
    return;
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${shown(amount)}, which does not name a function and an asset.`,
    hint: `Write ${option}: { function: "${option}Of", asset: "ETH" }.`,
  });
}

/**
 * The views of the target that return amounts, in this order.
 *
 * @throws SiegeError `UNSUPPORTED_TARGET` naming all that are missing; `INVALID_OPTION` if arguments do not fit, `UNKNOWN_ACCOUNT`
 */
export function amountViews(
  owner: string,
  target: ConditionTarget,
  amounts: readonly [AmountOf, AmountOf],
  accounts: ReadonlyMap<string, Address>,
): readonly [AccountView, AccountView] {
  const plain = amounts.filter(({ args }) => args === undefined);
  requireFunctions(
    owner,
    target,
    plain.map(({ function: name }) => ({ name, inputs: ["address"] })),
  );
  const viewOf = (amount: AmountOf): AccountView =>
    amount.args === undefined
      ? // its overloads do not count
        { item: requireFunctions(owner, target, [{ name: amount.function, inputs: ["address"] }])[0] }
      : accountView(owner, target, amount, accounts);
  const [one, other] = amounts;
  return [viewOf(one), viewOf(other)];
}

/** US dollars at the fair price. */
export function valueOf(view: View, asset: string, amount: bigint): number {
  return wholeUnits(amount, view.tokenOf(asset).decimals) * view.price(asset);
}

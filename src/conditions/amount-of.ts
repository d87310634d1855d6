import type { View } from "../view/view.js";
import type { AccountView, ViewValue } from "./account-view.js";
import type { ConditionInspectContext } from "./condition.js";
import type { AssetUnit } from "./unit.js";

import { SiegeError } from "../errors.js";
import { requireKnown, shown } from "../options.js";
import { wholeUnits } from "../quantity/amount.js";
import { requireFunctions } from "../target/functions.js";

import { accountView, requireArguments } from "./account-view.js";
import { unitOf } from "./unit.js";

/** A function of the target that returns how much of an asset an account has. */
export interface AmountOf {
  /** Its name: `collateralOf`. It takes an address and returns base units of the asset. */
  readonly function: string;
  /** Its arguments, if it takes more than the account: `[token, "account"]`. */
  readonly args?: readonly ViewValue[];
  /** The scenario's asset that it is counted in: base units of its token, or wei of native coin. */
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

/** A view of an account, and what it is counted in. */
export interface AmountView extends AccountView {
  readonly unit: AssetUnit;
}

/**
 * The views of the target that return amounts, in this order.
 *
 * @throws SiegeError `UNSUPPORTED_TARGET` naming all that are missing; `INVALID_OPTION` if arguments do not fit, `UNKNOWN_ACCOUNT`,
 * `UNKNOWN_ASSET`
 */
export function amountViews(
  owner: string,
  context: ConditionInspectContext,
  amounts: { readonly debt: AmountOf; readonly collateral: AmountOf },
): { readonly debt: AmountView; readonly collateral: AmountView } {
  const { target, accounts } = context;
  const plain = [amounts.collateral, amounts.debt].filter(({ args }) => args === undefined);
  requireFunctions(
    owner,
    target,
    plain.map(({ function: name }) => ({ name, inputs: ["address"] })),
  );
  const viewOf = (option: "collateral" | "debt"): AmountView => {
    const amount = amounts[option];
    const view =
      amount.args === undefined
        ? // its overloads do not count
          { item: requireFunctions(owner, target, [{ name: amount.function, inputs: ["address"] }])[0] }
        : accountView(owner, target, amount, accounts);
    return { ...view, unit: unitOf(owner, option, context, amount.asset) };
  };
  return { collateral: viewOf("collateral"), debt: viewOf("debt") };
}

/** US dollars at the fair price. */
export function valueOf(view: View, { asset, decimals }: AssetUnit, amount: bigint): number {
  return wholeUnits(amount, decimals) * view.price(asset);
}

import type { Address } from "viem";

import type { ChainNumber } from "../protocols/on-chain.js";
import type { AccountView } from "./account-view.js";
import type { ConditionTarget } from "./condition.js";
import type { ChainCall } from "./on-chain.js";
import type { Cast, SimulatedFunction } from "./simulated-call.js";

import { viewOf } from "./account-view.js";
import { placed } from "./simulated-call.js";

/** What a view of the target says of an account. */
export function told(target: Pick<ConditionTarget, "address">, view: AccountView, account: Address): ChainNumber {
  return { kind: "view", ...viewOf(target, view, account) };
}

/**
 * A simulated call as something that a contract can try.
 *
 * @param about - the account that the view of an argument is asked about
 */
export function triedCall(
  target: Pick<ConditionTarget, "address">,
  simulated: SimulatedFunction,
  {
    from,
    about,
    cast,
    accounts,
  }: {
    readonly from: Address;
    readonly about: Address;
    readonly cast: Cast;
    readonly accounts: ReadonlyMap<string, Address>;
  },
): ChainCall {
  const { item, view } = simulated;
  const { values, viewAs } = placed(simulated, cast, accounts);
  return {
    from,
    to: target.address,
    function: item,
    args: values,
    ...(view === undefined || viewAs === undefined
      ? {}
      : { argument: { at: viewAs, number: told(target, view, about) } }),
  };
}

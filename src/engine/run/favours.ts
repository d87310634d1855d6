import type { Scenario } from "../../scenario/scenario.js";
import type { Favour } from "../../view/favour.js";
import type { Inclusion, PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";

import { beneficiariesOf } from "../../protocols/beneficiary.js";
import { isSameAddress } from "../../quantity/address.js";

/**
 * The favours of a block: successful calls that name another account of the scenario as beneficiary. They are rare, and
 * only they are asked for their outcome, which costs a trace where calls are transactions.
 */
export async function favoursIn(
  { executor, frame, scenario, target }: World,
  calls: readonly PlacedCall[],
  inclusions: readonly Inclusion[],
): Promise<readonly Favour[]> {
  if (!readsFavours(scenario)) return [];
  const accounts = [...frame.accounts.values()].filter((account) => !isSameAddress(account, target.address));
  const named = calls.flatMap(({ from, call }, index) => {
    const inclusion = inclusions[index];
    const others = beneficiariesOf(call).filter((to) => !isSameAddress(to, from));
    const to = accounts.filter((account) => others.some((other) => isSameAddress(account, other)));
    return inclusion === undefined || to.length === 0
      ? []
      : [{ inclusion, favours: to.map((one) => ({ from, to: one })) }];
  });
  if (named.length === 0) return [];
  const results = await executor.results(named.map(({ inclusion }) => inclusion));
  return named.flatMap(({ favours }, index) => (results[index]?.success === true ? favours : []));
}

function readsFavours({ conditions }: Scenario): boolean {
  return conditions.some(({ definition }) => definition.favours === true);
}

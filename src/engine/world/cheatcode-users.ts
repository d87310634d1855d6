import type { Address } from "viem";

import type { ReadPlan } from "../../protocols/read-plan.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Chain } from "../chain/chain.js";

import { addressKey } from "../../quantity/address.js";
import { cheatcodesIn } from "../../target/cheatcodes.js";

/** A contract whose code mentions Foundry cheatcodes: a reason why its calls revert, if they all do. */
export interface CheatcodeUser {
  readonly address: Address;
  /** `vm.prank`, in alphabetical order */
  readonly cheatcodes: readonly string[];
}

/** The contracts that use cheatcodes, of those that calls go to: the targets with their implementations, and what conditions read. */
export async function cheatcodeUsers(
  chain: Chain,
  targets: readonly ResolvedTarget[],
  conditions: readonly ReadPlan<unknown>[],
): Promise<readonly CheatcodeUser[]> {
  const read = conditions.flatMap(({ calls, simulations }) => [...calls, ...simulations.flat()].map(({ to }) => to));
  const called = targets.flatMap(({ address, source }) => [
    address,
    ...(source?.proxy?.implementations ?? []).map((one) => one.address),
  ]);
  const addresses = [...called, ...read];
  const users: CheatcodeUser[] = [];
  for (const address of new Map(addresses.map((one) => [addressKey(one), one])).values()) {
    const cheatcodes = cheatcodesIn(await chain.code(address));
    if (cheatcodes.length > 0) users.push({ address, cheatcodes });
  }
  return users;
}

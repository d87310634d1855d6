import type { Address, Hex } from "viem";

import type { World } from "../../world/world.js";

/** STOP: a read plan starts with it, so that it can never run as code. */
export const STOP: Hex = "0x00";

/** The accounts that the batched read impersonates. */
export function simulated({ plan }: Pick<World, "plan">): ReadonlySet<Address> {
  return new Set(plan.simulations.flat().flatMap(({ from }) => (from === undefined ? [] : [from])));
}

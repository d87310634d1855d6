import type { Address, Hex } from "viem";

import type { World } from "../../world/world.js";

import { zeroAddress } from "viem";

import { addressKey } from "../../../quantity/address.js";

/** STOP: a read plan starts with it, so that it can never run as code. */
export const STOP: Hex = "0x00";

/** Their number is one byte. */
const MOST_READ = 255;

/** The accounts that the batched read impersonates. */
export function simulated({ plan }: Pick<World, "plan">): ReadonlySet<Address> {
  return new Set(plan.simulations.flat().flatMap(({ from }) => (from === undefined ? [] : [from])));
}

/** The contracts that the batched read calls: what fits into its gas depends on which of their slots are warm. */
export function read({ plan }: Pick<World, "plan">): readonly Address[] {
  const calls = [...plan.calls, ...plan.simulations.flat()].filter(({ to }) => to !== zeroAddress);
  return [...new Set(calls.map(({ to }) => addressKey(to)))].slice(0, MOST_READ);
}

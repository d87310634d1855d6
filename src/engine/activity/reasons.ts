import type { Abi, Hex } from "viem";

import { revertReason } from "../../conditions/revert-reason.js";

/** The longest reason that is kept, characters. */
const MOST = 80;

/** The most answers that are remembered. */
const MOST_KNOWN = 1_000;

const known = new WeakMap<Abi, Map<Hex, string>>();

/** Why a call reverted, as it is counted: custom errors by their name, so that `Insolvent(5)` and `Insolvent(6)` count together. */
export function reasonOf(returned: Hex, abi: Abi): string {
  const ofAbi = known.get(abi) ?? new Map<Hex, string>();
  known.set(abi, ofAbi);
  const cached = ofAbi.get(returned);
  if (cached !== undefined) return cached;
  const reason = counted(revertReason(returned, abi));
  // reasons with ever new arguments would fill the memory
  if (ofAbi.size < MOST_KNOWN) ofAbi.set(returned, reason);
  return reason;
}

function counted(reason: string): string {
  const name = /^(\w+)\(.+\)$/.exec(reason)?.[1];
  const short = name === undefined ? reason : `${name}(…)`;
  return short.length > MOST ? `${short.slice(0, MOST - 1)}…` : short;
}

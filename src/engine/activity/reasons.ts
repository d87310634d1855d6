import type { Abi, Hex } from "viem";

import type { CustomError, ReasonSource } from "../../conditions/revert-reason.js";

import { decodedRevert } from "../../conditions/revert-reason.js";
import { legible } from "../../quantity/legible.js";

/** The longest reason that is kept, characters. */
const MOST = 80;

/** The most answers that are remembered. */
const MOST_KNOWN = 1_000;

const known = new WeakMap<Abi, Map<Hex, string>>();

/** Why a call reverted, as it is counted: custom errors by their name, so that `Insolvent(5)` and `Insolvent(6)` count together. */
export function reasonOf(returned: Hex, source: ReasonSource): string {
  const ofAbi = known.get(source.abi) ?? new Map<Hex, string>();
  known.set(source.abi, ofAbi);
  const cached = ofAbi.get(returned);
  if (cached !== undefined) return cached;
  const reason = counted(decodedRevert(returned, source));
  // reasons with ever new arguments would fill the memory
  if (ofAbi.size < MOST_KNOWN) ofAbi.set(returned, reason);
  return reason;
}

function counted(reason: CustomError | string): string {
  if (typeof reason === "string") return cut(reason);
  return cut(legible(`${reason.name}(${reason.args.length > 0 ? "…" : ""})`, MOST));
}

function cut(reason: string): string {
  return reason.length > MOST ? `${reason.slice(0, MOST - 1)}…` : reason;
}

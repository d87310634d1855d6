import type { Hex } from "viem";

import type { TimedCall } from "../../../scenario/scenario.js";
import type { ResolvedTarget } from "../../../target/target.js";
import type { Borrowed } from "../../chain/borrowed-connection.js";
import type { Chain } from "../../chain/chain.js";

import { zeroHash } from "viem";

import { revertReason } from "../../../conditions/revert-reason.js";
import { encodeCall } from "../../../protocols/call.js";
import { refusalsIn } from "../../run/refusals.js";

/** The most gas of a call before the siege: a node grants no transaction more (EIP-7825). */
const MOST_GAS = 16_000_000n;

/** What a call returned, or why it was not made. */
export type Made = { readonly returned: Hex } | { readonly why: string };

/**
 * Lets time pass, and makes a call in a block of its own, so that each sees what those before it did. Nobody pays fees: the caller needs no
 * ether but for what it sends, and keeps what it has.
 */
export async function playTimedCall(
  {
    chain,
    borrowed,
    target,
  }: { readonly chain: Chain; readonly borrowed: Borrowed; readonly target: Pick<ResolvedTarget, "abi" | "errors"> },
  { after, interval, made }: TimedCall,
): Promise<Made> {
  const { timestamp: before } = await chain.latest();
  if (after > 0) await chain.pass({ blocks: after, first: before + interval, interval }, zeroHash);
  if (made === undefined) return { returned: "0x" };
  const { as: from, call } = made;
  let data;
  try {
    data = encodeCall(call);
  } catch (error) {
    return { why: `its arguments do not fit (${error instanceof Error ? error.message : String(error)})` };
  }
  await borrowed.impersonate(from);
  const { timestamp, gasLimit } = await chain.latest();
  await chain.prepareBlock({ timestamp: timestamp + interval, baseFee: 0n, prevRandao: zeroHash });
  const value = call.value ?? 0n;
  const { balance } = await chain.account(from);
  if (BigInt(balance) < value) await chain.setBalance(from, value);
  const gas = gasLimit < MOST_GAS ? gasLimit : MOST_GAS;
  const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
  const sent = await chain.send({ from, to: call.to, data, value, gas, ...fees });
  if ("refused" in sent) return { why: `the node refuses it (${sent.refused})` };
  await chain.mine();
  const { success, returned } = await chain.result(sent.hash);
  if (!success) {
    const errors = { abi: target.abi, errors: target.errors ?? [] };
    return { why: `it reverts (${revertReason(returned, errors)})` };
  }
  const receipt = await chain.receipt(sent.hash);
  const [refusal] = refusalsIn(receipt?.logs ?? []);
  if (refusal !== undefined) return { why: `it returns the error code ${refusal.code}` };
  return { returned };
}

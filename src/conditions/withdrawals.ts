import type { AbiFunction, Address, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { Token } from "../protocols/token.js";
import type { NamedAccount } from "./accounts.js";
import type { ConditionTarget } from "./condition.js";

import { erc20Abi, getAbiItem } from "viem";

import { map, simulate } from "../protocols/read-plan.js";
import { numberIn, readCall } from "../target/functions.js";

/** Offset of the first argument in calldata: after the selector. */
const FIRST_ARGUMENT = 4;

const balanceOf: AbiFunction = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/** Who redeems, and with which functions. */
export interface Redemption {
  readonly depositors: readonly NamedAccount[];
  readonly convertToAssets: AbiFunction;
  readonly redeem: AbiFunction;
  readonly request: AbiFunction | undefined;
  readonly asset: Token;
}

/** The result of one depositor's full redemption. */
export interface Withdrawal {
  readonly name: string;
  readonly address: Address;
  /** Base units of the shares. */
  readonly shares: bigint;
  /** What the shares convert to before the first redemption, base units of the asset; `undefined`: the call reverts. */
  readonly promised: bigint | undefined;
  /** What arrives, base units of the asset. */
  readonly paid: bigint;
  /** The revert data if the call reverted. */
  readonly reverted: Hex | undefined;
  /** Whether a request would be accepted. */
  readonly mayAsk: boolean;
}

/**
 * One group of calls: each depositor's shares and what they convert to; then, for each in turn, its balance of the
 * asset, `redeem`, its balance afterwards, and its request for a withdrawal, if there is such a function.
 */
export function withdrawalsPlan(facts: Redemption, target: ConditionTarget): ReadPlan<readonly Withdrawal[]> {
  const { depositors, convertToAssets, redeem, request, asset } = facts;
  const promises = depositors.flatMap(({ address }, index): readonly ReadCall[] => [
    readCall(target.address, balanceOf, [address]),
    { ...readCall(target.address, convertToAssets, [0n]), splice: { from: 2 * index, offset: FIRST_ARGUMENT } },
  ]);
  const withdrawals = depositors.flatMap(({ address }, index): readonly ReadCall[] => [
    readCall(asset.address, balanceOf, [address]),
    {
      ...readCall(target.address, redeem, [0n, address, address], address),
      splice: { from: 2 * index, offset: FIRST_ARGUMENT },
    },
    readCall(asset.address, balanceOf, [address]),
    ...(request === undefined ? [] : [requestCall(target, request, address, 2 * index)]),
  ]);
  const each = request === undefined ? 3 : 4;
  return map(simulate([...promises, ...withdrawals]), (results) =>
    depositors.map((account, index) =>
      withdrawalIn(account, results.slice(2 * index), results.slice(promises.length + each * index).slice(0, each)),
    ),
  );
}

/** @param shares - the position of the call that returns them */
function requestCall(target: ConditionTarget, request: AbiFunction, account: Address, shares: number): ReadCall {
  const args = request.inputs.map(({ type }) => (type === "address" ? account : 0n));
  const at = request.inputs.findIndex(({ type }) => type === "uint256");
  return {
    ...readCall(target.address, request, args, account),
    splice: { from: shares, offset: FIRST_ARGUMENT + 32 * at },
  };
}

function withdrawalIn(
  { name, address }: NamedAccount,
  [shares, promised]: readonly ReadResult[],
  [before, redeemed, after, asked]: readonly ReadResult[],
): Withdrawal {
  return {
    name,
    address,
    shares: numberIn(shares) ?? 0n,
    promised: numberIn(promised),
    paid: (numberIn(after) ?? 0n) - (numberIn(before) ?? 0n),
    reverted: redeemed?.success === false ? redeemed.data : undefined,
    mayAsk: asked?.success === true,
  };
}

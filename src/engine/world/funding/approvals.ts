import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { Approval } from "../../../protocols/preparation.js";
import type { Token } from "../../../protocols/token.js";
import type { BoundProtocol } from "../bind-protocol.js";

import { erc20Abi, maxUint256 } from "viem";

import { call } from "../../../protocols/call.js";
import { addressKey } from "../../../quantity/address.js";

/** Gas of one approval, with room for tokens behind proxies. */
export const APPROVAL_GAS = 150_000n;

/** Lets a spender take all of a token. */
export function approve({ token, spender }: Approval): ContractCall {
  return call({ address: token, abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] });
}

/** The approvals that the protocols ask for, and one of every token for each spender; each pair of token and spender once. */
export function approvalsOf(
  protocols: readonly Pick<BoundProtocol, "approvals">[],
  tokens: readonly Token[],
  spenders: readonly Address[],
): readonly Approval[] {
  const approvals = [
    ...protocols.flatMap((protocol) => protocol.approvals),
    ...tokens.flatMap((token) => spenders.map((spender) => ({ token: token.address, spender }))),
  ];
  return [
    ...new Map(
      approvals.map((approval) => [`${addressKey(approval.token)} ${addressKey(approval.spender)}`, approval]),
    ).values(),
  ];
}

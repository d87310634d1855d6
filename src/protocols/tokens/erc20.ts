import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ProtocolFactory } from "../protocol.js";
import type { Token } from "../token.js";

import { erc20Abi } from "viem";

import { choose, fraction } from "../../quantity/share.js";
import { call } from "../call.js";
import { defineProtocol } from "../protocol.js";
import { attempt, map, read } from "../read-plan.js";

/** What agents see of a token; all balances are in the agents' view itself. */
export interface Erc20View {
  readonly token: Token;
  /** Base units; 0 if the token does not tell. */
  readonly totalSupply: bigint;
  /** A transfer by the caller. @param amount - base units */
  transfer(to: Address, amount: bigint): ContractCall;
}

/**
 * An ERC-20 token. The tokens of assets need not be listed: every asset's token is available under its symbol.
 *
 * Free moves: `transfer`, to any account of the scenario, every second one to the target: donations are attacks, too. It is drawn
 * a quarter as often as other moves.
 */
export const erc20: ProtocolFactory<undefined, Erc20View> = defineProtocol<undefined, { token: Token }, Erc20View>({
  kind: "erc20",
  inspect: async (context, address) => ({ token: await context.token(address) }),
  tokens: ({ token }) => [token],
  observe: ({ token }) =>
    map(attempt(read({ address: token.address, abi: erc20Abi, functionName: "totalSupply" })), (totalSupply = 0n) => ({
      token,
      totalSupply,
      transfer: (to, amount) => transfer(token, to, amount),
    })),
  actions: ({ token }) => [
    {
      name: "transfer",
      operands: 2,
      ordinary: false,
      gives: true,
      seldom: true,
      build: ([whom = 0, amount = 0], { self, balance, accounts, contracts }) => {
        const target = accounts.get("target");
        const others = [...new Set([...accounts.values(), ...contracts.values()])].filter(
          (account) => account !== self && account !== target,
        );
        const to = choose(
          whom,
          target === undefined ? others : [target, ...others.flatMap((other) => [other, target])],
        );
        const sent = fraction(amount, balance(token.address));
        return to === undefined || sent === 0n ? undefined : transfer(token, to, sent);
      },
    },
  ],
});

function transfer(token: Token, to: Address, amount: bigint): ContractCall {
  return call({ address: token.address, abi: erc20Abi, functionName: "transfer", args: [to, amount] });
}

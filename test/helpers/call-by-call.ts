import type { Address, Hex } from "viem";

import type { Oracle, PriceFeedDefinition } from "../../src/oracles/oracle.js";
import type { ActionContext } from "../../src/protocols/action.js";
import type { ContractCall } from "../../src/protocols/call.js";
import type { InspectContext } from "../../src/protocols/contexts.js";
import type { Protocol } from "../../src/protocols/protocol.js";
import type { ReadCall, ReadPlan, ReadResult } from "../../src/protocols/read-plan.js";
import type { Token } from "../../src/protocols/token.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { erc20Abi, maxUint256 } from "viem";

import { Chain } from "../../src/engine/chain/chain.js";
import { prepare } from "../../src/engine/world/prepare.js";
import { encodeCall } from "../../src/protocols/call.js";

/** An adapter against the real contracts, with each of the engine's batched reads done call by call. */

export function callByCall(theFork: () => Fork<MiniMainnetSource>) {
  /** What the engine does with one batched call, done call by call: simulations are plain views here, so only order matters. */
  async function observe<T>(plan: ReadPlan<T>): Promise<T> {
    const call = async ({ to, data }: ReadCall): Promise<ReadResult> => {
      try {
        const params = [{ to, data }, "latest"];
        const answer: unknown = await theFork().connection.provider.request({ method: "eth_call", params });
        return { success: true, data: answer as Hex };
      } catch {
        return { success: false, data: "0x" };
      }
    };
    const calls: ReadResult[] = [];
    for (const plain of plan.calls) calls.push(await call(plain));
    const simulations: ReadResult[][] = [];
    for (const group of plan.simulations) {
      const answers: ReadResult[] = [];
      for (const { splice, ...rest } of group) {
        const at = 2 + 2 * (splice?.offset ?? 0);
        const word = splice === undefined ? "" : (answers[splice.from]?.data.slice(2, 66) ?? "");
        answers.push(
          await call({ ...rest, data: `0x${rest.data.slice(2, at)}${word}${rest.data.slice(at + word.length)}` }),
        );
      }
      simulations.push(answers);
    }
    return plan.decode(calls, simulations);
  }

  function inspectContext(): InspectContext {
    const assets = new Map([
      [theFork().addresses.weth.toLowerCase(), "ETH"],
      [theFork().addresses.usdc.toLowerCase(), "USDC"],
    ]);
    return {
      read: observe,
      token: async (address): Promise<Token> => ({
        address,
        symbol: await theFork().chain.read({ address, abi: erc20Abi }, "symbol", []),
        decimals: await theFork().chain.read({ address, abi: erc20Abi }, "decimals", []),
        asset: assets.get(address.toLowerCase()),
      }),
      hasCode: async (address) =>
        (await theFork().connection.provider.request({ method: "eth_getCode", params: [address, "latest"] })) !== "0x",
      assetTokens: [],
      accounts: new Map(Object.entries(theFork().addresses.users)),
      target: { name: "target", address: theFork().addresses.aaveV3.pool },
    };
  }

  /** A price feed as the engine binds it: what it needs to publish is in place. */
  async function bindFeed<View>(oracle: Oracle<View>) {
    const bound = await bind(oracle);
    const feed = oracle.feed as PriceFeedDefinition<never, never, View>;
    await prepare(new Chain(theFork().connection.provider), feed.prepare?.(bound.facts) ?? []);
    return { ...bound, feed };
  }

  /** A protocol as the engine binds it: its facts bound, its view read again on demand. */
  async function bind<View>(protocol: Protocol<View>, changes: Partial<InspectContext> = {}) {
    const { definition } = protocol;
    const context = { ...inspectContext(), ...changes };
    // as in the engine: options and facts are only passed back to the definition
    const facts = await definition.inspect(context, protocol.address, protocol.options as never);
    const { accounts } = context;
    return {
      facts,
      definition,
      actions: definition.actions?.(facts) ?? [],
      approvals: definition.approvals?.(facts) ?? [],
      view: (): Promise<View> => observe(definition.observe(facts, { accounts })),
    };
  }

  async function send(from: Address, call: ContractCall): Promise<void> {
    await theFork().chain.send({ from, to: call.to, data: encodeCall(call), value: call.value ?? 0n });
  }

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return theFork().chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  async function approve(owner: Address, approvals: readonly { token: Address; spender: Address }[]): Promise<void> {
    for (const { token, spender } of approvals) {
      await theFork().chain.write(owner, { address: token, abi: erc20Abi }, "approve", [spender, maxUint256]);
    }
  }

  /** What a free move of `self` sees: the real balances, read beforehand. */
  async function moveContext<View>(view: View, self: Address): Promise<ActionContext<View>> {
    const { weth, usdc, users } = theFork().addresses;
    const balances = new Map<string, bigint>();
    for (const token of [weth, usdc]) balances.set(token.toLowerCase(), await balanceOf(token, self));
    return {
      view,
      self,
      balance: (token) => balances.get(token.toLowerCase()) ?? 0n,
      accounts: new Map(Object.entries(users)),
      contracts: new Map([["pool", theFork().addresses.uniswapV2.usdcWeth]]),
    };
  }

  return { observe, inspectContext, bind, bindFeed, send, balanceOf, approve, moveContext };
}

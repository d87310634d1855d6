import type { Address } from "viem";

import type { ActionContext } from "../../src/protocols/action.js";
import type { ContractCall } from "../../src/protocols/call.js";
import type { InspectContext } from "../../src/protocols/contexts.js";
import type { Protocol, ProtocolDefinition } from "../../src/protocols/protocol.js";
import type { Token } from "../../src/protocols/token.js";
import type { FixtureFork } from "../fixtures/fixture.js";

import { erc20Abi, maxUint256 } from "viem";

import { Chain } from "../../src/engine/chain/chain.js";
import { LensReader } from "../../src/engine/chain/lens-reader.js";
import { encodeCall } from "../../src/protocols/call.js";

/** A protocol as the engine binds it: its facts found, its view read again and again, through the engine's own Lens. */
export interface Bound<View> {
  readonly definition: ProtocolDefinition<never, never, View>;
  /** Only ever goes back to the definition. */
  readonly facts: never;
  view(): Promise<View>;
  /** What an account owns in it, at fair prices by asset. */
  value(account: Address, prices: Readonly<Record<string, number>>): Promise<number>;
  /** The call of a free move. `undefined`: it makes no sense now. */
  move(name: string, operands: readonly number[], self: Address): Promise<ContractCall | undefined>;
  /** Gives the allowances that the protocol asks for. */
  approve(owner: Address): Promise<void>;
}

/** Binds a protocol to a fork for some accounts by name. WETH stands for ETH, and USDC for USDC. */
export async function bindToFork<View>(
  fork: FixtureFork,
  protocol: Protocol<View>,
  people: Readonly<Record<string, Address>>,
): Promise<Bound<View>> {
  const { chain, addresses } = fork;
  const { definition } = protocol;
  const engine = new Chain(fork.connection.provider);
  const reader = new LensReader(engine);
  const accounts = new Map(Object.entries(people));
  const assets = new Map([
    [addresses.weth.toLowerCase(), "ETH"],
    [addresses.usdc.toLowerCase(), "USDC"],
  ]);
  const context: InspectContext = {
    read: (plan) => reader.read(plan),
    token: async (address): Promise<Token> => ({
      address,
      symbol: await chain.read({ address, abi: erc20Abi }, "symbol", []),
      decimals: await chain.read({ address, abi: erc20Abi }, "decimals", []),
      asset: assets.get(address.toLowerCase()),
    }),
    hasCode: async (address) => (await engine.code(address)) !== "0x",
    assetTokens: [],
    accounts,
    target: { name: "target", address: addresses.aaveV3.pool },
  };
  // as the engine does: options and facts only ever go back to the definition
  const facts = await definition.inspect(context, protocol.address, protocol.options as never);
  const view = async (): Promise<View> => reader.read(definition.observe(facts, { accounts }));
  return {
    definition,
    facts,
    view,
    value: async (account, prices) =>
      definition.value?.(facts)(await view(), account, (asset) => prices[asset] ?? Number.NaN) ?? Number.NaN,
    move: async (name, operands, self) => {
      const action = (definition.actions?.(facts) ?? []).find((candidate) => candidate.name === name);
      if (action === undefined) throw new Error(`no action ${name}`);
      const tokens = (definition.tokens?.(facts) ?? []).map(({ address }) => address);
      return action.build(operands, await moveContext(fork, { view: await view(), self, accounts, tokens }));
    },
    approve: async (owner) => {
      for (const { token, spender } of definition.approvals?.(facts) ?? []) {
        await chain.write(owner, { address: token, abi: erc20Abi }, "approve", [spender, maxUint256]);
      }
    },
  };
}

/** Sends a call as the only transaction of the next block. Throws if it reverts. */
export async function sendCall(
  fork: FixtureFork,
  from: Address,
  call: ContractCall,
): ReturnType<FixtureFork["chain"]["send"]> {
  return fork.chain.send({ from, to: call.to, data: encodeCall(call), value: call.value ?? 0n });
}

interface Moving<View> {
  readonly view: View;
  readonly self: Address;
  readonly accounts: ReadonlyMap<string, Address>;
  /** The protocol's, whose balances it may look at besides WETH and USDC. */
  readonly tokens: readonly Address[];
}

async function moveContext<View>(
  { chain, addresses: { weth, usdc } }: FixtureFork,
  { view, self, accounts, tokens }: Moving<View>,
): Promise<ActionContext<View>> {
  const balances = new Map<string, bigint>();
  for (const address of [weth, usdc, ...tokens]) {
    balances.set(address.toLowerCase(), await chain.read({ address, abi: erc20Abi }, "balanceOf", [self]));
  }
  return {
    view,
    self,
    balance: (token) => balances.get(token.toLowerCase()) ?? 0n,
    accounts,
    contracts: new Map(),
  };
}

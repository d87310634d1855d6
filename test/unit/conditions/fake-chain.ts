import type { Abi, Address, Hex } from "viem";

import type { Condition, ConditionInspectContext } from "../../../src/conditions/condition.js";
import type { Evidence } from "../../../src/conditions/evidence.js";
import type { Failure } from "../../../src/conditions/failure.js";
import type { Unjudged } from "../../../src/conditions/unjudged.js";
import type { ReadCall, ReadPlan, ReadResult } from "../../../src/protocols/read-plan.js";
import type { Role } from "../../../src/protocols/roles/role.js";
import type { Token } from "../../../src/protocols/token.js";
import type { Favour } from "../../../src/view/favour.js";
import type { ActionResult, View } from "../../../src/view/view.js";

import { decodeFunctionData, encodeErrorResult, encodeFunctionResult, getAddress, parseAbi } from "viem";

import { isUnjudged } from "../../../src/conditions/unjudged.js";
import { bindCondition } from "../../../src/engine/world/bind-condition.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";

export const TARGET: Address = "0x00000000000000000000000000000000000000aa";
export const ALICE: Address = "0x0000000000000000000000000000000000000a11";
export const BOB: Address = "0x0000000000000000000000000000000000000b0b";
export const ATTACKER: Address = "0x0000000000000000000000000000000000000bad";

export const USDC: Token = {
  address: "0x00000000000000000000000000000000000000c1",
  symbol: "USDC",
  decimals: 6,
  asset: "USDC",
};
export const WETH: Token = {
  address: "0x00000000000000000000000000000000000000e1",
  symbol: "WETH",
  decimals: 18,
  asset: "ETH",
};

/** A revert with data of its own. */
export class Reverted extends Error {
  readonly data: Hex;

  constructor(data: Hex) {
    super(data);
    this.data = data;
  }
}

/** Handles a call, or throws an `Error` whose message becomes the revert reason, or {@link Reverted}. */
type Handler = (args: readonly unknown[], from: Address | undefined) => unknown;

/** Contracts whose functions are written in JavaScript. */
export interface FakeContract {
  readonly abi: Abi;
  readonly functions: Readonly<Record<string, Handler>>;
}

export interface World {
  readonly contracts: Readonly<Record<Address, FakeContract>>;
  readonly accounts: Readonly<Record<string, Address>>;
  readonly prices?: Readonly<Record<string, number>>;
  readonly worth?: (account: Address, holdings: "start" | "before" | "now") => number;
  /** Whom others did a favour in the last block. */
  readonly favours?: readonly Favour[];
  /** The block after which it is judged. */
  readonly block?: number;
  /** Seconds that passed in a pause before it. */
  readonly paused?: number;
  /** What agents called in it. */
  readonly results?: readonly ActionResult[];
  /** The value of `view.at`. */
  readonly protocol?: unknown;
  readonly lendingMarket?: unknown;
}

const errorAbi = parseAbi(["error Error(string reason)"]);

/** A target, identified by its functions' signatures and results. */
export function contract(signatures: readonly string[], functions: FakeContract["functions"]): FakeContract {
  return { abi: parseAbi(signatures), functions };
}

/**
 * Binds a condition and judges it: the world as it is when `bind` is called is the start of the run, and as it is when
 * `judge` is called is now.
 */
export async function bind(
  condition: Condition,
  world: World,
  changes: Partial<ConditionInspectContext> = {},
): Promise<{ judge(): Evidence | undefined; unjudged(): Unjudged; failures(): readonly Failure[] }> {
  const target = { name: "Vault", address: TARGET, abi: world.contracts[TARGET]?.abi ?? [] } as const;
  const accounts = new Map<string, Address>([...Object.entries(world.accounts), ["target", TARGET]]);
  const tokens = [USDC, WETH];
  const context: ConditionInspectContext = {
    target,
    accounts,
    assetTokens: tokens,
    assets: ["USDC", "ETH"],
    nativeAsset: "ETH",
    protocols: new Map(),
    blocks: 20,
    blockTime: 12,
    read: async (plan) => perform(plan, world),
    token: async (address) => tokens.find((token) => token.address === address.toLowerCase())!,
    hasCode: async (address) => address in world.contracts,
    ...changes,
  };
  const bound = await bindCondition(condition, context);
  const plan = bound.observe({ accounts, target });
  const start = perform(plan, world);
  const view = {
    accounts,
    block: 0,
    tokens: new Map(tokens.map((token) => [token.symbol, token])),
    price: (asset: string) => world.prices?.[asset] ?? Number.NaN,
    tokenOf: (asset: string) => tokens.find((token) => token.asset === asset)!,
    at: () => world.protocol,
    all: (role: Role<unknown>) =>
      new Map(role !== lendingMarket || world.lendingMarket === undefined ? [] : [["lending", world.lendingMarket]]),
  } as unknown as View; // conditions read nothing else
  let memory: unknown;
  const verdict = (): readonly Failure[] | Unjudged =>
    bound.judge({
      reading: perform(plan, world),
      start,
      view: {
        ...view,
        block: world.block ?? 1,
        results: world.results ?? [],
      },
      startView: view,
      paused: { before: world.paused ?? 0, inAll: world.paused ?? 0 },
      interferences: [],
      favours: world.favours ?? [],
      memory,
      remember: (remembered) => {
        memory = remembered;
      },
      target,
      worth: world.worth ?? (() => 0),
    });
  const failures = (): readonly Failure[] => {
    const judged = verdict();
    if (isUnjudged(judged)) throw new Error(`not judged: ${judged.why}`);
    return judged;
  };
  return {
    failures,
    judge: () => failures()[0]?.evidence,
    unjudged: () => {
      const judged = verdict();
      if (isUnjudged(judged)) return judged;
      throw new Error(`judged: ${judged[0]?.evidence.summary ?? "it holds"}`);
    },
  };
}

function perform<T>(plan: ReadPlan<T>, world: World): T {
  return plan.decode(
    performGroup(plan.calls, world),
    plan.simulations.map((calls) => performGroup(calls, world)),
  );
}

function performGroup(calls: readonly ReadCall[], world: World): readonly ReadResult[] {
  const results: ReadResult[] = [];
  for (const call of calls) results.push(performCall(spliced(call, results), world));
  return results;
}

function spliced(call: ReadCall, results: readonly ReadResult[]): ReadCall {
  if (call.splice === undefined) return call;
  const word = results[call.splice.from]!.data.slice(2, 66);
  const at = 2 + call.splice.offset * 2;
  return { ...call, data: `${call.data.slice(0, at)}${word}${call.data.slice(at + 64)}` as Hex };
}

function performCall({ to, data, from }: ReadCall, { contracts }: World): ReadResult {
  const called = contracts[to.toLowerCase() as Address];
  if (called === undefined) return { success: true, data: "0x" };
  const { abi, functions } = called;
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const handler = functions[functionName];
    if (handler === undefined) return { success: false, data: "0x" };
    try {
      const result = handler(args, from === undefined ? undefined : getAddress(from));
      return { success: true, data: encodeFunctionResult({ abi, functionName, result }) };
    } catch (error) {
      if (error instanceof Reverted) return { success: false, data: error.data };
      const reason = (error as Error).message;
      return { success: false, data: encodeErrorResult({ abi: errorAbi, errorName: "Error", args: [reason] }) };
    }
  } catch {
    // there is no such function
    return { success: false, data: "0x" };
  }
}

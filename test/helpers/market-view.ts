import type { Address, Hex } from "viem";

import type { ActContext, Agent, Intent } from "../../src/agents/agent.js";
import type { AaveV3View } from "../../src/protocols/aave-v3/view.js";
import type { ContractCall } from "../../src/protocols/call.js";
import type { ReadResult } from "../../src/protocols/read-plan.js";
import type { Role } from "../../src/protocols/roles/role.js";
import type { Venue } from "../../src/protocols/roles/venue.js";
import type { Token } from "../../src/protocols/token.js";
import type { Erc4626View } from "../../src/protocols/tokens/erc4626.js";
import type { UniswapV2View } from "../../src/protocols/uniswap-v2/view.js";
import type { View } from "../../src/view/view.js";

import { encodeAbiParameters } from "viem";

import { createRandom, mixSeeds } from "../../src/market/random.js";
import { aaveV3Market } from "../../src/protocols/aave-v3/market.js";
import { aaveV3Plan } from "../../src/protocols/aave-v3/view.js";
import { lendingMarket } from "../../src/protocols/roles/lending-market.js";
import { liquidityPool } from "../../src/protocols/roles/liquidity-pool.js";
import { shareVault } from "../../src/protocols/roles/share-vault.js";
import { venue } from "../../src/protocols/roles/venue.js";
import { erc4626 } from "../../src/protocols/tokens/erc4626.js";
import { uniswapV2 } from "../../src/protocols/uniswap-v2/uniswap-v2.js";

import { playedAs } from "./played-as.js";

export const WETH: Token = { address: at(1), symbol: "WETH", decimals: 18, asset: "ETH" };
export const USDC: Token = { address: at(2), symbol: "USDC", decimals: 6, asset: "USDC" };
export const SELF: Address = at(3);
export const DEBTOR: Address = at(4);

export interface Reserves {
  readonly weth: number;
  readonly usdc: number;
}

/** A market of ether and dollars, in whole tokens. What is left out is 0. */
export interface Market {
  /** Fair price of ether, US dollars. */
  readonly price: number;
  /** Aave's price of ether. Default: the fair one. */
  readonly oracle?: number;
  readonly pool: Reserves;
  /** More pools, by name; only venues of the view. */
  readonly pools?: Readonly<Record<string, Reserves>>;
  readonly self?: {
    readonly weth?: number;
    readonly usdc?: number;
    readonly supplied?: number;
    readonly owed?: number;
    /** Of the POOL_SHARES of the pool. */
    readonly liquidity?: number;
  };
  /** What the agent had before the run, if different from now. */
  readonly start?: { readonly weth?: number; readonly usdc?: number };
  /** WETH that DEBTOR has supplied to Aave, and USDC that it owes. */
  readonly debtor?: { readonly supplied: number; readonly owed: number };
  /** What Aave's lenders have supplied, and the USDC of it that is borrowed. Default: plenty, and nothing. */
  readonly lent?: { readonly weth: number; readonly usdc: number; readonly borrowed?: number };
  /** A vault of USDC: what a share is worth, and how many SELF and others have. */
  readonly vault?: { readonly sharePrice: number; readonly own: number; readonly others: number };
  /** Gwei. */
  readonly baseFee?: number;
  readonly block?: number;
}

/** Asks an agent what it does in a market. The views are those of the adapters, decoded from what a chain would return. */
export function ask(agent: Agent, market: Market, seed = 1): readonly Intent[] {
  return askInTurn(agent, [market], seed)[0] ?? [];
}

/** Asks an agent block by block; it keeps its memory. */
export function askInTurn(agent: Agent, markets: readonly Market[], seed = 1): readonly (readonly Intent[])[] {
  let { memory } = agent;
  const remember = (value: unknown): void => void (memory = value);
  const [first] = markets;
  return markets.map((market, index) =>
    askOnce(agent, { block: index + 1, ...market }, first!, {
      memory,
      remember,
      random: createRandom(mixSeeds(seed, index)),
    }),
  );
}

function askOnce(
  agent: Agent,
  market: Market,
  first: Market,
  given: Pick<ActContext, "memory" | "remember" | "random">,
): readonly Intent[] {
  const { self = {} } = market;
  const intents: Intent[] = [];
  const context: ActContext = {
    ...given,
    view: viewOf(market, self),
    start: viewOf(first, market.start ?? first.self ?? {}),
    self: { name: agent.role, address: SELF },
    submit: (intent: ContractCall | Intent) => intents.push("call" in intent ? intent : { call: intent }),
  };
  agent.act?.(context);
  return intents;
}

function viewOf(market: Market, held: { readonly weth?: number; readonly usdc?: number }): View {
  const views: Readonly<Record<string, () => unknown>> = {
    uniswapV2: () => poolView(market),
    aaveV3: () => lendingView(market),
    erc4626: () => vaultView(market),
  };
  const players = new Map<Role<unknown>, () => ReadonlyMap<string, unknown>>([
    [venue, () => venuesOf(market)],
    [lendingMarket, () => new Map([["lending", aaveV3Market(lendingView(market))]])],
    [liquidityPool, () => new Map([["pool", playedAs(POOL.definition, liquidityPool, poolView(market))]])],
    [shareVault, () => new Map([["vault", playedAs(VAULT.definition, shareVault, vaultView(market))]])],
  ]);
  return {
    block: market.block ?? 1,
    timestamp: 12,
    baseFee: BigInt(Math.round((market.baseFee ?? 0) * 1e9)),
    gasPrice: BigInt(Math.round((market.baseFee ?? 0) * 1e9)),
    pending: [],
    accounts: new Map([["debtor", DEBTOR]]),
    target: { name: "target", address: at(9) },
    nativeAsset: "ETH",
    tokens: new Map([WETH, USDC].map((token) => [token.symbol, token])),
    price: (asset) => (asset === "ETH" ? market.price : 1),
    tokenOf: (asset) => (asset === "ETH" ? WETH : USDC),
    balance: (token, account) =>
      account === SELF ? (token === WETH.address ? ether(held.weth) : dollars(held.usdc)) : 0n,
    nativeBalance: () => 10n ** 20n,
    results: [],
    // decoded on demand, as in the engine
    all: <T>(role: Role<T>) => (players.get(role)?.() ?? new Map()) as ReadonlyMap<string, T>,
    shortfalls: new Map(),
    // the test has put in what it asks for
    at: ({ kind }) => views[kind]?.() as never,
  };
}

/** Liquidity tokens that there are of a pool. */
export const POOL_SHARES = 1_000;

const POOL = uniswapV2(at(5), { router: at(6) });
const VAULT = erc4626(at(8));

/** What every agent sees of a pool. */
function venueOf(view: UniswapV2View): Venue {
  return playedAs(POOL.definition, venue, view);
}

/** The venues of a market: its pool, and the others. */
export function venuesOf({ pool, pools = {} }: Pick<Market, "pool" | "pools">): ReadonlyMap<string, Venue> {
  return new Map(
    Object.entries({ pool, ...pools }).map(([name, reserves]) => [name, venueOf(poolView({ pool: reserves }))]),
  );
}

/** The adapter's view of a pool with these reserves. */
export function poolView({ pool, self: { liquidity } = {} }: Pick<Market, "pool" | "self">): UniswapV2View {
  const liquidityToken = { address: at(5), symbol: "UNI-V2", decimals: 18, asset: undefined };
  const facts = { pair: at(5), router: at(6), tokens: [USDC, WETH], liquidityToken };
  const plan = POOL.definition.observe(facts as never, { accounts: new Map([["self", SELF]]) });
  const reserves = words(dollars(pool.usdc), ether(pool.weth), 0n);
  return plan.decode([reserves, words(ether(POOL_SHARES)), words(ether(liquidity))], []);
}

/** The adapter's view of a vault. */
export function vaultView({ vault = { sharePrice: 1, own: 0, others: 0 } }: Pick<Market, "vault">): Erc4626View {
  const { sharePrice, own, others } = vault;
  const facts = { address: at(12), asset: USDC, shares: { address: at(12), symbol: "SHARE", decimals: 6 } };
  const plan = erc4626(at(12)).definition.observe(facts as never, { accounts: new Map([["self", SELF]]) });
  const [total, shares] = [own + others, words(dollars(own))];
  return plan.decode(
    [total * sharePrice, total, sharePrice].map((amount) => words(dollars(amount))),
    [[shares, words(dollars(own * sharePrice))]],
  );
}

/** The adapter's view of a market with the risk parameters of the mini mainnet. */
export function lendingView({
  price,
  oracle = price,
  self = {},
  debtor,
  lent = { weth: 5_000, usdc: 1e7 },
}: Market): AaveV3View {
  const reserve = { aToken: at(7), variableDebtToken: at(8), takesDeposits: true, lends: true, flashLends: true };
  const facts = {
    pool: at(10),
    oracle: at(11),
    watch: [],
    flashPremium: 9n,
    reserves: [
      { ...reserve, token: WETH, liquidationThreshold: 0.825, liquidationBonus: 0.05, liquidationProtocolFee: 0.1 },
      { ...reserve, token: USDC, liquidationThreshold: 0.8, liquidationBonus: 0.045, liquidationProtocolFee: 0.1 },
    ],
  };
  const position = (supplied = 0, owed = 0): readonly ReadResult[] => {
    const [collateral, debt] = [base(supplied * oracle), base(owed)];
    const factor = debt === 0n ? 2n ** 256n - 1n : (collateral * 825n * 10n ** 15n) / debt;
    const available = (collateral * 8n) / 10n - debt;
    return [
      words(collateral, debt, available > 0n ? available : 0n, 8250n, 8000n, factor),
      ...[ether(supplied), 0n, 0n, dollars(owed)].map((word) => words(word)),
    ];
  };
  return aaveV3Plan(facts, [SELF, DEBTOR]).decode(
    [
      words(base(oracle)),
      words(base(1)),
      ...position(self.supplied, self.owed),
      ...position(debtor?.supplied, debtor?.owed),
      ...[lent.weth, lent.weth].map((amount) => words(ether(amount))),
      ...[lent.usdc, lent.usdc - (lent.borrowed ?? 0)].map((amount) => words(dollars(amount))),
    ],
    [],
  );
}

export function ether(amount = 0): bigint {
  return BigInt(Math.round(amount * 1e9)) * 10n ** 9n;
}

export function dollars(amount = 0): bigint {
  return BigInt(Math.round(amount * 1e6));
}

function base(value: number): bigint {
  return BigInt(Math.round(value * 1e8));
}

function words(...values: readonly bigint[]): ReadResult {
  const data: Hex = encodeAbiParameters(
    values.map(() => ({ type: "uint256" })),
    values,
  );
  return { success: true, data };
}

function at(number: number): Address {
  return `0x${number.toString(16).padStart(40, "0")}`;
}

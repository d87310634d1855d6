import type { Address } from "viem";

import type { AddressBook } from "../address-book.js";
import type { Artifact } from "../artifact.js";
import type { Contract, PinnedChain } from "../pinned-chain.js";

import { keccak256, maxUint256, parseAbi, parseEther, toBytes, zeroHash } from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { erc20Abi, mintableAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";

import { curieArtifact, perpOracleArtifact, uniswapV3Artifact } from "./perp-v2-artifacts.js";

/** The pool's swap fee, which the exchange replaces by its own; six decimals. */
const POOL_FEE = 10_000;

/** The exchange's fee and the insurance fund's part of it, as on Optimism in 2023; six decimals. */
const EXCHANGE_FEE = 1_000;
const INSURANCE_FUND_FEE = 200_000;

/** The most that the price may move in 15 seconds, ticks: about 10 %, the most that the exchange admits. */
const MAX_TICKS = 1_000;

/** The price at the start, and between which ticks the maker lends: from 1,000 to 4,000 dollars. */
const PRICE = 2_000n;
const RANGE = { lowerTick: 69_000, upperTick: 83_000 } as const;

/** Seconds of price history that the mark price looks back on. */
const HISTORY = 1_800;

/** Room in the pool for that history, a price in each block, with some to spare. */
const OBSERVATIONS = 300;

const DOLLAR = 10n ** 6n;

/** What the maker lends of each side, and what backs it; the insurance fund; all in dollars. */
const MAKER = { lent: 5_000_000n, collateral: 2_000_000n };
const INSURANCE = 100_000n;

/** Dollars deposited, and the size of the position opened with it, in dollars. */
const TRADERS = {
  /** 3 x long */
  careful: { collateral: 20_000n, notional: 60_000n, isShort: false },
  /** 8 x long: liquidatable when ether falls by about 6 % */
  reckless: { collateral: 20_000n, notional: 160_000n, isShort: false },
  /** 5 x short */
  bear: { collateral: 20_000n, notional: 100_000n, isShort: true },
} as const;

export type PerpV2Trader = keyof typeof TRADERS;

/** A market of Perpetual Protocol V2 on ether, with a maker, traders and an insurance fund. */
export interface PerpV2Deployment {
  readonly clearingHouse: Contract<Artifact["abi"]>;
  readonly config: Contract<Artifact["abi"]>;
  readonly vault: Contract<Artifact["abi"]>;
  readonly accountBalance: Contract<Artifact["abi"]>;
  readonly exchange: Contract<Artifact["abi"]>;
  readonly insuranceFund: Contract<Artifact["abi"]>;
  readonly baseToken: Contract<Artifact["abi"]>;
  readonly pool: Contract<Artifact["abi"]>;
  /** Owns all contracts. */
  readonly deployer: Address;
  readonly maker: Address;
  readonly traders: Readonly<Record<PerpV2Trader, Address>>;
}

const poolInitAbi = parseAbi([
  "function initialize(uint160 sqrtPriceX96)",
  "function increaseObservationCardinalityNext(uint16 observationCardinalityNext)",
]);

/**
 * Deploys and wires the protocol on a chain with USDC and a Chainlink feed of ether, with the parameters that it had on
 * Optimism.
 *
 * @param options.liquidationPenalty - what a liquidated trader pays, six decimals; 25,000 (2.5 %) if left out
 */
export async function deployPerpV2(
  chain: PinnedChain,
  { usdc, chainlink }: Pick<AddressBook, "usdc" | "chainlink">,
  options: { readonly liquidationPenalty?: number } = {},
): Promise<PerpV2Deployment> {
  const deployer = await funded(chain, "deployer");
  const at = async (artifact: Artifact, args: readonly unknown[] = []): Promise<Contract<Artifact["abi"]>> => ({
    address: await chain.deploy(deployer, artifact, args),
    abi: artifact.abi,
  });
  const write = async (contract: Contract<Artifact["abi"]>, name: string, ...args: readonly unknown[]) =>
    chain.write(deployer, contract, name, args);

  // 40 minutes until the feed counts as dead, and the interval whose average price it keeps, as on Optimism
  const feed = await at(perpOracleArtifact("ChainlinkPriceFeedV3"), [chainlink.ethUsd, 2_400n, 900n]);
  const dispatcher = await at(perpOracleArtifact("PriceFeedDispatcher"), [feed.address]);
  const baseToken = await at(curieArtifact("BaseToken"));
  await write(baseToken, "initialize", "vETH", "vETH", dispatcher.address);
  let quoteToken = await at(curieArtifact("QuoteToken"));
  // the registry wants the base token to be the first of the pool
  while (quoteToken.address.toLowerCase() < baseToken.address.toLowerCase()) {
    quoteToken = await at(curieArtifact("QuoteToken"));
  }
  await write(quoteToken, "initialize", "vUSD", "vUSD");
  const factory = await at(uniswapV3Artifact("UniswapV3Factory"));
  const pool = await openPool(chain, deployer, factory, baseToken.address, quoteToken.address);

  const config = await at(curieArtifact("ClearingHouseConfig"));
  await write(config, "initialize");
  await write(config, "setSettlementTokenBalanceCap", maxUint256);
  await write(config, "setLiquidationPenaltyRatio", options.liquidationPenalty ?? 25_000);
  const registry = await at(curieArtifact("MarketRegistry"));
  await write(registry, "initialize", factory.address, quoteToken.address);
  const orderBook = await at(curieArtifact("OrderBook"));
  await write(orderBook, "initialize", registry.address);
  const exchange = await at(curieArtifact("Exchange"));
  await write(exchange, "initialize", registry.address, orderBook.address, config.address);
  const accountBalance = await at(curieArtifact("AccountBalance"));
  await write(accountBalance, "initialize", config.address, orderBook.address);
  const insuranceFund = await at(curieArtifact("InsuranceFund"));
  await write(insuranceFund, "initialize", usdc);
  const vault = await at(curieArtifact("Vault"));
  const parts = [insuranceFund, config, accountBalance, exchange].map(({ address }) => address);
  await write(vault, "initialize", ...parts);
  const collateral = await at(curieArtifact("CollateralManager"));
  const limits = [5, 750_000, 500_000, 2_000, 30_000, 10_000n * DOLLAR, 500n * DOLLAR];
  await write(collateral, "initialize", config.address, vault.address, ...limits);
  const clearingHouse = await at(curieArtifact("ClearingHouse"));
  const house = [config, vault, quoteToken, factory, exchange, accountBalance, insuranceFund];
  await write(clearingHouse, "initialize", ...house.map(({ address }) => address));

  await write(exchange, "setAccountBalance", accountBalance.address);
  await write(orderBook, "setExchange", exchange.address);
  await write(vault, "setCollateralManager", collateral.address);
  await write(insuranceFund, "setVault", vault.address);
  await write(accountBalance, "setVault", vault.address);
  for (const token of [baseToken, quoteToken]) {
    await write(token, "mintMaximumTo", clearingHouse.address);
    await write(token, "addWhitelist", clearingHouse.address);
    await write(token, "addWhitelist", pool.address);
  }
  for (const part of [registry, orderBook, exchange, accountBalance, vault]) {
    await write(part, "setClearingHouse", clearingHouse.address);
  }
  await write(registry, "addPool", baseToken.address, POOL_FEE);
  await write(registry, "setFeeRatio", baseToken.address, EXCHANGE_FEE);
  await write(registry, "setInsuranceFundFeeRatio", baseToken.address, INSURANCE_FUND_FEE);
  await write(exchange, "setMaxTickCrossedWithinBlock", baseToken.address, MAX_TICKS);

  // without as much history as the mark price looks back on, the pool reverts
  const { timestamp } = await chain.latest();
  const until = BigInt(timestamp) + BigInt(HISTORY);
  for (let now = 0n; now < until; now = BigInt((await chain.latest()).timestamp)) {
    await chain.send({ from: deployer, to: deployer });
  }

  const usd = { address: usdc, abi: mintableAbi };
  await chain.write(deployer, usd, "mint", [insuranceFund.address, INSURANCE * DOLLAR]);
  const deposit = async (account: Address, dollars: bigint): Promise<void> => {
    await chain.write(account, usd, "mint", [account, dollars * DOLLAR]);
    await chain.write(account, { address: usdc, abi: erc20Abi }, "approve", [vault.address, dollars * DOLLAR]);
    await chain.write(account, vault, "deposit", [usdc, dollars * DOLLAR]);
  };
  const maker = await funded(chain, "maker");
  await deposit(maker, MAKER.collateral);
  const order = {
    baseToken: baseToken.address,
    base: (MAKER.lent * 10n ** 18n) / PRICE,
    quote: MAKER.lent * 10n ** 18n,
    ...RANGE,
    minBase: 0n,
    minQuote: 0n,
    useTakerBalance: false,
    deadline: maxUint256,
  };
  await chain.write(maker, clearingHouse, "addLiquidity", [order]);
  const traders = {} as Record<PerpV2Trader, Address>;
  for (const name of ["bear", "careful", "reckless"] as const) {
    const { collateral: dollars, notional, isShort } = TRADERS[name];
    const trader = await funded(chain, name);
    await deposit(trader, dollars);
    const position = {
      baseToken: baseToken.address,
      isBaseToQuote: isShort,
      isExactInput: !isShort,
      amount: notional * 10n ** 18n,
      oppositeAmountBound: 0n,
      deadline: maxUint256,
      sqrtPriceLimitX96: 0n,
      referralCode: zeroHash,
    };
    await chain.write(trader, clearingHouse, "openPosition", [position]);
    traders[name] = trader;
  }
  return {
    clearingHouse,
    config,
    vault,
    accountBalance,
    exchange,
    insuranceFund,
    baseToken,
    pool,
    deployer,
    maker,
    traders,
  };
}

/** An account of this cast, with ether for gas. */
async function funded(chain: PinnedChain, name: string): Promise<Address> {
  const account = privateKeyToAddress(keccak256(toBytes(`hardhat-siege cast, perp v2: ${name}`)));
  await chain.send({ from: ACCOUNTS.whale, to: account, value: parseEther("100") });
  return account;
}

async function openPool(
  chain: PinnedChain,
  deployer: Address,
  factory: Contract<Artifact["abi"]>,
  base: Address,
  quote: Address,
): Promise<Contract<Artifact["abi"]>> {
  await chain.write(deployer, factory, "createPool", [base, quote, POOL_FEE]);
  const { abi } = uniswapV3Artifact("UniswapV3Pool");
  // the artifact's ABI defines the return type, but viem cannot infer it from an untyped ABI
  const address = (await chain.read(factory, "getPool", [base, quote, POOL_FEE])) as Address;
  const pool = { address, abi: poolInitAbi };
  await chain.write(deployer, pool, "initialize", [sqrtPriceX96(PRICE)]);
  await chain.write(deployer, pool, "increaseObservationCardinalityNext", [OBSERVATIONS]);
  return { address, abi };
}

function sqrtPriceX96(price: bigint): bigint {
  return root(price << 192n);
}

/** Integer square root, rounded down (Newton's method). */
function root(value: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (let next = (x + value / x) / 2n; next < x; next = (x + value / x) / 2n) x = next;
  return x;
}

import type { Address, Hex } from "viem";

import type { AddressBook } from "../address-book.js";
import type { Contract, PinnedChain } from "../pinned-chain.js";

import { keccak256, maxUint256, parseAbi, parseEther, parseUnits, toBytes, zeroAddress } from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { erc20Abi, mintableAbi, wethAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";
import { aaveArtifact, venusArtifact } from "../artifact.js";

/** A market of Compound v2: the token that it takes, and the one that it gives for it. */
export interface CompoundV2MarketAddresses {
  readonly underlying: Address;
  readonly cToken: Address;
}

/** Compound v2 with its people. */
export interface CompoundV2Deployment {
  /** The Unitroller, which is the comptroller's address. */
  readonly comptroller: Address;
  readonly oracle: Address;
  readonly weth: CompoundV2MarketAddresses;
  readonly usdc: CompoundV2MarketAddresses;
  /** The market of a new token, at 10 dollars each; only if `fresh` asks for it. */
  readonly fresh: CompoundV2MarketAddresses | undefined;
  /** Who owns everything. */
  readonly deployer: Address;
  readonly users: Readonly<Record<CompoundV2User, Address>>;
}

/** Options of {@link deployCompoundV2}. */
export interface CompoundV2DeploymentOptions {
  /**
   * Lists a third market with a collateral factor of 70 %: `empty`, as Hundred Finance and Onyx did before they were robbed in
   * 2023, or with a first supply that belongs to no account (`burnt`), as has been done since.
   */
  readonly fresh?: "empty" | "burnt";
}

/** What they supply and borrow, whole tokens; in this order. */
const USERS = {
  supplier: { supplies: { weth: 2_000, usdc: 3_000_000 }, borrows: {} },
  /** limit 160,000 dollars: liquidatable when ether falls by more than 3 % */
  brave: { supplies: { weth: 100 }, borrows: { usdc: 155_000 } },
  /** when it falls by more than 37 % */
  calm: { supplies: { weth: 100 }, borrows: { usdc: 100_000 } },
  /** when it rises by more than 33 % */
  bear: { supplies: { usdc: 100_000 }, borrows: { weth: 30 } },
} as const satisfies Readonly<Record<string, Readonly<Record<"supplies" | "borrows", Amounts>>>>;

type Amounts = Partial<Readonly<Record<"weth" | "usdc", number>>>;

export type CompoundV2User = keyof typeof USERS;

const MANTISSA = 10n ** 18n;

/** Compound's own on mainnet. */
const CLOSE_FACTOR = MANTISSA / 2n;
const LIQUIDATION_INCENTIVE = (108n * MANTISSA) / 100n;

/** Decimals of all cTokens; one of them is first worth 0.02 of its token, as everywhere. */
const DECIMALS = 8;

/** The burn address. */
const DEAD: Address = "0x000000000000000000000000000000000000dEaD";

const comptrollerAbi = parseAbi([
  "function _setPendingImplementation(address implementation) returns (uint256)",
  "function _become(address unitroller)",
  "function _setPriceOracle(address oracle) returns (uint256)",
  "function _setCloseFactor(uint256 factor) returns (uint256)",
  "function _setLiquidationIncentive(uint256 incentive) returns (uint256)",
  "function _supportMarket(address cToken) returns (uint256)",
  "function _setCollateralFactor(address cToken, uint256 factor) returns (uint256)",
  "function enterMarkets(address[] cTokens) returns (uint256[])",
]);

const cTokenAbi = parseAbi([
  "function _setReserveFactor(uint256 factor) returns (uint256)",
  "function mint(uint256 amount) returns (uint256)",
  "function borrow(uint256 amount) returns (uint256)",
]);

const oracleAbi = parseAbi([
  "function setFeed(string symbol, address feed)",
  "function setDirectPrice(address asset, uint256 price)",
]);

/**
 * Compound v2 as Venus forked and compiled it: its comptroller (generation 5, before access control and supply caps), its
 * cTokens behind delegators, its jump rate model, and its price oracle, which reads the Chainlink feeds. Two markets have
 * suppliers and borrowers.
 */
export async function deployCompoundV2(
  chain: PinnedChain,
  { weth, usdc, chainlink }: Pick<AddressBook, "weth" | "usdc" | "chainlink">,
  { fresh }: CompoundV2DeploymentOptions = {},
): Promise<CompoundV2Deployment> {
  const deployer = await funded(chain, "deployer");
  const deploy = async (path: string, args: readonly unknown[] = []): Promise<Address> =>
    chain.deploy(deployer, venusArtifact(path), args);

  const comptroller = { address: await deploy("Comptroller/Unitroller"), abi: comptrollerAbi };
  const implementation = { address: await deploy("Comptroller/ComptrollerG5"), abi: comptrollerAbi };
  await chain.write(deployer, comptroller, "_setPendingImplementation", [implementation.address]);
  await chain.write(deployer, implementation, "_become", [comptroller.address]);

  // prices of the last day
  const oracle = { address: await deploy("Oracle/VenusChainlinkOracle", [86_400n]), abi: oracleAbi };
  await chain.write(deployer, oracle, "setFeed", ["WETH", chainlink.ethUsd]);
  await chain.write(deployer, oracle, "setFeed", ["USDC", chainlink.usdcUsd]);
  await chain.write(deployer, comptroller, "_setPriceOracle", [oracle.address]);
  await chain.write(deployer, comptroller, "_setCloseFactor", [CLOSE_FACTOR]);
  await chain.write(deployer, comptroller, "_setLiquidationIncentive", [LIQUIDATION_INCENTIVE]);

  // a year's interest: none at first, 5 % more for all that is lent, and 109 % from 80 % on
  const rates = await deploy("InterestRateModels/JumpRateModel", [
    0n,
    MANTISSA / 20n,
    (109n * MANTISSA) / 100n,
    (8n * MANTISSA) / 10n,
  ]);
  const delegate = await deploy("Tokens/VTokens/VBep20Delegate");
  const list: List = async (underlying, { symbol, decimals, collateralFactor }) => {
    const address = await deploy("Tokens/VTokens/VBep20Delegator", [
      underlying,
      comptroller.address,
      rates,
      // a mantissa, for base units of the token by base units of the cToken
      (2n * 10n ** BigInt(16 + decimals)) / 10n ** BigInt(DECIMALS),
      `Compound ${symbol}`,
      `c${symbol}`,
      DECIMALS,
      deployer,
      delegate,
      "0x" satisfies Hex,
    ]);
    await chain.write(deployer, { address, abi: cTokenAbi }, "_setReserveFactor", [MANTISSA / 10n]);
    await chain.write(deployer, comptroller, "_supportMarket", [address]);
    const factor = (MANTISSA * BigInt(collateralFactor)) / 100n;
    await chain.write(deployer, comptroller, "_setCollateralFactor", [address, factor]);
    return { underlying, cToken: address };
  };
  const markets = {
    weth: await list(weth, { symbol: "WETH", decimals: 18, collateralFactor: 80 }),
    usdc: await list(usdc, { symbol: "USDC", decimals: 6, collateralFactor: 80 }),
  };
  const users = await openPositions(chain, comptroller, markets);
  const third = fresh === undefined ? undefined : await listFresh({ chain, deployer, oracle, list }, fresh);
  return { comptroller: comptroller.address, oracle: oracle.address, ...markets, fresh: third, deployer, users };
}

type List = (
  underlying: Address,
  settings: { readonly symbol: string; readonly decimals: number; readonly collateralFactor: number },
) => Promise<CompoundV2MarketAddresses>;

interface Listing {
  readonly chain: PinnedChain;
  readonly deployer: Address;
  readonly oracle: Contract<typeof oracleAbi>;
  readonly list: List;
}

async function listFresh(
  { chain, deployer, oracle, list }: Listing,
  state: NonNullable<CompoundV2DeploymentOptions["fresh"]>,
): Promise<CompoundV2MarketAddresses> {
  const token = await chain.deploy(deployer, aaveArtifact("mocks/tokens/MintableERC20"), ["Fresh Token", "FRESH", 18]);
  await chain.write(deployer, oracle, "setDirectPrice", [token, 10n * MANTISSA]);
  const market = await list(token, { symbol: "FRESH", decimals: 18, collateralFactor: 70 });
  if (state === "empty") return market;
  const amount = parseEther("100");
  await mint(chain, deployer, market, amount, async () => {
    await chain.write(deployer, { address: token, abi: mintableAbi }, "mint", [deployer, amount]);
  });
  const cToken = { address: market.cToken, abi: erc20Abi };
  await chain.write(deployer, cToken, "transfer", [DEAD, await chain.read(cToken, "balanceOf", [deployer])]);
  return market;
}

async function openPositions(
  chain: PinnedChain,
  comptroller: Contract<typeof comptrollerAbi>,
  markets: Readonly<Record<"weth" | "usdc", CompoundV2MarketAddresses>>,
): Promise<Readonly<Record<CompoundV2User, Address>>> {
  const users: Record<CompoundV2User, Address> = {
    supplier: zeroAddress,
    brave: zeroAddress,
    calm: zeroAddress,
    bear: zeroAddress,
  };
  const { weth, usdc } = markets;
  for (const [name, { supplies, borrows }] of entries(USERS)) {
    const user = await funded(chain, name);
    users[name] = user;
    await chain.write(user, comptroller, "enterMarkets", [[weth.cToken, usdc.cToken]]);
    if (supplies.weth !== undefined) {
      const amount = parseEther(String(supplies.weth));
      await mint(chain, user, weth, amount, async () => {
        await chain.write(user, { address: weth.underlying, abi: wethAbi }, "deposit", [], amount);
      });
    }
    if (supplies.usdc !== undefined) {
      const amount = parseUnits(String(supplies.usdc), 6);
      await mint(chain, user, usdc, amount, async () => {
        await chain.write(user, { address: usdc.underlying, abi: mintableAbi }, "mint", [user, amount]);
      });
    }
    for (const [market, amount] of [
      [weth, parseEther(String(borrows.weth ?? 0))],
      [usdc, parseUnits(String(borrows.usdc ?? 0), 6)],
    ] as const) {
      if (amount > 0n) await chain.write(user, { address: market.cToken, abi: cTokenAbi }, "borrow", [amount]);
    }
  }
  return users;
}

/** Supplies what `obtain` gets. */
async function mint(
  chain: PinnedChain,
  user: Address,
  { underlying, cToken }: CompoundV2MarketAddresses,
  amount: bigint,
  obtain: () => Promise<void>,
): Promise<void> {
  await obtain();
  await chain.write(user, { address: underlying, abi: erc20Abi }, "approve", [cToken, maxUint256]);
  await chain.write(user, { address: cToken, abi: cTokenAbi }, "mint", [amount]);
}

function entries(
  users: Readonly<Record<CompoundV2User, { readonly supplies: Amounts; readonly borrows: Amounts }>>,
): readonly (readonly [CompoundV2User, { readonly supplies: Amounts; readonly borrows: Amounts }])[] {
  // USERS is a literal: it has these keys and no others
  return Object.entries(users) as [CompoundV2User, { readonly supplies: Amounts; readonly borrows: Amounts }][];
}

/** An account of this cast, with ether: the addresses of what it deploys depend on nothing else that is on the chain. */
async function funded(chain: PinnedChain, name: string): Promise<Address> {
  const account = privateKeyToAddress(keccak256(toBytes(`hardhat-siege cast, compound v2: ${name}`)));
  await chain.send({ from: ACCOUNTS.whale, to: account, value: parseEther("2100") });
  return account;
}

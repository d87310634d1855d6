import type { Address, Hex } from "viem";

import type { AddressBook } from "../address-book.js";
import type { Contract, PinnedChain } from "../pinned-chain.js";

import {
  encodeAbiParameters,
  keccak256,
  maxUint256,
  parseAbi,
  parseAbiParameters,
  parseEther,
  parseUnits,
  toBytes,
  zeroAddress,
} from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { fixtureArtifact } from "../../fixtures/artifact.js";
import { erc20Abi, mintableAbi, wethAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";

import { morphoBlueArtifacts } from "./morpho-blue-artifacts.js";

/** A market's parameters, as Morpho Blue takes them. */
export interface MorphoBlueMarket {
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  readonly lltv: bigint;
}

/** Morpho Blue with one market and its people. */
export interface MorphoBlueDeployment {
  readonly morpho: Address;
  readonly market: MorphoBlueMarket;
  readonly id: Hex;
  /** Who owns everything, and receives the fees. */
  readonly deployer: Address;
  readonly users: Readonly<Record<MorphoBlueUser, Address>>;
}

/** Options of {@link deployMorphoBlue}. */
export interface MorphoBlueDeploymentOptions {
  /** A year's interest is the share of the supply that is lent, a tenth of it as a fee; or there is none. */
  readonly interest?: "by utilization" | "none";
}

/** What they lend, pledge and borrow, whole tokens; in this order. */
const USERS = {
  lender: { usdc: 1_000_000, weth: 0, borrows: 0 },
  saver: { usdc: 200_000, weth: 0, borrows: 0 },
  /** health factor 1.04 */
  brave: { usdc: 0, weth: 100, borrows: 165_000 },
  /** 1.43 */
  calm: { usdc: 0, weth: 100, borrows: 120_000 },
  /** 2.15 */
  careful: { usdc: 0, weth: 50, borrows: 40_000 },
} as const;

export type MorphoBlueUser = keyof typeof USERS;

/** Of the WETH/USDC markets on mainnet, this one lends most. */
const LLTV = (86n * 10n ** 18n) / 100n;

const FEE = 10n ** 17n;

const morphoAbi = parseAbi([
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function enableIrm(address irm)",
  "function enableLltv(uint256 lltv)",
  "function createMarket(MarketParams marketParams)",
  "function setFee(MarketParams marketParams, uint256 newFee)",
  "function setFeeRecipient(address newFeeRecipient)",
  "function supply(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)",
  "function supplyCollateral(MarketParams marketParams, uint256 assets, address onBehalf, bytes data)",
  "function borrow(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
]);

const oracleAbi = parseAbi(["function setPrice(uint256 newPrice)"]);

/**
 * Morpho Blue from the sources that its team published, with a market that lends USDC for WETH at the price of the Chainlink
 * feed, up to 86 %.
 */
export async function deployMorphoBlue(
  chain: PinnedChain,
  { weth, usdc, chainlink }: Pick<AddressBook, "weth" | "usdc" | "chainlink">,
  { interest = "by utilization" }: MorphoBlueDeploymentOptions = {},
): Promise<MorphoBlueDeployment> {
  const { Morpho, IrmMock } = await morphoBlueArtifacts();
  const deployer = await funded(chain, "deployer");
  const morpho = { address: await chain.deploy(deployer, Morpho, [deployer]), abi: morphoAbi };
  // 36 + 6 of USDC - 18 of WETH - 8 of the feed
  const oracle = await chain.deploy(deployer, await fixtureArtifact("MorphoFeedOracle"), [chainlink.ethUsd, 16n]);
  const irm = interest === "none" ? zeroAddress : await chain.deploy(deployer, IrmMock);
  const market = { loanToken: usdc, collateralToken: weth, oracle, irm, lltv: LLTV };
  await chain.write(deployer, morpho, "enableIrm", [irm]);
  await chain.write(deployer, morpho, "enableLltv", [LLTV]);
  await chain.write(deployer, morpho, "createMarket", [market]);
  if (interest !== "none") {
    await chain.write(deployer, morpho, "setFeeRecipient", [deployer]);
    await chain.write(deployer, morpho, "setFee", [market, FEE]);
  }
  const users = await openPositions(chain, morpho, market);
  const types = parseAbiParameters("address, address, address, address, uint256");
  const id = keccak256(encodeAbiParameters(types, [usdc, weth, oracle, irm, LLTV]));
  return { morpho: morpho.address, market, id, deployer, users };
}

/**
 * A second market.
 *
 * @param price - base units of the loan token for a base unit of the collateral, scaled by 1e36: one that stands still, or where it is
 * read
 * @param supplied - what `lender` lends, base units of the loan token, which it has
 */
export async function listMorphoMarket(
  chain: PinnedChain,
  { morpho: address, market: { irm }, deployer }: MorphoBlueDeployment,
  tokens: Pick<MorphoBlueMarket, "loanToken" | "collateralToken">,
  {
    price,
    lender,
    supplied,
  }: { readonly price: Address | bigint; readonly lender: Address; readonly supplied: bigint },
): Promise<MorphoBlueMarket> {
  const morpho = { address, abi: morphoAbi };
  const oracle = typeof price === "bigint" ? await standing(chain, deployer, price) : price;
  const market = { ...tokens, oracle, irm, lltv: LLTV };
  await chain.write(deployer, morpho, "createMarket", [market]);
  await chain.write(lender, { address: tokens.loanToken, abi: erc20Abi }, "approve", [address, supplied]);
  await chain.write(lender, morpho, "supply", [market, supplied, 0n, lender, "0x"]);
  return market;
}

async function standing(chain: PinnedChain, deployer: Address, price: bigint): Promise<Address> {
  const { OracleMock } = await morphoBlueArtifacts();
  const address = await chain.deploy(deployer, OracleMock);
  await chain.write(deployer, { address, abi: oracleAbi }, "setPrice", [price]);
  return address;
}

async function openPositions(
  chain: PinnedChain,
  morpho: Contract<typeof morphoAbi>,
  market: MorphoBlueMarket,
): Promise<Readonly<Record<MorphoBlueUser, Address>>> {
  const { loanToken: usdc, collateralToken: weth } = market;
  const users = new Map<string, Address>();
  for (const [name, { usdc: lends, weth: pledges, borrows }] of Object.entries(USERS)) {
    const user = await funded(chain, name);
    users.set(name, user);
    for (const address of [usdc, weth]) {
      await chain.write(user, { address, abi: erc20Abi }, "approve", [morpho.address, maxUint256]);
    }
    if (lends > 0) {
      const amount = parseUnits(String(lends), 6);
      await chain.write(user, { address: usdc, abi: mintableAbi }, "mint", [user, amount]);
      await chain.write(user, morpho, "supply", [market, amount, 0n, user, "0x"]);
    }
    if (pledges > 0) {
      const amount = parseEther(String(pledges));
      await chain.write(user, { address: weth, abi: wethAbi }, "deposit", [], amount);
      await chain.write(user, morpho, "supplyCollateral", [market, amount, user, "0x"]);
      await chain.write(user, morpho, "borrow", [market, parseUnits(String(borrows), 6), 0n, user, user]);
    }
  }
  // made from the same record
  return Object.fromEntries(users) as Record<MorphoBlueUser, Address>;
}

/** An account of this cast, with ether: the addresses of what it deploys depend on nothing else that is on the chain. */
async function funded(chain: PinnedChain, name: string): Promise<Address> {
  const account = privateKeyToAddress(keccak256(toBytes(`hardhat-siege cast, morpho blue: ${name}`)));
  await chain.send({ from: ACCOUNTS.whale, to: account, value: parseEther("200") });
  return account;
}

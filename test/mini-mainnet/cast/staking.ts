import type { Address } from "viem";

import type { AddressBook } from "../address-book.js";
import type { PinnedChain } from "../pinned-chain.js";

import { keccak256, maxUint256, parseAbi, parseEther, parseUnits, toBytes } from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { erc20Abi, mintableAbi, wethAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";
import { uniswapArtifact } from "../artifact.js";

/** A staking pool and its people. */
export interface StakingDeployment {
  readonly pool: Address;
  readonly staked: Address;
  readonly reward: Address;
  /** When the rewards end, seconds. */
  readonly periodFinish: number;
  readonly users: {
    /** Announces the rewards. */
    readonly distributor: Address;
    /** Stakes 300 WETH, or 300,000 USDC. */
    readonly early: Address;
    /** Stakes a third of that, three blocks later. */
    readonly late: Address;
  };
}

/** Options of {@link deployStaking}. */
export interface StakingDeploymentOptions {
  /** Default `weth`. Rewards are USDC. */
  readonly staked?: "weth" | "usdc";
  /**
   * Whether the pool gets the rewards that it announces. `not funded` is possible where what is staked is the reward's token:
   * the pool takes stakes for rewards, the known flaw of this contract. Default `funded`.
   */
  readonly rewards?: "funded" | "not funded";
}

/** 0.01 USDC per second for 60 days, the duration of Uniswap's pools. */
const REWARDS = 51_840n * 10n ** 6n;

const poolAbi = parseAbi([
  "function stake(uint256 amount)",
  "function notifyRewardAmount(uint256 reward)",
  "function periodFinish() view returns (uint256)",
]);

/** A pool of the StakingRewards contract, Synthetix's, as Uniswap compiled it for its liquidity mining in 2020. */
export async function deployStaking(
  chain: PinnedChain,
  { weth, usdc }: Pick<AddressBook, "weth" | "usdc">,
  { staked = "weth", rewards = "funded" }: StakingDeploymentOptions = {},
): Promise<StakingDeployment> {
  const users = {
    distributor: await funded(chain, "distributor"),
    early: await funded(chain, "early"),
    late: await funded(chain, "late"),
  };
  const { distributor, early, late } = users;
  const token = staked === "weth" ? weth : usdc;
  const settings = [distributor, usdc, token];
  const address = await chain.deploy(distributor, uniswapArtifact("liquidity-staker", "StakingRewards"), settings);
  const pool = { address, abi: poolAbi };
  const stake = async (user: Address, whole: number): Promise<void> => {
    const amount = staked === "weth" ? parseEther(String(whole)) : parseUnits(String(whole * 1_000), 6);
    if (staked === "weth") await chain.write(user, { address: weth, abi: wethAbi }, "deposit", [], amount);
    else await chain.write(user, { address: usdc, abi: mintableAbi }, "mint", [user, amount]);
    await chain.write(user, { address: token, abi: erc20Abi }, "approve", [address, maxUint256]);
    await chain.write(user, pool, "stake", [amount]);
  };
  await stake(early, 300);
  if (rewards === "funded")
    await chain.write(distributor, { address: usdc, abi: mintableAbi }, "mint", [address, REWARDS]);
  await chain.write(distributor, pool, "notifyRewardAmount", [REWARDS]);
  await stake(late, 100);
  const periodFinish = Number(await chain.read(pool, "periodFinish", []));
  return { pool: address, staked: token, reward: usdc, periodFinish, users };
}

/** An account of this cast, with ether: the addresses of what it deploys depend on nothing else that is on the chain. */
async function funded(chain: PinnedChain, name: string): Promise<Address> {
  const account = privateKeyToAddress(keccak256(toBytes(`hardhat-siege cast, staking: ${name}`)));
  await chain.send({ from: ACCOUNTS.whale, to: account, value: parseEther("400") });
  return account;
}

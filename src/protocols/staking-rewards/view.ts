import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ReadPlan } from "../read-plan.js";
import type { Token } from "../token.js";

import { erc20Abi } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { call } from "../call.js";
import { all, list, map, read } from "../read-plan.js";

import { stakingRewardsAbi } from "./abi.js";

/** The facts of a pool, read once. */
export interface StakingRewardsFacts {
  readonly pool: Address;
  readonly staked: Token;
  readonly reward: Token;
}

/** Builders of user calls. */
export interface StakingRewardsCalls {
  /** Stakes. @param amount - base units of the staked token */
  stake(amount: bigint): ContractCall;
  /** Takes a stake out. @param amount - base units of the staked token; earned rewards remain claimable */
  withdraw(amount: bigint): ContractCall;
  /** Claims earned rewards. */
  getReward(): ContractCall;
  /** Withdraws everything and claims earned rewards. */
  exit(): ContractCall;
}

/** What agents see of a staking pool, as of the observed block. */
export interface StakingRewardsView extends StakingRewardsCalls {
  readonly pool: Address;
  readonly staked: Token;
  readonly reward: Token;
  /** The total stake, base units. */
  readonly totalStaked: bigint;
  /** What all stakers together earn per second, base units of the reward token; once the period is over, the last rate. */
  readonly rewardRate: bigint;
  /** When the rewards end, seconds. */
  readonly periodFinish: number;
  /** The pool's reward token balance, excluding stakes in the same token; negative if it is short. Base units. */
  readonly rewardReserve: bigint;
  /** What the observed accounts may claim now, base units of the reward token. */
  readonly earnedByAll: bigint;
  /** Base units of the staked token; 0 for accounts that the scenario does not know. */
  stakedBy(account: Address): bigint;
  /** What an account may claim now, base units of the reward token; 0 for accounts that the scenario does not know. */
  earned(account: Address): bigint;
  /**
   * What a stake earns over a period if the other stakes do not change, base units of the reward token.
   *
   * @param amount - base units of the staked token, on top of what is staked now
   * @param from - seconds, when it is staked
   * @param until - seconds
   */
  rewardsOf(amount: bigint, from: number, until: number): bigint;
}

/** The reads of a pool in every block. */
export function stakingRewardsPlan(
  facts: StakingRewardsFacts,
  accounts: readonly Address[],
): ReadPlan<StakingRewardsView> {
  const { pool, staked, reward } = facts;
  const contract = { address: pool, abi: stakingRewardsAbi } as const;
  const plan = all({
    totalStaked: read({ ...contract, functionName: "totalSupply" }),
    rewardRate: read({ ...contract, functionName: "rewardRate" }),
    periodFinish: read({ ...contract, functionName: "periodFinish" }),
    held: read({ address: reward.address, abi: erc20Abi, functionName: "balanceOf", args: [pool] }),
    accounts: list(
      accounts.map((account) =>
        all({
          staked: read({ ...contract, functionName: "balanceOf", args: [account] }),
          earned: read({ ...contract, functionName: "earned", args: [account] }),
        }),
      ),
    ),
  });
  return map(plan, (reading) => {
    const { totalStaked, rewardRate, held } = reading;
    const periodFinish = Number(reading.periodFinish);
    const known = new Map(accounts.map((account, index) => [addressKey(account), reading.accounts[index]]));
    const isSameToken = isSameAddress(staked.address, reward.address);
    return {
      pool,
      staked,
      reward,
      totalStaked,
      rewardRate,
      periodFinish,
      rewardReserve: isSameToken ? held - totalStaked : held,
      earnedByAll: reading.accounts.reduce((total, account) => total + account.earned, 0n),
      stakedBy: (account) => known.get(addressKey(account))?.staked ?? 0n,
      earned: (account) => known.get(addressKey(account))?.earned ?? 0n,
      rewardsOf: (amount, from, until) => {
        const seconds = Math.max(0, Math.min(until, periodFinish) - from);
        return amount === 0n ? 0n : rewardOf(amount, totalStaked + amount, rewardRate * BigInt(seconds));
      },
      ...callsOf(pool),
    };
  });
}

/** Rounds twice, as `rewardPerToken` and `earned` do (StakingRewards.sol). */
function rewardOf(amount: bigint, total: bigint, rewards: bigint): bigint {
  const perToken = (rewards * 10n ** 18n) / total;
  return (amount * perToken) / 10n ** 18n;
}

function callsOf(address: Address): StakingRewardsCalls {
  const pool = { address, abi: stakingRewardsAbi } as const;
  return {
    stake: (amount) => call({ ...pool, functionName: "stake", args: [amount] }),
    withdraw: (amount) => call({ ...pool, functionName: "withdraw", args: [amount] }),
    getReward: () => call({ ...pool, functionName: "getReward" }),
    exit: () => call({ ...pool, functionName: "exit" }),
  };
}

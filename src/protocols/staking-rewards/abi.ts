import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/Synthetixio/synthetix/blob/develop/contracts/StakingRewards.sol: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const stakingRewards = [
  "function stakingToken() view returns (address)",
  "function rewardsToken() view returns (address)",
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
  "function earned(address account) view returns (uint256)",
  "function rewardRate() view returns (uint256)",
  "function periodFinish() view returns (uint256)",
  "function stake(uint256 amount)",
  "function withdraw(uint256 amount)",
  "function getReward()",
  "function exit()",
] as const;
export const stakingRewardsAbi: ParseAbi<typeof stakingRewards> = parseAbi(stakingRewards);

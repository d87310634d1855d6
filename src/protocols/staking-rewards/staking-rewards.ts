import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { ProtocolFactory, ShortfallOf } from "../protocol.js";
import type { Token } from "../token.js";
import type { StakingRewardsFacts, StakingRewardsView } from "./view.js";

import { SiegeError } from "../../errors.js";
import { distinctAddresses } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { fraction } from "../../quantity/share.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, read } from "../read-plan.js";

import { stakingRewardsAbi } from "./abi.js";
import { stakingRewardsPlan } from "./view.js";

/**
 * A staking pool whose rewards accrue per second: Synthetix's StakingRewards
 * (https://docs.synthetix.io/contracts/source/contracts/stakingrewards), or one of its many derivatives.
 *
 * Free moves: `stake`, `withdraw`, `getReward`, `exit`. Its shortfall is the rewards that observed accounts have earned
 * beyond what it holds.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL`, when the scenario is bound, if the address is not such a pool
 * @example `stakingRewards("0xa1484C3aa22a66C62b77E0AE78E15258bd0cB711")`
 */
export const stakingRewards: ProtocolFactory<undefined, StakingRewardsView> = defineProtocol<
  undefined,
  StakingRewardsFacts,
  StakingRewardsView
>({
  kind: "stakingRewards",
  inspect: async (context, pool) => {
    const contract = { address: pool, abi: stakingRewardsAbi } as const;
    const { staked, reward, rate } = await context.read(
      all({
        staked: attempt(read({ ...contract, functionName: "stakingToken" })),
        reward: attempt(read({ ...contract, functionName: "rewardsToken" })),
        rate: attempt(read({ ...contract, functionName: "rewardRate" })),
      }),
    );
    if (staked === undefined || reward === undefined || rate === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${pool} is not a StakingRewards pool: stakingToken(), rewardsToken() or rewardRate() returns no value.`,
        hint: "Give the address of the staking pool, not of its factory or its token.",
      });
    }
    return { pool, staked: await context.token(staked), reward: await context.token(reward) };
  },
  tokens: ({ staked, reward }) => [staked, reward],
  approvals: ({ pool, staked }) => [{ token: staked.address, spender: pool }],
  observe: (facts, { accounts }) => stakingRewardsPlan(facts, distinctAddresses(accounts.values())),
  actions: ({ staked }) => [
    ofAmount(
      "stake",
      ({ balance }) => balance(staked.address),
      (amount, { view }) => view.stake(amount),
    ),
    ofAmount(
      "withdraw",
      ({ view, self }) => view.stakedBy(self),
      (amount, { view }) => view.withdraw(amount),
    ),
    whole("getReward", ({ view, self }) => (view.earned(self) > 0n ? view.getReward() : undefined)),
    whole("exit", ({ view, self }) => (view.stakedBy(self) > 0n ? view.exit() : undefined)),
  ],
  value:
    ({ staked, reward }) =>
    (view, account, price) =>
      worth(staked, view.stakedBy(account), price) + worth(reward, view.earned(account), price),
  shortfall: ({ reward }) => stakersShort(reward),
});

/** Rewards that the observed stakers may claim beyond the pool's holdings, US dollars. */
function stakersShort(reward: Token): ShortfallOf<StakingRewardsView> {
  return (view, price) => Math.max(0, worth(reward, view.earnedByAll - view.rewardReserve, price));
}

function ofAmount(
  name: string,
  most: (context: ActionContext<StakingRewardsView>) => bigint,
  make: (amount: bigint, context: ActionContext<StakingRewardsView>) => ContractCall,
): Action<StakingRewardsView> {
  return {
    name,
    operands: 1,
    ordinary: true,
    build: ([share = 0], context) => {
      const amount = fraction(share, most(context));
      return amount === 0n ? undefined : make(amount, context);
    },
  };
}

function whole(
  name: string,
  make: (context: ActionContext<StakingRewardsView>) => ContractCall | undefined,
): Action<StakingRewardsView> {
  return { name, operands: 0, ordinary: true, build: (_operands, context) => make(context) };
}

function worth({ asset, decimals }: Token, amount: bigint, price: (asset: string) => number): number {
  return asset === undefined ? 0 : wholeUnits(amount, decimals) * price(asset);
}

import type { Address } from "viem";

import type { StakingRewardsView } from "../../../../src/protocols/staking-rewards/view.js";
import type { Bound } from "../../../helpers/bind-protocol.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { StakingDeployment, StakingDeploymentOptions } from "../../../mini-mainnet/cast/staking.js";

import { expect } from "chai";
import { numberToHex, parseAbi, parseEther, parseUnits } from "viem";

import { retail } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/index.js";
import { stakingRewards } from "../../../../src/protocols/index.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { give, person } from "../../../fixtures/give.js";
import { bindToFork, sendCall } from "../../../helpers/bind-protocol.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { erc20Abi } from "../../../mini-mainnet/abis.js";
import { deployStaking } from "../../../mini-mainnet/cast/staking.js";

const poolAbi = parseAbi([
  "function earned(address account) view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function rewardRate() view returns (uint256)",
]);

const ALL = 1_000_000;
const DAY = 86_400;

describe("stakingRewards", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let staking: StakingDeployment;
  let bound: Bound<StakingRewardsView>;
  let newcomer: Address;

  async function deploy(options: StakingDeploymentOptions = {}): Promise<void> {
    fork = theFork();
    staking = await deployStaking(fork.chain, fork.addresses, options);
    newcomer = await person(fork, "newcomer");
    bound = await bindToFork(fork, stakingRewards(staking.pool), { ...staking.users, newcomer });
  }

  const pool = () => ({ address: staking.pool, abi: poolAbi });

  const earned = (account: Address) => fork.chain.read(pool(), "earned", [account]);

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  async function now(): Promise<number> {
    return Number((await fork.chain.latest()).timestamp);
  }

  /** An empty block at a moment, seconds. */
  async function waitUntil(moment: number): Promise<void> {
    const { provider } = fork.connection;
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [numberToHex(moment)] });
    await provider.request({ method: "hardhat_mine", params: [] });
  }

  it("reads what the pool reports, over days and past the end of the rewards", async () => {
    await deploy();
    const { early, late } = staking.users;
    for (const days of [0, 1, 30, 61]) {
      if (days > 0) await waitUntil((await now()) + days * DAY);
      const view = await bound.view();
      for (const account of [early, late]) {
        expect(view.earned(account), `after ${String(days)} days`).to.equal(await earned(account));
        expect(view.stakedBy(account)).to.equal(await fork.chain.read(pool(), "balanceOf", [account]));
      }
      expect(view.totalStaked).to.equal(await fork.chain.read(pool(), "totalSupply", []));
      expect(view.rewardRate).to.equal(await fork.chain.read(pool(), "rewardRate", []));
      expect(view.periodFinish).to.equal(staking.periodFinish);
      expect(view.rewardReserve).to.equal(await balanceOf(staking.reward, staking.pool));
    }
    const view = await bound.view();
    // all 51,840 dollars, except for rounding, belong to a staker
    expect(Number(view.earnedByAll)).to.be.closeTo(51_840e6, 10);
    const price = (asset: string): number => (asset === "ETH" ? 3_000 : 1);
    expect(await bound.value(early, { ETH: 3_000, USDC: 1 })).to.be.closeTo(
      300 * 3_000 + Number(await earned(early)) / 1e6,
      1e-6,
    );
    expect(bound.definition.shortfall!(bound.facts)(view, price)).to.equal(0);
  });

  it("predicts to the base unit what a stake earns, until a moment and until the end", async () => {
    await deploy();
    await bound.approve(newcomer);
    await give(fork, "WETH", newcomer, 77);
    const view = await bound.view();
    const from = (await now()) + 12;
    const amount = parseEther("76.543210987654321");
    await sendCall(fork, newcomer, view.stake(amount));
    expect(await now()).to.equal(from);
    expect(await earned(newcomer)).to.equal(0n);
    for (const until of [from + 1, from + 12_345, from + 40 * DAY, staking.periodFinish, staking.periodFinish + DAY]) {
      await waitUntil(until);
      expect(await earned(newcomer)).to.equal(view.rewardsOf(amount, from, until));
    }
    expect(view.rewardsOf(amount, staking.periodFinish, staking.periodFinish + DAY)).to.equal(0n);
    expect(view.rewardsOf(0n, from, from + DAY)).to.equal(0n);
  });

  it("stakes, claims, withdraws and exits, as free moves", async () => {
    await deploy();
    const { weth, usdc } = fork.addresses;
    await bound.approve(newcomer);
    const move = (name: string, operands: readonly number[] = []) => bound.move(name, operands, newcomer);
    for (const name of ["stake", "withdraw", "getReward", "exit"]) expect(await move(name, [ALL])).to.equal(undefined);
    await give(fork, "WETH", newcomer, 100);
    await sendCall(fork, newcomer, (await move("stake", [ALL]))!);
    expect((await bound.view()).stakedBy(newcomer)).to.equal(parseEther("100"));
    await waitUntil((await now()) + DAY);
    await sendCall(fork, newcomer, (await move("withdraw", [ALL / 2]))!);
    expect(await balanceOf(weth, newcomer)).to.equal(parseEther("50"));
    const claimable = (await bound.view()).earned(newcomer);
    // a fifth of a day's 864 dollars
    expect(Number(claimable)).to.be.closeTo(864e6 / 5, 0.1e6);
    await sendCall(fork, newcomer, (await move("getReward"))!);
    const paid = await balanceOf(usdc, newcomer);
    // on top, 12 seconds' 0.12 dollars for 450 ether, which the pool rounds down to 266 base units each
    expect(paid - claimable).to.equal(266n * 50n);
    await sendCall(fork, newcomer, (await move("exit"))!);
    expect(await balanceOf(weth, newcomer)).to.equal(parseEther("100"));
    expect(Number(await balanceOf(usdc, newcomer))).to.be.above(Number(paid));
    expect((await bound.view()).stakedBy(newcomer)).to.equal(0n);
  });

  it("reports the shortfall of a pool that pays rewards out of stakes", async () => {
    await deploy({ staked: "usdc", rewards: "not funded" });
    const { early, late } = staking.users;
    await waitUntil((await now()) + 10 * DAY);
    const view = await bound.view();
    expect(view.rewardReserve).to.equal(0n);
    const short = bound.definition.shortfall!(bound.facts)(view, () => 1);
    expect(short).to.be.closeTo(Number(view.earned(early) + view.earned(late)) / 1e6, 1e-6);
    expect(short).to.be.closeTo(8_640, 1);
    // the first to leave is paid out of the other's stake
    await sendCall(fork, early, view.exit());
    const left = await bound.view();
    expect(left.rewardReserve).to.equal(-((await balanceOf(fork.addresses.usdc, early)) - parseUnits("300000", 6)));
    const stuck = await sendCall(fork, late, left.exit()).catch(() => undefined);
    expect(stuck).to.equal(undefined);

    await deploy({ staked: "usdc" });
    await waitUntil((await now()) + 10 * DAY);
    const whole = await bound.view();
    expect(bound.definition.shortfall!(bound.facts)(whole, () => 1)).to.equal(0);
    await sendCall(fork, early, whole.exit());
    await sendCall(fork, late, whole.exit());
  });

  it("pays every staker in a scenario of users who come and go, in the batched executor", async () => {
    await deploy();
    const { siege } = fork.connection;
    const { weth, usdc } = fork.addresses;
    const canPay = defineCondition<undefined, undefined>({
      id: "canPay",
      observe: () => constant(undefined),
      judge: ({ view }) => {
        const { earnedByAll, rewardReserve } = view.at(stakingRewards);
        return earnedByAll <= rewardReserve
          ? undefined
          : { summary: `owes ${String(earnedByAll)}, has ${String(rewardReserve)}`, quantities: [] };
      },
    });
    const scenario = siege.scenario({
      name: "a staking pool",
      blocks: 10,
      assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
      protocols: { farm: stakingRewards(staking.pool) },
      agents: [retail({ name: "one", capital: { ETH: 50 } }), retail({ name: "two", capital: { ETH: 500 } })],
      conditions: [canPay],
      accounts: staking.users,
    });
    const result = await siege.run({ address: staking.pool, abi: [] }, scenario, { runs: 20, seed: 1, lanes: 1 });
    expect([result.kind, result.explored.executor, result.discarded]).to.deep.equal(["survived", "batched", 0]);
    expect(result.cost.actions).to.be.above(50);
  });

  it("says what to do if there is no such pool", async () => {
    await deploy();
    await failsWith("UNSUPPORTED_PROTOCOL", () => bindToFork(fork, stakingRewards(fork.addresses.weth), {}));
  });
});

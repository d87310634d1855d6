import type { Address } from "viem";

import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { CampaignResult } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { CompoundV2Deployment } from "../../../mini-mainnet/cast/compound-v2.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { maxUint256, parseEther, parseUnits } from "viem";

import { flashLoanAttacker } from "../../../../src/agents/flash-loan-attacker.js";
import { noShortfall } from "../../../../src/conditions/no-shortfall.js";
import { compoundV2 } from "../../../../src/protocols/compound-v2/compound-v2.js";
import { uniswapV2 } from "../../../../src/protocols/uniswap-v2/uniswap-v2.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { give } from "../../../fixtures/give.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { erc20Abi, mintableAbi, uniswapV2FactoryAbi, uniswapV2RouterAbi } from "../../../mini-mainnet/abis.js";
import { deployCompoundV2 } from "../../../mini-mainnet/cast/compound-v2.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

describe("a fresh market of a Compound v2 fork", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** A pool of the new token, at 10 dollars each, that can lend it in a flash swap: half a million of them. */
  async function poolOf(token: Address, deployer: Address): Promise<Address> {
    const { usdc, uniswapV2: uniswap, users } = fork.addresses;
    const [tokens, dollars] = [parseEther("500000"), parseUnits("5000000", 6)];
    await fork.chain.write(deployer, { address: token, abi: mintableAbi }, "mint", [users.whale, tokens]);
    await give(fork, "USDC", users.whale, 5_000_000);
    for (const [address, amount] of [
      [token, tokens],
      [usdc, dollars],
    ] as const) {
      await fork.chain.write(users.whale, { address, abi: erc20Abi }, "approve", [uniswap.router, amount]);
    }
    const liquidity = [token, usdc, tokens, dollars, 0n, 0n, users.whale, maxUint256] as const;
    const router = { address: uniswap.router, abi: uniswapV2RouterAbi };
    await fork.chain.write(users.whale, router, "addLiquidity", liquidity);
    return fork.chain.read({ address: uniswap.factory, abi: uniswapV2FactoryAbi }, "getPair", [token, usdc]);
  }

  function robbery(compound: CompoundV2Deployment, pool: Address): ScenarioDefinition {
    const { weth, usdc, uniswapV2: uniswap } = fork.addresses;
    return {
      name: "somebody with a few thousand dollars, and a pool that lends",
      blocks: 2,
      assets: {
        ETH: { price: 2_000, token: weth },
        USDC: { price: 1, token: usdc },
        NEW: { price: 10, token: compound.fresh!.underlying },
      },
      protocols: {
        pool: uniswapV2(pool, { router: uniswap.router }),
        compound: compoundV2(compound.comptroller),
      },
      agents: [
        flashLoanAttacker({
          capital: { NEW: 1_000 },
          only: ["compound.mint", "compound.donate", "compound.borrow", "compound.redeemUnderlying", "pool.flashLoan"],
        }),
      ],
      conditions: [noShortfall({ tolerance: 1_000 })],
    };
  }

  async function siegeOf(fresh: "empty" | "burnt", runs: number, seed = 1): Promise<CampaignResult> {
    const compound = await deployCompoundV2(fork.chain, fork.addresses, { fresh });
    const pool = await poolOf(compound.fresh!.underlying, compound.deployer);
    const { siege } = fork.connection;
    const target = { address: compound.comptroller, abi: [] };
    const result = await siege.run(target, siege.scenario(robbery(compound, pool)), { runs, seed });
    if (process.env.SHOW === "1" && result.kind === "violation") console.log(renderFailure(result));
    return result;
  }

  for (const seed of seeds()) {
    it(`is robbed by an attacker that was not told how, seed ${String(seed)}`, async function () {
      this.timeout(600_000);
      const result = await siegeOf("empty", 1_000, seed);
      if (result.kind !== "violation") expect.fail(`the campaign ended as ${result.kind}`);
      const { steps } = result.finding.trace;
      const names = steps.flatMap((step) => (step.kind === "call" ? [step.function.name] : []));
      // two units of the cToken, whose whole price is donated, a loan against that, and everything redeemed for one unit
      expect(names).to.have.members(["mint", "transfer", "borrow", "redeemUnderlying"]);
      expect(names.slice(2)).to.deep.equal(["borrow", "redeemUnderlying"]);
    });
  }

  it("is not robbed if its first supply is burned", async function () {
    this.timeout(600_000);
    const result = await siegeOf("burnt", 300);
    expect(result.kind).to.equal("survived");
  });
});

/** The search has found it in 650 runs of seed 1 and in 707 of seed 2. */
function seeds(): readonly number[] {
  return Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 1) }, (_value, index) => index + 1);
}

import type { Protocol } from "../../../src/protocols/protocol.js";
import type { CampaignResult, Finding } from "../../../src/types.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { attacker } from "../../../src/agents/attacker.js";
import { flashLoanAttacker } from "../../../src/agents/flash-loan-attacker.js";
import { noBadDebt } from "../../../src/conditions/no-bad-debt.js";
import { Chain } from "../../../src/engine/chain/chain.js";
import { startView } from "../../../src/engine/run/views.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { aaveV3 } from "../../../src/protocols/aave-v3/aave-v3.js";
import { encodeCall } from "../../../src/protocols/call.js";
import { morphoBlue } from "../../../src/protocols/morpho-blue/morpho-blue.js";
import { flashLenders } from "../../../src/protocols/roles/flash-lender.js";
import { raid } from "../../../src/protocols/roles/raid.js";
import { uniswapV2 } from "../../../src/protocols/uniswap-v2/uniswap-v2.js";
import { uniswapV3 } from "../../../src/protocols/uniswap-v3/uniswap-v3.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { deployMorphoBlue } from "../../mini-mainnet/cast/morpho-blue.js";
import { deployUniswapV3 } from "../../mini-mainnet/cast/uniswap-v3.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/** How many seeds to try. */
const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 1) }, (_value, index) => index + 1);

describe("flash loans", () => {
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

  /** A vault that lends at the pool's spot price, and somebody with a thousand dollars. */
  function scenarioOf(agent: typeof attacker, more: Readonly<Record<string, Protocol>> = {}) {
    const { weth, usdc, uniswapV2: uniswap, aaveV3: aave } = fork.addresses;
    return {
      name: "somebody with a thousand dollars",
      blocks: 4,
      assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        aave: aaveV3(aave.addressesProvider),
        ...more,
      },
      agents: [agent({ capital: { USDC: 1_000, ETH: 1 }, only: ["target.*", "pool.swap", "aave.flashLoan"] })],
      conditions: [
        noBadDebt({
          collateral: { function: "collateralOf", asset: "ETH" },
          debt: { function: "debtOf", asset: "USDC" },
          dust: 10_000,
        }),
      ],
    };
  }

  describe("of the protocols", () => {
    for (const lender of ["pool", "aave", "v3", "morpho"]) {
      for (const token of ["USDC", "WETH"]) {
        it(`${lender} takes exactly the fee that the adapter says for ${token}`, async () => {
          const vault = await deploySpotLendingVault(fork, "fixed");
          const { provider } = fork.connection;
          const { pools, router, positionManager } = await deployUniswapV3(fork.chain, fork.addresses);
          const v3 = uniswapV3(pools.medium, { router, positionManager });
          const blue = await deployMorphoBlue(fork.chain, fork.addresses);
          const morpho = morphoBlue(blue.morpho, { market: blue.market });
          const scenario = buildScenario(scenarioOf(flashLoanAttacker, { v3, morpho }));
          const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
          try {
            const self = world.frame.accounts.get("flash-loan attacker")!;
            const view = startView(world);
            const from = view
              .all(flashLenders)
              .get(lender)!
              .find((one) => one.token.symbol === token)!;
            // as much as a thousand dollars, or an ether, pay the fee of, and no wei less than the fee
            const amount = from.available / 1_000n;
            const chain = new Chain(provider);
            await world.impersonate(self);
            const play = async (fee: bigint): Promise<boolean> => {
              const loan = { from: { ...from, fee: () => fee }, amount };
              const call = raid(self, loan, []);
              await chain.prepareBlock({
                timestamp: world.base.timestamp + 12,
                baseFee: 10n ** 9n,
                prevRandao: `0x${"01".padStart(64, "0")}`,
              });
              const sent = await chain.send({
                from: self,
                to: self,
                data: encodeCall(call),
                value: 0n,
                gas: 2_000_000n,
                maxFeePerGas: 2n * 10n ** 9n,
                maxPriorityFeePerGas: 1n,
              });
              await chain.mine();
              const receipt = "hash" in sent ? await chain.receipt(sent.hash) : undefined;
              await world.restore();
              return receipt?.success ?? false;
            };
            expect(await play(from.fee(amount)), "the fee").to.equal(true);
            // Morpho takes nothing
            if (lender === "morpho") expect(from.fee(amount)).to.equal(0n);
            else expect(await play(from.fee(amount) - 1n), "a unit less").to.equal(false);
          } finally {
            await world.close();
          }
        });
      }
    }
  });

  function found(result: CampaignResult): Finding {
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    if (process.env.SHOW === "1") console.log(renderFailure(result));
    return result.finding;
  }

  for (const seed of SEEDS) {
    it(`break a vault that somebody with a thousand dollars could not, seed ${String(seed)}`, async () => {
      const { siege } = fork.connection;
      const vault = await deploySpotLendingVault(fork, "flawed");
      const options = { seed, runs: 2_000 };
      const finding = found(await siege.run(vault, siege.scenario(scenarioOf(flashLoanAttacker)), options));
      const raids = finding.trace.steps.filter((step) => step.kind === "call" && step.inner !== undefined);
      expect(raids).to.have.lengthOf(1);
      expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
    });
  }

  it("are what it takes: without them the same person achieves nothing", async () => {
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const result = await siege.run(vault, siege.scenario(scenarioOf(attacker)), { seed: 1 });
    expect(result.kind).to.equal("survived");
  });

  it("do not break the vault that asks the feed", async () => {
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "fixed");
    const result = await siege.run(vault, siege.scenario(scenarioOf(flashLoanAttacker)), { seed: 1 });
    expect(result.kind).to.equal("survived");
  });
});

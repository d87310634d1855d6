import type { Market } from "../../src/scenario/presets/market.js";
import type { Presets } from "../../src/scenario/presets/presets.js";
import type { CampaignResult, Target } from "../../src/types.js";
import type { FixtureFork, Variant } from "../fixtures/fixture.js";
import type { SiegeFork } from "../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { noBadDebt } from "../../src/conditions/no-bad-debt.js";
import { sharePriceHolds } from "../../src/conditions/share-price-holds.js";
import { aaveV3 } from "../../src/protocols/aave-v3.js";
import { chainlink } from "../../src/protocols/chainlink.js";
import { erc4626 } from "../../src/protocols/erc4626.js";
import { uniswapV2 } from "../../src/protocols/uniswap-v2.js";
import { deployHarvestVault } from "../fixtures/harvest-vault.js";
import { deploySpotLendingVault } from "../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../helpers/siege-fork.js";
import { poolAbi } from "../mini-mainnet/abis.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";

const NAMES = [
  "bankRun",
  "depeg",
  "flashCrash",
  "flashLoanAttack",
  "gasSpike",
  "oracleFreeze",
  "oracleManipulation",
  "reorg",
  "sandwichSeason",
  "slowBleed",
] as const satisfies readonly (keyof Presets)[];

describe("presets", () => {
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

  /** The mini mainnet, as `ethereum` is mainnet. */
  function market(more: NonNullable<Market["protocols"]> = {}): Market {
    const { weth, usdc, uniswapV2: uniswap, aaveV3: aave, chainlink: feeds } = fork.addresses;
    return {
      assets: { ETH: { token: weth }, USDC: { price: 1, token: usdc } },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        aave: aaveV3(aave.addressesProvider),
        ...more,
      },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      capital: { ETH: 500, USDC: 2_000_000 },
    };
  }

  for (const name of NAMES) {
    it(`${name} is ready for an ERC-4626 vault, which survives it`, async () => {
      const { siege } = fork.connection;
      const vault = await deployHarvestVault(fork, "fixed");
      const scenario = siege.presets[name]({ market: market({ vault: erc4626(vault.address) }) });
      expect((await siege.run(vault, scenario, { runs: 3 })).kind).to.equal("survived");
    });

    // a run on a vault needs a vault
    if (name === "bankRun") continue;
    it(`${name} is ready for a lending market`, async () => {
      const { siege } = fork.connection;
      const pool: Target = { address: fork.addresses.aaveV3.pool, abi: poolAbi };
      const result = await siege.run(pool, siege.presets[name]({ market: market() }), { runs: 3 });
      expect(result.kind, JSON.stringify(result.kind === "incomplete" ? result.error : {})).to.not.equal("incomplete");
    });
  }

  describe("reach what they are for", () => {
    const covered = () =>
      noBadDebt({
        collateral: { function: "collateralOf", asset: "ETH" },
        debt: { function: "debtOf", asset: "USDC" },
      });

    async function both(
      deploy: (on: FixtureFork, variant: Variant) => Promise<Target>,
      lay: (presets: Presets) => ReturnType<Presets["depeg"]>,
      runs = 200,
    ): Promise<readonly CampaignResult["kind"][]> {
      const kinds: CampaignResult["kind"][] = [];
      for (const variant of ["flawed", "fixed"] as const) {
        const { siege } = fork.connection;
        const target = await deploy(fork, variant);
        kinds.push((await siege.run(target, lay(siege.presets), { runs })).kind);
      }
      return kinds;
    }

    it("oracleManipulation: a vault that lends at a pool's price", async () => {
      const kinds = await both(deploySpotLendingVault, ({ oracleManipulation }) =>
        oracleManipulation({ market: market(), capital: { USDC: 6_000_000, ETH: 500 }, conditions: [covered()] }),
      );
      expect(kinds).to.deep.equal(["violation", "survived"]);
    });

    it("sandwichSeason: a vault that sells at any price", async () => {
      const kinds = await both(deployHarvestVault, ({ sandwichSeason }) =>
        sandwichSeason({ market: market(), conditions: [sharePriceHolds({ maxFall: 0.02 })] }),
      );
      expect(kinds).to.deep.equal(["violation", "survived"]);
    });
  });
});

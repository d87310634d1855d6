import type { Market } from "../../../src/scenario/presets/market.js";
import type { PresetOptions } from "../../../src/scenario/presets/preset.js";
import type { Presets } from "../../../src/scenario/presets/presets.js";
import type { Finding, Target } from "../../../src/types.js";
import type { Variant } from "../../fixtures/fixture.js";
import type { PresetFixture } from "../../fixtures/presets/preset-fixture.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { noBadDebt } from "../../../src/conditions/no-bad-debt.js";
import { chainlink } from "../../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../../src/protocols/aave-v3/aave-v3.js";
import { governor } from "../../../src/protocols/governor/governor.js";
import { erc4626 } from "../../../src/protocols/tokens/erc4626.js";
import { uniswapV2 } from "../../../src/protocols/uniswap-v2/uniswap-v2.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { deployHarvestVault } from "../../fixtures/harvest-vault.js";
import { PRESET_FIXTURES } from "../../fixtures/presets/all.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { poolAbi } from "../../mini-mainnet/abis.js";
import { deployGovernance } from "../../mini-mainnet/cast/governance.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/** How many seeds of each to try; docs/presets.md has ten. */
const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 1) }, (_value, index) => index + 1);

/** Runs that a twin has to survive here; docs/presets.md states how many it does survive. */
const TWINS = 20;

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

  /** The mini mainnet in place of `ethereum`. */
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

  describe("work out of the box", () => {
    for (const { preset } of PRESET_FIXTURES) {
      /** The others need no option; there is nothing to take over without governance. */
      async function surroundings(): Promise<NonNullable<Market["protocols"]>> {
        if (preset !== "governanceCapture") return {};
        const dao = await deployGovernance(fork.chain, fork.addresses, { quorumPercent: 20 });
        return { dao: governor(dao.governor, { proposals: { nothing: [] } }) };
      }

      it(`${preset} for an ERC-4626 vault, which survives it`, async () => {
        const { siege } = fork.connection;
        const vault = await deployHarvestVault(fork, "fixed");
        const protocols = { vault: erc4626(vault.address), ...(await surroundings()) };
        const result = await siege.run(vault, siege.presets[preset]({ market: market(protocols) }), { runs: 1 });
        expect(result.kind, JSON.stringify(result.kind === "incomplete" ? result.error : {})).to.equal("survived");
      });

      it(`${preset} for a lending market`, async () => {
        const { siege } = fork.connection;
        const pool: Target = { address: fork.addresses.aaveV3.pool, abi: poolAbi };
        const scenario = siege.presets[preset]({ market: market(await surroundings()) });
        const result = await siege.run(pool, scenario, { runs: 1 });
        expect(result.kind, JSON.stringify(result.kind === "incomplete" ? result.error : {})).to.not.equal(
          "incomplete",
        );
      });
    }
  });

  describe("find the flaw they are made for", () => {
    for (const fixture of PRESET_FIXTURES) {
      const { name, preset, flaw, fix } = fixture;
      for (const seed of SEEDS) {
        it(`${preset}: ${name} ${flaw}, seed ${String(seed)}`, async () => {
          const finding = await found(fixture, seed);
          expect(finding.certificate?.kind).to.equal("1-minimal");
          expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
        });
      }

      it(`${preset}: its twin ${fix}`, async () => {
        for (const seed of SEEDS) {
          expect((await campaign(fixture, "fixed", seed, TWINS)).kind).to.equal("survived");
        }
      });
    }

    it("oracleManipulation, also for a moment: a vault that lends at a pool's price, and its twin", async () => {
      const kinds: string[] = [];
      for (const variant of ["flawed", "fixed"] as const) {
        const { siege } = fork.connection;
        const scenario = siege.presets.oracleManipulation({
          market: market(),
          capital: { USDC: 6_000_000, ETH: 500 },
          conditions: [
            noBadDebt({
              collateral: { function: "collateralOf", asset: "ETH" },
              debt: { function: "debtOf", asset: "USDC" },
            }),
          ],
        });
        const target = await deploySpotLendingVault(fork, variant);
        kinds.push((await siege.run(target, scenario, { runs: variant === "flawed" ? 200 : TWINS })).kind);
      }
      expect(kinds).to.deep.equal(["violation", "survived"]);
    });

    it("a slow fall stays slow while it is minimised, so that the twin survives the result", async () => {
      const fixture = PRESET_FIXTURES.find(({ preset }) => preset === "slowBleed")!;
      const { trace } = await found(fixture, 1);
      const changes = trace.steps.flatMap((step) => (step.kind === "market" ? [step.change] : []));
      // 1 - 0.5^(1/15): no block's fall exceeds the preset's
      expect(Math.min(...changes)).to.be.at.least(-45_160);
      // 55 % of 2,000 dollars are lent: 1,100, which the price reaches in 13 such steps, and not in 12
      expect(changes).to.have.length(13);
    });
  });

  describe("say what is missing", () => {
    const cases: [
      what: string,
      name: keyof Presets,
      options: () => PresetOptions & Record<string, unknown>,
      code: Parameters<typeof failsWith>[0],
    ][] = [
      ["no governor", "governanceCapture", () => ({ market: market() }), "UNKNOWN_PROTOCOL"],
      [
        "a governor that is none",
        "governanceCapture",
        () => ({ market: market(), governor: "dao" }),
        "UNKNOWN_PROTOCOL",
      ],
      ["no bank", "bankRun", () => ({ market: { ...market(), protocols: {} } }), "UNKNOWN_PROTOCOL"],
      ["a bank that is none", "bankRun", () => ({ market: market(), bank: "pool" }), "UNKNOWN_PROTOCOL"],
      ["no pool", "liquidityDrought", () => ({ market: { ...market(), protocols: {} } }), "UNKNOWN_PROTOCOL"],
      [
        "more than all of the liquidity",
        "liquidityDrought",
        () => ({ market: market(), leaves: 1.1 }),
        "INVALID_OPTION",
      ],
      ["an asset that is none", "contagion", () => ({ market: market(), asset: "BTC" }), "UNKNOWN_ASSET"],
      ["nobody who sells", "contagion", () => ({ market: market(), sellers: 0 }), "INVALID_OPTION"],
      ["an option that is none", "gasSpike", () => ({ market: market(), drops: 0.3 }), "INVALID_OPTION"],
    ];
    for (const [what, name, options, code] of cases) {
      it(`${name} with ${what}: ${code}`, async () => {
        await failsWith(code, () => fork.connection.siege.presets[name](options()));
      });
    }
  });

  async function campaign(fixture: PresetFixture, variant: Variant, seed: number, runs: number) {
    const { target, options } = await fixture.deploy(fork, variant);
    const { siege } = fork.connection;
    // fewer and larger moves than by default, which are quicker to minimise
    const fewer = fixture.preset === "slowBleed" ? { blocks: 15 } : {};
    return siege.run(target, siege.presets[fixture.preset]({ ...options, ...fewer }), { seed, runs });
  }

  async function found(fixture: PresetFixture, seed: number): Promise<Finding> {
    const result = await campaign(fixture, "flawed", seed, fixture.runs ?? 200);
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    if (process.env.SHOW === "1") console.log(renderFailure(result));
    return result.finding;
  }
});

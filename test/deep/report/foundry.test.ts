import type { Address } from "viem";

import type { Condition, Protocol } from "../../../src/types.js";
import type { Exported } from "../../helpers/exported.js";
import type { ForgeResult } from "../../helpers/forge.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { concatHex, erc20Abi, numberToHex, parseAbi, parseUnits, size, zeroAddress } from "viem";

import { attacker, retail, user } from "../../../src/agents/index.js";
import {
  fairShare,
  liquidatable,
  liveness,
  noBadDebt,
  noShortfall,
  oracleWithin,
  solvent,
} from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { chainlink } from "../../../src/oracles/index.js";
import {
  aaveV3,
  compoundV2,
  morphoBlue,
  priceReader,
  spotPrice,
  twap,
  uniswapV2,
} from "../../../src/protocols/index.js";
import { exportFoundry } from "../../../src/report/foundry/export-foundry.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { FIXTURES } from "../../fixtures/all.js";
import { deployAuctionHouse } from "../../fixtures/auction-house.js";
import { CALLED_BACK } from "../../fixtures/callbacks.js";
import { deployFeedVault, faultyFeeds, FEED_VAULTS, longer } from "../../fixtures/feed-vaults.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { deployHarvestVault } from "../../fixtures/harvest-vault.js";
import { pricePoolInAave, setPool } from "../../fixtures/pool-priced-aave.js";
import { poolPricedCompound, poolPricedMorpho } from "../../fixtures/pool-priced-markets.js";
import { PRESET_FIXTURES } from "../../fixtures/presets/all.js";
import { prepared } from "../../fixtures/presets/besiege.js";
import { spotPriceManipulation } from "../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { deployWholeLoan } from "../../fixtures/whole-loan.js";
import { exportOf, playedOnTwin } from "../../helpers/exported.js";
import { forgeBinary, forgeProject } from "../../helpers/forge.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { uniswapArtifact } from "../../mini-mainnet/artifact.js";
import { deployCompoundV2 } from "../../mini-mainnet/cast/compound-v2.js";
import { deployMorphoBlue } from "../../mini-mainnet/cast/morpho-blue.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/**
 * Twins that code alone does not make: a trader who could borrow less, a mark that a deposit moved, votes that wait and a guardian who cancels, a keeper who sees
 * the price and acts. They are played from their own fixtures, with their own reactions.
 */
const FEE_VAULT = "FeeVault, by fairShare";
const OTHERWISE_SET_UP = new Set(["ThinMarginVault", "NoiseFilterVault", "DollarVault", "GovernedVault", FEE_VAULT]);

/** Its twin reads slots that the flawed code does not. */
const READS_MORE = "GatedVault";

const ALL: readonly Exported[] = [
  ...FIXTURES.map((fixture): Exported => ({
    name: fixture.name,
    runs: 200,
    prepare: async (fork, variant) => {
      const target = await fixture.deploy(fork, variant);
      return { target, scenario: fork.connection.siege.scenario(fixture.scenario(fork, target)) };
    },
  })),
  ...CALLED_BACK.map((fixture): Exported => ({
    name: fixture.name,
    runs: 400,
    prepare: async (fork, variant) => {
      const target = await fixture.deploy(fork, variant);
      return { target, scenario: fork.connection.siege.scenario(await fixture.scenario(fork, target)) };
    },
  })),
  ...FEED_VAULTS.map((fixture): Exported => ({
    name: `${fixture.name} (${fixture.kind})`,
    runs: 400,
    prepare: async (fork, variant) => {
      const target = await deployFeedVault(fork, variant === "flawed" ? fixture.name : "FeedVault", fixture.maxAge);
      const scenario = faultyFeeds(fork, target, fixture, [longer(fixture.kind)]);
      return { target, scenario: fork.connection.siege.scenario(scenario) };
    },
  })),
  ...PRESET_FIXTURES.map((fixture): Exported => ({
    name: fixture.name,
    runs: fixture.runs ?? 200,
    prepare: (fork, variant) => prepared(fork, fixture, variant),
  })),
];

/** Conditions that no fixture above is judged by. */
const OTHER_CONDITIONS: readonly Exported[] = [
  {
    name: FEE_VAULT,
    runs: 40,
    prepare: async (fork, variant) => {
      const { usdc } = fork.addresses;
      const target = await deployVariant(fork, "FeeVault", variant, [usdc, agentAddress("manager")]);
      const alice = await person(fork, "alice");
      const amount = parseUnits("1000", 6);
      await give(fork, "USDC", alice, 1_000);
      await fork.chain.write(alice, { address: usdc, abi: erc20Abi }, "approve", [target.address, amount]);
      await fork.chain.write(alice, target, "deposit", [amount, alice]);
      const scenario = fork.connection.siege.scenario({
        name: "what alice has",
        blocks: 8,
        assets: { USDC: { price: 1, token: usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        accounts: { alice },
        conditions: [fairShare()],
      });
      return { target, scenario };
    },
  },
  {
    name: "AuctionHouse, by solvent at fair prices",
    runs: 200,
    prepare: async (fork, variant) => {
      const target = await deployAuctionHouse(fork, variant, 30_000);
      const scenario = fork.connection.siege.scenario({
        name: "a lot is sold",
        blocks: 20,
        assets: { ETH: { price: 2_000, token: fork.addresses.weth }, USDC: { price: 1, token: fork.addresses.usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        conditions: [solvent({ assets: "fair", liabilities: "debt", asset: "USDC" })],
      });
      return { target, scenario };
    },
  },
];

/** A price of 2,000 dollars with 8 decimals, whatever is called: what no swap moves. */
const FIXED_PRICE = 200_000_000_000n;

/** Deploys code that returns one word. */
async function constantSource(fork: SiegeFork): Promise<Address> {
  const runtime = concatHex(["0x7f", numberToHex(FIXED_PRICE, { size: 32 }), "0x60005260206000f3"]);
  // copies what follows these twelve bytes
  const creation = concatHex(["0x60", numberToHex(size(runtime), { size: 1 }), "0x80600b6000396000f3", runtime]);
  return fork.deploy({ abi: [], bytecode: creation }, []);
}

/** Aave believes a pool: a borrower pumps what it has pledged. The target is what tells Aave the price. */
function pumped(name: string, condition: () => Condition): Exported {
  return {
    name,
    runs: 400,
    prepare: async (fork, variant) => {
      const { weth, usdc, uniswapV2: uniswap, aaveV3: aave } = fork.addresses;
      await setPool(fork, 50, 2_000);
      const address = variant === "flawed" ? await pricePoolInAave(fork) : await constantSource(fork);
      const scenario = fork.connection.siege.scenario({
        name: "a pool that Aave believes",
        blocks: 8,
        assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
        protocols: {
          pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
          lending: aaveV3(aave.addressesProvider),
        },
        agents: [
          attacker({
            capital: { USDC: 300_000, ETH: 100 },
            only: ["pool.*", "lending.supply", "lending.borrow"],
          }),
        ],
        conditions: [condition()],
      });
      return { target: { name: "PriceSource", address, abi: [], accounts: {} }, scenario };
    },
  };
}

/** Seconds of half a window of the average, and how long before the next half it is updated. */
const HALF_WINDOW = 1_200;
const UPDATED_BEFORE = 60;

/** Uniswap's sliding window of the pair, a minute after it was updated: from then on it averages what happens. */
async function slidingWindow(fork: SiegeFork): Promise<Address> {
  const { usdc, weth, uniswapV2: uniswap } = fork.addresses;
  const artifact = uniswapArtifact("v2-periphery", "ExampleSlidingWindowOracle");
  const address = await fork.deploy(artifact, [uniswap.factory, BigInt(2 * HALF_WINDOW), 2]);
  const { provider } = fork.connection;
  const next = async (timestamp: number): Promise<void> => {
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [timestamp] });
  };
  const { timestamp } = (await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] })) as {
    readonly timestamp: string;
  };
  const half = Math.ceil((Number(timestamp) + 2 * UPDATED_BEFORE) / HALF_WINDOW) * HALF_WINDOW;
  await next(half - UPDATED_BEFORE);
  const oracle = { address, abi: parseAbi(["function update(address tokenA, address tokenB)"]) };
  await fork.chain.write(fork.account, oracle, "update", [usdc, weth]);
  await next(half);
  await provider.request({ method: "evm_mine" });
  return address;
}

/** A vault that anybody makes sell ether at any price into a pool of 50 WETH, whose price others read. */
function sold(name: string, protocol: (fork: SiegeFork) => Promise<Protocol>): Exported {
  return {
    name,
    runs: 100,
    prepare: async (fork, variant) => {
      const { weth, usdc } = fork.addresses;
      await setPool(fork, 50, 2_000);
      const target = await deployHarvestVault(fork, variant);
      const scenario = fork.connection.siege.scenario({
        name: "a sale that anybody makes",
        blocks: 10,
        assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
        protocols: { price: await protocol(fork) },
        agents: [attacker({ only: ["target.harvest"] })],
        conditions: [oracleWithin({ source: "price", tolerance: 0.2 })],
      });
      return { target, scenario };
    },
  };
}

/** Prices that a pair makes. */
const READ: readonly Exported[] = [
  sold(
    "HarvestVault, by oracleWithin of a spot price",
    async ({
      addresses: {
        uniswapV2: { usdcWeth },
      },
    }) => spotPrice(usdcWeth, { asset: "ETH" }),
  ),
  sold("HarvestVault, by oracleWithin of a spot price in dollars of a feed", async ({ addresses }) =>
    spotPrice(addresses.uniswapV2.usdcWeth, { asset: "ETH", quoteFeed: addresses.chainlink.usdcUsd }),
  ),
  sold("HarvestVault, by oracleWithin of a time-weighted average", async (fork) =>
    twap(await slidingWindow(fork), { asset: "ETH", quote: fork.addresses.usdc, design: "slidingWindow" }),
  ),
];

/** Conditions that try calls, and those of markets and prices. */
const TRIED: readonly Exported[] = [
  {
    name: "StrictBank, by liveness",
    runs: 60,
    prepare: async (fork, variant) => {
      const { usdc } = fork.addresses;
      const target = await deployVariant(fork, "StrictBank", variant, [usdc, zeroAddress]);
      const alice = await person(fork, "alice");
      const amount = parseUnits("1000", 6);
      await give(fork, "USDC", alice, 1_000);
      await fork.chain.write(alice, { address: usdc, abi: erc20Abi }, "approve", [target.address, amount]);
      await fork.chain.write(alice, target, "deposit", [amount]);
      const scenario = fork.connection.siege.scenario({
        name: "what alice withdraws",
        blocks: 8,
        assets: { USDC: { price: 1, token: usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        accounts: { alice },
        conditions: [
          liveness({ function: "withdraw", args: [{ view: "balanceOf" }], unless: "paused", errors: ["Locked"] }),
        ],
      });
      return { target, scenario };
    },
  },
  {
    name: "ClaimDesk, by liveness of what is owed",
    runs: 60,
    prepare: async (fork, variant) => {
      const target = await deployVariant(fork, "ClaimDesk", variant, []);
      const scenario = fork.connection.siege.scenario({
        name: "claims",
        blocks: 8,
        assets: { ETH: { price: 2_000 } },
        agents: [user({ native: 10 }), attacker({ native: 10 })],
        conditions: [liveness({ function: "claim", owed: "claimableOf" })],
      });
      return { target, scenario };
    },
  },
  ...(
    [
      ["WholeLoan", { health: { function: "isLiquidatable", is: true } }],
      ["GreedyLoan", { health: { function: "isLiquidatable", is: true } }],
      // without a view of its health
      ["WholeLoan", {}],
      ["GreedyLoan", { threshold: 0.8 }],
    ] as const
  ).map(([name, rule]): Exported => ({
    name: `${name}, by liquidatable${"health" in rule ? "" : " at fair prices"}`,
    runs: 20,
    prepare: async (fork, variant) => {
      const { weth, usdc, chainlink: feeds } = fork.addresses;
      const target = await deployWholeLoan(fork, variant === "flawed" ? name : "WholeLoanFixed");
      const scenario = fork.connection.siege.scenario({
        name: "ether falls by a third",
        blocks: 8,
        assets: { ETH: { token: weth, process: path([1_340], 2_000) }, USDC: { price: 1, token: usdc } },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [retail({ capital: { ETH: 10 }, only: ["target.deposit"] })],
        accounts: target.accounts,
        conditions: [
          liquidatable({
            liquidate: "liquidate",
            debt: { function: "debtOf", asset: "USDC" },
            collateral: { function: "collateralOf", asset: "ETH" },
            ...rule,
          }),
        ],
      });
      return { target, scenario };
    },
  })),
  {
    name: "SpotLendingVault, by oracleWithin",
    runs: 60,
    prepare: async (fork, variant) => {
      const target = await deploySpotLendingVault(fork, variant);
      const scenario = fork.connection.siege.scenario({
        ...spotPriceManipulation(fork),
        protocols: {
          ...spotPriceManipulation(fork).protocols,
          price: priceReader(target.address, { asset: "ETH", function: "price", decimals: 6 }),
        },
        conditions: [oracleWithin({ source: "price", tolerance: 0.05 })],
      });
      return { target, scenario };
    },
  },
  pumped("a market's price source, by noBadDebt", () => noBadDebt()),
  pumped("a market's price source, by noShortfall", () => noShortfall()),
];

/** Markets that believe a pool, too, whose books say what is owed only after interest. */
const LENDING: readonly Exported[] = (
  [
    ["Morpho Blue", poolPricedMorpho, "lending.supplyCollateral"],
    ["Compound v2", poolPricedCompound, "lending.mint"],
  ] as const
).flatMap(([market, deploy, supplies]) =>
  ([noBadDebt, noShortfall] as const).map((condition): Exported => ({
    name: `a price source of ${market}, by ${condition.name}`,
    runs: 600,
    prepare: async (fork, variant) => {
      const { weth, usdc, uniswapV2: uniswap } = fork.addresses;
      await setPool(fork, 50, 2_000);
      const { target, lending } = await deploy(fork, variant);
      const scenario = fork.connection.siege.scenario({
        name: "a pool that a market believes",
        blocks: 8,
        assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
        protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }), lending },
        agents: [attacker({ capital: { USDC: 300_000, ETH: 100 }, only: ["pool.*", supplies, "lending.borrow"] })],
        conditions: [condition()],
      });
      return { target, scenario };
    },
  })),
);

/** Ether falls below what people owe, who did nothing in between: their interest is in no books yet. */
const FALLEN: readonly Exported[] = (
  [
    [
      "Morpho Blue",
      async (fork: SiegeFork) => {
        const { morpho, market, users } = await deployMorphoBlue(fork.chain, fork.addresses);
        return { lending: morphoBlue(morpho, { market }), users };
      },
    ],
    [
      "Compound v2",
      async (fork: SiegeFork) => {
        const { comptroller, users } = await deployCompoundV2(fork.chain, fork.addresses);
        return { lending: compoundV2(comptroller), users };
      },
    ],
  ] as const
).map(([market, deploy]): Exported => ({
  name: market,
  runs: 5,
  prepare: async (fork) => {
    const { weth, usdc, chainlink: feeds } = fork.addresses;
    const { lending, users } = await deploy(fork);
    const scenario = fork.connection.siege.scenario({
      name: "ether falls by a quarter",
      blocks: 6,
      assets: {
        ETH: { token: weth, process: path([2_000, 2_000, 2_000, 1_500], 2_000) },
        USDC: { price: 1, token: usdc },
      },
      protocols: { lending },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents: [attacker({ capital: { USDC: 10_000 }, only: ["USDC.transfer"] })],
      accounts: { ...users },
      conditions: [noBadDebt()],
    });
    return { target: { name: "PriceFeed", address: feeds.ethUsd, abi: [], accounts: {} }, scenario };
  },
}));

const forge = forgeBinary();

/** Every fixture's reproduction under the real forge, with its own code and with its twin's. */
describe("the Foundry export", function () {
  let source: MiniMainnetSource | undefined;

  before(async function () {
    // `npm --prefix bench ci` installs it
    if (forge === undefined) this.skip();
    source = await miniMainnetSource();
  });
  after(() => source?.close());

  async function onFork<T>(work: (fork: SiegeFork) => Promise<T>): Promise<T> {
    const fork = await createSiegeFork(source!);
    try {
      return await work(fork);
    } finally {
      await fork.close();
    }
  }

  /** @param text - of one test file, which is compiled alone: the compiler from npm has little memory */
  async function outcomes(text: string, env: Readonly<Record<string, string>>[]): Promise<readonly ForgeResult[]> {
    const project = await forgeProject(forge!, new Map([["Siege.t.sol", text]]));
    try {
      const results: ForgeResult[] = [];
      for (const one of env) results.push(...(await project.test("Siege.t.sol", one)).values());
      return results;
    } finally {
      await project.remove();
    }
  }

  for (const fixture of [...ALL, ...OTHER_CONDITIONS, ...TRIED, ...READ, ...LENDING]) {
    it(`of ${fixture.name} fails as it was found, and passes with the twin`, async () => {
      const { verdict, text, fix, reproduction } = await onFork((fork) => exportOf(fork, fixture));
      const failing = { status: "Failure", reason: verdict };
      const passing = { status: "Success", reason: undefined };
      if (fixture.name === READS_MORE) {
        // without the fix's state, it says what is missing
        const [plain] = await outcomes(exportFoundry(reproduction), [{ SIEGE_FIX: fix }]);
        expect(plain?.reason).to.match(/^MISSING STATE: slot /);
      }
      if (!OTHERWISE_SET_UP.has(fixture.name)) {
        expect(await outcomes(text, [{}, { SIEGE_FIX: fix }])).to.deep.equal([failing, passing]);
        return;
      }
      const { hermetic } = reproduction;
      if (hermetic === null) throw new Error("it is confirmed");
      const { hardfork } = hermetic;
      const { trace } = reproduction.finding;
      const ofTwin = await onFork((fork) => playedOnTwin(fork, fixture, { hardfork, trace }));
      expect(await outcomes(text, [{}])).to.deep.equal([failing]);
      const twin = exportFoundry({ ...reproduction, hermetic: ofTwin });
      expect(await outcomes(twin, [{ SIEGE_FIX: fix }])).to.deep.equal([passing]);
    });
  }

  for (const fixture of FALLEN) {
    it(`tells the interest of ${fixture.name} that is in no books`, async () => {
      const { verdict, text } = await onFork((fork) => exportOf(fork, fixture));
      expect(await outcomes(text, [{}])).to.deep.equal([{ status: "Failure", reason: verdict }]);
      // without it, less is owed
      const [plain] = await outcomes(text.replaceAll(/^ *_update\(.*\n/gm, ""), [{}]);
      expect(plain?.reason).to.match(/^INEXACT: a view returns /);
    });
  }
});

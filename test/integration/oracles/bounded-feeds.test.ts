import type { Abi, Address } from "viem";

import type { Round } from "../../../src/engine/run/rounds.js";
import type { CampaignResult } from "../../../src/types.js";

import { expect } from "chai";
import { parseAbi, parseEther } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { defineCondition, noBadDebt } from "../../../src/conditions/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { path } from "../../../src/market/index.js";
import { defineOracle } from "../../../src/oracles/index.js";
import { call, constant, read } from "../../../src/protocols/index.js";
import { renderResult } from "../../../src/report/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { give } from "../../fixtures/give.js";
import { genomeOf } from "../../helpers/play-agents.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

const KEEPER: Address = "0x00000000000000000000000000000000000cee9e";

const abi = parseAbi(["function price() view returns (uint256)", "function post(uint256 price)"]);

interface Options {
  readonly asset: string;
  readonly least?: number;
}

/** The adapter of both feeds; one of its users knows the bounds, the other does not. */
const postedFeed = defineOracle<Options, { readonly address: Address; readonly least: number | undefined }, bigint>({
  kind: "postedFeed",
  inspect: (_context, address, { least }) => Promise.resolve({ address, least }),
  observe: ({ address }) => read({ address, abi, functionName: "price" }),
  prepare: () => [{ kind: "fund", account: KEEPER, wei: 10n ** 21n }],
  model: ({ asset }) => ({ asset, latencyBlocks: 0, deviation: 0.01, heartbeat: 86_400 }),
  bounds: ({ least }) => (least === undefined ? {} : { least }),
  price: (posted) => Number(posted) / 1e18,
  publish: ({ address }, _posted, dollars) => ({
    from: KEEPER,
    call: call({ address, abi, functionName: "post", args: [BigInt(Math.round(dollars * 1e6)) * 10n ** 12n] }),
  }),
});

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

describe("a feed that does not show every price", () => {
  const theFork = siegeForkForSuite();

  async function deploy(name: string, args: readonly unknown[]): Promise<{ address: Address; abi: Abi }> {
    const artifact = await fixtureArtifact(name);
    return { address: await theFork().deploy(artifact, args), abi: artifact.abi };
  }

  /** Ether stands at 2,000 dollars and then at these prices. */
  async function rounds(feed: Address, prices: readonly number[], options: Partial<Options> = {}): Promise<Round[]> {
    const { provider } = theFork().connection;
    const scenario = buildScenario({
      name: "bounds",
      blocks: prices.length,
      assets: { ETH: { token: theFork().addresses.weth } },
      oracles: [postedFeed(feed, { asset: "ETH", ...options })],
      agents: [],
      conditions: [nothing],
    });
    const target = { name: "Feed", address: feed, abi: [] };
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const all: Round[] = [];
    let last = 2_000;
    const moves = prices.map((price, index) => {
      const change = Math.round((price / last) * 1e6) - 1e6;
      last = price;
      return { block: index + 1, change };
    });
    try {
      await new Player(world, () => undefined).genome(genomeOf({ blocks: prices.length, moves }), {
        mined: async (block) => void all.push(...block.rounds),
      });
    } finally {
      await world.close();
    }
    return all;
  }

  const told = (all: readonly Round[]): string[] =>
    all.map(({ outcome, offered, shown, fair }) =>
      [outcome, Math.round(offered), Math.round(shown), Math.round(fair)].join(" "),
    );

  it("refuses a round, keeps its last price, and is sent another in each block until it takes one", async () => {
    const { address } = await deploy("BandFeed", [parseEther("2000"), parseEther("1000"), parseEther("3000")]);
    expect(told(await rounds(address, [1_500, 500, 500, 1_200]))).to.deep.equal([
      "published 1500 1500 1500",
      "refused 500 1500 500",
      "refused 500 1500 500",
      "published 1200 1200 1200",
    ]);
  });

  it("clamps a round: what it shows is what it is taken to show", async () => {
    const { address } = await deploy("FloorFeed", [parseEther("2000"), parseEther("1000")]);
    expect(told(await rounds(address, [500, 1_200]))).to.deep.equal([
      "changed 500 1000 500",
      "published 1200 1200 1200",
    ]);
  });

  it("publishes its bound where the adapter knows it", async () => {
    const { address } = await deploy("BandFeed", [parseEther("2000"), parseEther("1000"), parseEther("3000")]);
    expect(told(await rounds(address, [500, 400, 1_200], { least: 1_000 }))).to.deep.equal([
      "published 1000 1000 500",
      "published 1200 1200 1200",
    ]);
  });

  /** @param published - the feed that is sent the rounds, if it is another than the vault reads */
  async function besiege(
    vault: string,
    feed: Address,
    {
      published = feed,
      prices = [1_500, 500],
      pauses,
    }: { readonly published?: Address; readonly prices?: number[]; readonly pauses?: { readonly most: number } } = {},
  ): Promise<CampaignResult> {
    const { weth, usdc } = theFork().addresses;
    const target = await deploy(vault, [weth, usdc, feed]);
    await give(theFork(), "USDC", target.address, 1_000_000);
    const { siege } = theFork().connection;
    const scenario = siege.scenario({
      name: "ether falls below the feed's floor",
      blocks: 14,
      ...(pauses === undefined ? {} : { pauses }),
      assets: {
        ETH: { token: weth, price: 2_000, process: path(prices, 2_000) },
        USDC: { token: usdc, price: 1 },
      },
      oracles: [postedFeed(published, { asset: "ETH" })],
      agents: [attacker({ capital: { ETH: 10 }, only: ["target.*"] })],
      conditions: [
        noBadDebt({
          collateral: { function: "collateralOf", asset: "ETH" },
          debt: { function: "debtOf", asset: "USDC" },
        }),
      ],
    });
    return siege.run({ ...target, name: vault }, scenario, { runs: 30, seed: 1 });
  }

  it("breaks a vault that takes its floor for the price, to a minimal trace; the twin holds", async () => {
    const { address } = await deploy("FloorFeed", [parseEther("2000"), parseEther("1000")]);
    const result = await besiege("FloorPricedVault", address);
    expect(result.kind).to.equal("violation");
    expect(result.kind === "violation" && result.finding.certificate).to.not.equal(undefined);
    expect(renderResult(result)).to.match(/ETH feed\s+shows \$1,000\.00 for a price of \$\d/);
  });

  it("is no error in a campaign in which it refuses what it is sent", async () => {
    const { address } = await deploy("FloorFeed", [parseEther("2000"), parseEther("1000")]);
    const result = await besiege("FloorPricedVaultFixed", address);
    expect(result.kind).to.equal("survived");
    expect(renderResult(result)).to.match(/rounds\s+ETH feed showed another price after/);
  });

  it("leaves the verdict open if it takes no round at all, for it showed one price throughout", async () => {
    const feed = await deploy("BandFeed", [parseEther("2000"), parseEther("1900"), parseEther("2100")]);
    const { address } = await deploy("FloorFeed", [parseEther("2000"), parseEther("1000")]);
    // a pause before the fall would bring a round at the price of before, which it takes
    const alone = { published: feed.address, prices: [1_850], pauses: { most: 0 } };
    const result = await besiege("FloorPricedVaultFixed", address, alone);
    expect(result.kind).to.equal("inconclusive");
    const doubts = result.kind === "inconclusive" ? result.doubts : [];
    expect(doubts.map(({ code }) => code)).to.include("NOT_PUBLISHED");
    expect(doubts.map(({ message }) => message).join()).to.include("ETH feed accepted none");
  });
});

import type { Address } from "viem";

import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { defineAgent } from "../../../src/agents/index.js";
import { defineCondition } from "../../../src/conditions/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { path } from "../../../src/market/index.js";
import { createRandom } from "../../../src/market/random.js";
import {
  surfaceVolatility,
  volatilityOracle,
  volatilityOracleAbi,
  volatilityOracleCode,
} from "../../../src/oracles/index.js";
import { constant } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { SMILE } from "../../fixtures/presets/straddle-desk.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { genomeOf } from "../../helpers/play-agents.js";
import { PinnedChain } from "../../mini-mainnet/pinned-chain.js";

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

describe("volatilityOracle", () => {
  let local: LocalSiege;
  let chain: PinnedChain;
  let oracle: { readonly address: Address; readonly abi: typeof volatilityOracleAbi };

  before(async () => {
    local = await createLocalSiege();
    const { provider } = local.connection;
    chain = new PinnedChain(provider);
    const [from] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
    const { contractAddress } = await chain.send({
      from: from!,
      data: volatilityOracleCode({ surface: SMILE, level: 0.8 }),
    });
    oracle = { address: contractAddress!, abi: volatilityOracleAbi };
  });
  after(() => local.close());

  it("says on the chain what surfaceVolatility says, to a billionth, within the surface and beyond it", async () => {
    const random = createRandom(1);
    for (let count = 0; count < 60; count++) {
      const strike = BigInt(Math.round(10 ** (18 - 1 + 1.6 * random.next())));
      const seconds = BigInt(Math.round(10 ** (4 + 4 * random.next())));
      const said = await chain.read(oracle, "impliedVolatility", [strike, seconds]);
      const expected = surfaceVolatility(SMILE, {
        level: 0.8,
        strike: Number(strike) / 1e18,
        expiry: Number(seconds) / 31_536_000,
      });
      expect(Number(said) / 1e18, `${strike} ${seconds}`).to.be.closeTo(expected, 1e-9);
    }
  });

  it("reads as a price feed, too, and lets nobody else publish", async () => {
    const [round, answer, , , answeredIn] = await chain.read(oracle, "latestRoundData", []);
    expect([round, answer, answeredIn]).to.deep.equal([1n, 8n * 10n ** 17n, 1n]);
    const [from] = (await local.connection.provider.request({ method: "eth_accounts" })) as readonly Address[];
    let refused = false;
    await chain.write(from!, oracle, "publish", [1n]).catch(() => (refused = true));
    expect(refused).to.equal(true);
  });

  it("publishes a rise as late as its model says, and agents read the surface", async () => {
    const seen: number[] = [];
    const reader = defineAgent({
      role: "reader",
      act: ({ view }) => {
        const { level, impliedVolatility } = view.at(volatilityOracle, "surface");
        seen.push(level, impliedVolatility(0.8, 30 / 365), view.price("IV"));
      },
    });
    const scenario = buildScenario({
      name: "volatility doubles",
      blocks: 4,
      assets: { IV: { quote: "volatility", process: path([0.8, 1.6], 0.8) } },
      protocols: { surface: volatilityOracle(oracle.address, { asset: "IV" }) },
      oracles: [volatilityOracle(oracle.address, { asset: "IV", latencyBlocks: 1 })],
      agents: [reader],
      conditions: [nothing],
    });
    const world = await openWorld(local.environment(), { name: "Oracle", ...oracle }, scenario);
    try {
      // its first price is what the oracle has published
      expect(world.prices.get("IV")).to.equal(0.8);
      const doubled = genomeOf({ blocks: 4, moves: [] });
      await new Player(world, () => undefined).genome(
        { ...doubled, market: [{ block: 2, asset: "IV", change: 1_000_000 }] },
        {},
      );
      // seen after block n, with the fair level of block n + 1
      const fair = [0.8, 1.6, 1.6, 1.6];
      const levels = [0.8, 0.8, 0.8, 1.6];
      expect(seen).to.deep.equal(levels.flatMap((level, block) => [level, level * 1.12, fair[block]!]));
    } finally {
      await world.close();
    }
  });

  it("is no contract that cannot say a surface", async () => {
    const error = await failsWith("UNSUPPORTED_PROTOCOL", () =>
      openWorld(
        local.environment(),
        { name: "Oracle", ...oracle },
        buildScenario({
          name: "none",
          blocks: 1,
          assets: { IV: { price: 0.8, quote: "volatility" } },
          oracles: [volatilityOracle("0x00000000000000000000000000000000000000a1", { asset: "IV" })],
          agents: [],
          conditions: [nothing],
        }),
      ),
    );
    expect(error.hint).to.include("volatilityOracleCode");
  });
});

import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { openWorld } from "../../../src/engine/world/world.js";
import { gbm } from "../../../src/market/index.js";
import { priceFansOf } from "../../../src/risk/ruin/price-fan.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

const DAY = 86_400;
const YEAR = 365 * DAY;

describe("the prices of a risk run", () => {
  let local: LocalSiege;
  let note: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed");
  });
  after(() => local.close());

  it("are those that the contract saw: ruined paths first fall below its barrier in their block", async () => {
    const { siege } = local.connection;
    const { prices, ruined } = await siege.ruin(note, siege.scenario(thirtyDays(note)), { paths: 60 });
    expect(prices).to.have.lengthOf(1);
    const [fan] = prices;
    expect(fan).to.include({ asset: "X", paths: 60 });
    expect(fan?.blocks).to.deep.equal(Array.from({ length: 31 }, (_value, block) => block));
    expect(fan?.quantiles[0]).to.deep.equal([100, 100, 100, 100, 100]);
    expect(fan?.ruined.map(({ path }) => path)).to.deep.equal(ruined.slice(0, 20).map(({ path }) => path));
    expect(fan?.ruined).to.have.property("length").that.is.at.least(10);
    for (const [index, { prices: along }] of fan!.ruined.entries()) {
      expect(along.findIndex((price) => price <= 80)).to.equal(ruined[index]!.block);
    }
  });

  it("have the quantiles of their process", async () => {
    const world = await openWorld(local.environment(), note, buildScenario(thirtyDays(note)));
    try {
      const [fan] = priceFansOf(world, 5, { paths: 5_000, ruined: [] });
      expect(fan?.paths).to.equal(1_000);
      // of a logarithm that is normal; a quantile of 1,000 has a standard error of at most 0.067 standard deviations
      for (const block of [1, 10, 30]) {
        const deviation = 0.8 * Math.sqrt((block * DAY) / YEAR);
        for (const [index, z] of [-1.6449, -0.6745, 0, 0.6745, 1.6449].entries()) {
          const standardised = (Math.log(fan!.quantiles[block]![index]! / 100) + deviation ** 2 / 2) / deviation;
          expect(standardised, `block ${block}, quantile ${index}`).to.be.closeTo(z, 4 * 0.067);
        }
      }
    } finally {
      await world.close();
    }
  });

  it("are looked at in steps over a long horizon, and are not those of assets that stand still", async () => {
    const assets = { STILL: { price: 1 }, MOVES: { price: 10, process: gbm({ volatility: 0.5 }) } };
    const definition = { ...thirtyDays(note), agents: [], assets, blocks: 1_001 };
    const world = await openWorld(local.environment(), note, buildScenario(definition));
    try {
      const fans = priceFansOf(world, 5, { paths: 3, ruined: [] });
      expect(fans.map(({ asset }) => asset)).to.deep.equal(["MOVES"]);
      expect(fans[0]?.blocks).to.have.lengthOf(201);
      expect([fans[0]?.blocks[0], fans[0]?.blocks.at(-1)]).to.deep.equal([0, 1_001]);
      expect(priceFansOf(world, 5, { paths: 0, ruined: [] })).to.deep.equal([]);
    } finally {
      await world.close();
    }
  });
});

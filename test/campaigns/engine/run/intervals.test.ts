import type { CampaignOptions, CampaignResult, RuinResult } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { defineCondition, invariants } from "../../../../src/conditions/index.js";
import { gbm } from "../../../../src/market/index.js";
import { constant } from "../../../../src/protocols/index.js";
import { renderResult, renderRuin } from "../../../../src/report/index.js";
import { deployLockedVault } from "../../../fixtures/locked-vault.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

const HOUR = 3_600;
const MEAN = 24 * HOUR;
const RANDOM = { mean: MEAN, distribution: "exponential" } as const;

/** A lock of a week and a day, 192 hours: there are at most 7 x 24 between two of eight blocks, unless blocks are late. */
describe("blocks at random times", () => {
  const theFork = siegeForkForSuite();

  const deploy = (variant: "flawed" | "fixed"): Promise<Fixture> => deployLockedVault(theFork(), variant);

  async function besiege(
    vault: Fixture,
    options: CampaignOptions,
    blockTime: number | typeof RANDOM = RANDOM,
  ): Promise<CampaignResult> {
    const { siege } = theFork().connection;
    const scenario = siege.scenario({
      name: "a week's lock",
      blocks: 8,
      blockTime,
      pauses: { most: 0 },
      assets: { ETH: { price: 2_000, token: theFork().addresses.weth, process: gbm({ volatility: 0.5 }) } },
      agents: [attacker({ capital: { ETH: 10 }, only: ["target.*"] })],
      conditions: [invariants(vault)],
    });
    return siege.run(vault, scenario, { runs: 500, seed: 1, ...options });
  }

  it("reach what takes longer than the mean of a run, shrink to how late they have to be, and replay", async () => {
    const vault = await deploy("flawed");
    expect((await besiege(vault, {}, MEAN)).kind).to.equal("survived");
    const result = await besiege(vault, {});
    expect(result.kind).to.equal("violation");
    if (result.kind !== "violation") return;
    const report = renderResult(result);
    const late =
      / 1 {2}block (\d) .* 2 {2}block (\d) {2}time {2,}the block is (\d) days? late {2,}\(([^)]*) survives\)/s.exec(
        report,
      );
    expect(late, report).not.to.equal(null);
    const [deposited, reminded, days] = (late ?? []).slice(1, 4).map(Number);
    // the mean passes besides, from block to block: eight days in all, and not a second less
    expect(Number(days) + Number(reminded) - Number(deposited), report).to.equal(8);
    expect(late?.[4]).to.match(new RegExp(`^${Number(days) - 1} days? 23 hours 59 minutes 59 seconds$`));
    expect(result.finding.steps.length).to.equal(3);
    const { siege } = theFork().connection;
    expect((await siege.replay(result.finding.reproduction!)).kind).to.equal("violation");
  });

  it("are the same on two lanes, and with one transaction per call", async () => {
    const vault = await deploy("fixed");
    const one = await besiege(vault, { runs: 40, lanes: 1 });
    expect(one.kind).to.equal("survived");
    expect(one.activity.events.interval).to.be.within(0.9 * 8 * 40, 8 * 40);
    expect((await besiege(vault, { runs: 40, lanes: 2 })).activity).to.deep.equal(one.activity);
    const faithful = await besiege(vault, { runs: 40, executor: "faithful" });
    expect(faithful.activity.events).to.deep.equal(one.activity.events);
  });

  it("are what the paths of a risk run are over", async () => {
    const vault = await deploy("fixed");
    const { siege } = theFork().connection;
    const late = defineCondition({
      id: "horizon",
      observe: () => constant(undefined),
      judge: ({ view, startView }) =>
        view.timestamp - startView.timestamp > 14 * MEAN ? "14 times the mean is over" : undefined,
    });
    const ruin = (lanes: number): Promise<RuinResult> =>
      siege.ruin(
        vault,
        siege.scenario({
          name: "twelve blocks",
          blocks: 12,
          blockTime: RANDOM,
          pauses: { most: 0 },
          assets: { ETH: { price: 2_000, process: gbm({ volatility: 0.5 }) } },
          agents: [],
          conditions: [late],
        }),
        { paths: 400, seed: 1, lanes },
      );
    const result = await ruin(1);
    // P(a gamma variable of shape 12 and mean 12 is above 14) = P(at most 11 Poisson events of mean 14)
    const { value = NaN } = result.probability;
    expect(value).to.be.closeTo(0.26, 3.5 * Math.sqrt((0.26 * 0.74) / 400));
    const { cost: _cost, ...other } = await ruin(2);
    const { cost: _own, ...here } = result;
    expect(other.ruined).to.deep.equal(here.ruined);
    const told = renderRuin(result);
    expect(told).to.include("12 days in all on average");
    expect(told).to.match(/random .*the times of blocks/);
  });
});

import type { Genome } from "../../../../src/engine/events/genome.js";
import type { MinedBlock } from "../../../../src/engine/run/state.js";
import type { CampaignOptions, CampaignResult } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { invariants } from "../../../../src/conditions/index.js";
import { Player } from "../../../../src/engine/run/player.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { renderResult } from "../../../../src/report/index.js";
import { deployLockedVault } from "../../../fixtures/locked-vault.js";
import { forkForEach, genomeOf, openMarket } from "../../../helpers/play-agents.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { runsOf } from "../../../helpers/twin.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe("a pause", () => {
  describe("on the chain", () => {
    const theFork = forkForEach();

    /** Plays pauses and other events over four blocks. */
    async function play(genome: Partial<Genome>): Promise<{
      readonly blocks: readonly MinedBlock[];
      /** Number and timestamp of the chain's last block, from the base on. */
      readonly passed: { readonly blocks: number; readonly seconds: number };
      /** The age of the feed's round when the agents of each block act, seconds. */
      readonly ages: readonly number[];
    }> {
      const world = await openMarket(theFork(), { agents: [], blocks: 4 });
      const blocks: MinedBlock[] = [];
      const ages: number[] = [];
      let passed = { blocks: 0, seconds: 0 };
      let updated = world.base.timestamp;
      try {
        await new Player(world, () => undefined).genome(
          { ...genomeOf({ blocks: 4, moves: [] }), ...genome },
          {
            mined: async (block) => {
              blocks.push(block);
              if (block.rest?.feeds !== undefined) updated = block.rest.feeds.environment.timestamp;
              ages.push(block.environment.timestamp - updated);
              if (block.rounds.length > 0) updated = block.environment.timestamp;
              const { number, timestamp } = await world.chain.latest();
              passed = { blocks: number - world.base.number, seconds: timestamp - world.base.timestamp };
            },
          },
        );
      } finally {
        await world.close();
      }
      return { blocks, passed, ages };
    }

    it("is as many blocks as it is long, and the feeds publish at its end, before anybody acts", async () => {
      const { blocks, passed, ages } = await play({ pauses: [{ block: 3, seconds: 7 * DAY }] });
      expect(passed).to.deep.equal({ blocks: 4 + (7 * DAY) / 12, seconds: 4 * 12 + 7 * DAY });
      expect(ages).to.deep.equal([12, 24, 12, 24]);
      expect(blocks.map(({ rounds }) => rounds.length)).to.deep.equal([0, 0, 0, 0]);
    });

    it("shorter than a heartbeat brings no round", async () => {
      const { ages, passed } = await play({ pauses: [{ block: 3, seconds: 10 }] });
      expect(ages).to.deep.equal([12, 24, 46, 58]);
      expect(passed).to.deep.equal({ blocks: 4, seconds: 58 });
    });

    it("outlasts a fault of a few blocks, and not one that is longer", async () => {
      const fault = (blocks: number) => ({ oracles: [{ block: 2, oracle: "ETH", blocks }] });
      const pauses = [{ block: 3, seconds: DAY }];
      expect((await play({ ...fault(3), pauses })).ages[2]).to.equal(12);
      expect((await play({ ...fault(9_000), pauses })).ages[2]).to.equal(DAY + 36);
    });

    it("lets a late feed see the price at which the market stood still", async () => {
      const market = [{ block: 2, asset: "ETH", change: -400_000 }];
      const { blocks } = await play({ market, pauses: [{ block: 3, seconds: DAY }] });
      expect(blocks[2]?.rest?.feeds?.rounds.map(({ shown }) => shown)).to.deep.equal([1_200]);
    });
  });

  describe("in a campaign", () => {
    const theFork = siegeForkForSuite();

    const deploy = (variant: "flawed" | "fixed"): Promise<Fixture> => deployLockedVault(theFork(), variant);

    async function besiege(
      given: "flawed" | "fixed" | Fixture,
      options: CampaignOptions,
      pauses?: { readonly most: number },
    ): Promise<CampaignResult> {
      const { weth, chainlink: feeds } = theFork().addresses;
      const vault = typeof given === "string" ? await deploy(given) : given;
      const { siege } = theFork().connection;
      const scenario = siege.scenario({
        name: "a week's lock",
        blocks: 12,
        assets: { ETH: { price: 2_000, token: weth } },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [attacker({ capital: { ETH: 10 }, only: ["target.*"] })],
        conditions: [invariants(vault)],
        ...(pauses === undefined ? {} : { pauses }),
      });
      return siege.run(vault, scenario, { runs: 200, seed: 1, ...options });
    }

    it("reaches what takes a week, shrinks to it, and replays", async () => {
      const result = await besiege("flawed", {});
      expect(result.kind).to.equal("violation");
      if (result.kind !== "violation") return;
      const report = renderResult(result);
      expect(report).to.match(/time {2,}8 days( 1 minute)? pass {2,}\(7 days 23 hours 59 minutes survives\)/);
      expect(result.finding.steps.length).to.equal(3);
      const { siege } = theFork().connection;
      expect((await siege.replay(result.finding.reproduction!)).kind).to.equal("violation");
      // and the saved trace is what the next campaign begins with
      const again = await besiege("flawed", {});
      expect(again.cost.runs).to.equal(0);
    });

    it("is the same on two lanes, and with one transaction per call", async () => {
      // the same one, as moments are amounts, too: a deployment a second later is another target
      const vault = await deploy("fixed");
      const one = await besiege(vault, { runs: 20, lanes: 1 });
      expect(one.kind).to.equal("survived");
      expect(one.activity.events.pause).to.be.above(0);
      expect((await besiege(vault, { runs: 20, lanes: 2 })).activity).to.deep.equal(one.activity);
      const faithful = await besiege(vault, { runs: 20, executor: "faithful" });
      expect(faithful.activity.events).to.deep.equal(one.activity.events);
    });

    it("can be switched off", async () => {
      const result = await besiege("flawed", { runs: runsOf(60) }, { most: 0 });
      expect(result.kind).to.equal("survived");
    });
  });
});

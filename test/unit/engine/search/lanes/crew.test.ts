import type { Lanes } from "../../../../../src/engine/search/lanes/lanes.js";
import type { World } from "../../../../../src/engine/world/world.js";

import { expect } from "chai";

import { FixedCrew, LANE_LIFE, SelfSizingCrew } from "../../../../../src/engine/search/lanes/crew.js";

/** Lanes without worlds: a crew only counts them. */
function fakeLanes(): Lanes & { readonly history: number[] } {
  const worlds: World[] = [];
  const history: number[] = [];
  const lanes = {
    worlds,
    history,
    add: async () => {
      worlds.push({} as World);
      history.push(worlds.length);
    },
    remove: async () => {
      worlds.pop();
      history.push(worlds.length);
    },
  };
  return lanes as unknown as Lanes & { readonly history: number[] };
}

const play = () => () => Promise.reject(new Error("nothing is played"));

describe("a crew of a fixed size", () => {
  it("opens no more lanes than there are runs", async () => {
    const lanes = fakeLanes();
    expect(await new FixedCrew(lanes, 8, play).shift(3)).to.equal(3);
    expect(lanes.worlds).to.have.length(3);
  });

  it("keeps the lanes that are open", async () => {
    const lanes = fakeLanes();
    await lanes.add();
    await new FixedCrew(lanes, 2, play).shift(100);
    expect(lanes.history).to.deep.equal([1, 2]);
  });
});

describe("any crew", () => {
  it("replaces a lane that has mined so much that its memory use matters", async () => {
    const blocks = LANE_LIFE / 4;
    const played: string[] = [];
    let opened = 0;
    const open = (): World => ({ scenario: { blocks }, name: `lane ${++opened}` }) as unknown as World;
    const worlds = [open()];
    const lanes = {
      worlds,
      renew: async (lane: World) => {
        const fresh = open();
        worlds[worlds.indexOf(lane)] = fresh;
        return fresh;
      },
    } as unknown as Lanes;
    const crew = new FixedCrew(lanes, 1, (lane) => async ({ index }) => {
      played.push(`${(lane as unknown as { readonly name: string }).name}, run ${index}`);
      return {
        index,
        outcome: { kind: "survived", blocks, trace: { steps: [], blocks } },
        count: { runs: 1, blocks, calls: 0, trials: 0 },
      };
    });
    await crew.play(async (playRun) => {
      for (let index = 0; index < 6; index++) await playRun({ kind: "trace", index, trace: { steps: [], blocks } });
    });
    expect(played).to.deep.equal([
      "lane 1, run 0",
      "lane 1, run 1",
      "lane 1, run 2",
      "lane 1, run 3",
      "lane 2, run 4",
      "lane 2, run 5",
    ]);
  });
});

describe("a crew that sizes itself", () => {
  /**
   * Lets a crew play a campaign.
   *
   * @param rate - runs per second by the number of lanes
   */
  async function sizes(options: {
    readonly most: number;
    readonly runs: number;
    readonly rate: (lanes: number) => number;
  }): Promise<readonly number[]> {
    const lanes = fakeLanes();
    let now = 0;
    const crew = new SelfSizingCrew(lanes, { most: options.most, clock: () => now }, play);
    for (let left = options.runs; left > 0;) {
      const shift = Math.min(left, await crew.shift(left));
      now += (1000 * shift) / options.rate(lanes.worlds.length);
      left -= shift;
    }
    return lanes.history;
  }

  it("opens a lane for each processor that makes the campaign faster", async () => {
    expect(await sizes({ most: 3, runs: 10_000, rate: (lanes) => 10 * lanes })).to.deep.equal([1, 2, 3]);
  });

  it("closes a lane that did not", async () => {
    const rate = (lanes: number): number => (lanes < 3 ? 10 * lanes : 19);
    expect(await sizes({ most: 8, runs: 10_000, rate })).to.deep.equal([1, 2, 3, 2]);
  });

  it("starts with one lane, and opens no more for a campaign that is nearly over", async () => {
    expect(await sizes({ most: 8, runs: 60, rate: () => 100 })).to.deep.equal([1]);
  });
});

import type { MapOptions, SiegeMap, ThresholdMap } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { read } from "../../../src/protocols/index.js";
import { renderMap } from "../../../src/report/index.js";
import { parameter } from "../../../src/scenario/index.js";
import { deployBarrierNote, keeper, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

const DOLLAR = 1e8;

/** A note is marked in every block; what is missing at its lowest mark stays missing, and what it is worth now comes back. */
describe("a map tells what is lost from what recovers", () => {
  let local: LocalSiege;
  let note: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed");
  });
  after(() => local.close());

  /** Below $80, by what a view of the note says or by what the market says. */
  function worth(says: "missing" | "price") {
    return defineCondition({
      id: says,
      observe: (_facts, { target }) => read({ address: target.address, abi: note.abi, functionName: "missing" }),
      judge: ({ reading, view }) => {
        const short = says === "missing" ? Number(reading) / DOLLAR : 80 - view.price("X");
        return short > 0 ? `$${short.toFixed(2)} too little` : undefined;
      },
    });
  }

  async function mapped(says: "missing" | "price", options: Partial<MapOptions> = {}): Promise<SiegeMap> {
    const { siege } = local.connection;
    const fall = parameter({
      range: [0.1, 0.5],
      step: 0.1,
      set: (value) => ({ assets: { X: { price: 100, process: path([100, 100 * (1 - value)], 100) } } }),
    });
    const scenario = siege.scenario({
      ...thirtyDays(note),
      blocks: 4,
      conditions: [worth(says)],
      parameters: { fall },
    });
    return siege.map(note, scenario, { along: "fall", points: 3, runs: 1, rest: 3, ...options });
  }

  const lasts = ({ points }: SiegeMap): readonly unknown[] => points.map(({ violation }) => violation?.lasts);

  it("a loss that is still there when prices have returned and everybody rests", async () => {
    const map = (await mapped("missing")) as ThresholdMap;
    expect(map.outcome).to.equal("threshold");
    // at $80 exactly, the note has failed
    expect(lasts(map)).to.deep.equal([undefined, true, true, true]);
    expect(renderMap(map)).to.include(
      "\n  lasts      still violated after prices have returned and all have rested for 3 blocks\n",
    );
  });

  it("one that the market makes good", async () => {
    const map = await mapped("price");
    expect(lasts(map)).to.deep.equal([undefined, undefined, false, false]);
    expect(renderMap(map)).to.include("\n  recovers   holds again after prices have returned");
  });

  it("nobody acts meanwhile: a keeper who would make it good does not", async () => {
    const { siege } = local.connection;
    const other = await deployBarrierNote(local.connection.provider, "flawed");
    const marked = defineCondition({
      id: "marked",
      observe: () => read({ address: other.address, abi: other.abi, functionName: "mark" }),
      judge: ({ reading }) => (Number(reading) < 80 * DOLLAR ? "marked below $80" : undefined),
    });
    const definition = {
      ...thirtyDays(other),
      blocks: 4,
      conditions: [marked],
      agents: [keeper(other.address)],
      parameters: {
        fall: parameter({
          range: [0.1, 0.5],
          set: (value: number) => ({ assets: { X: { price: 100, process: path([100, 100 * (1 - value)], 100) } } }),
        }),
      },
    };
    const map = await siege.map(other, siege.scenario(definition), {
      along: "fall",
      points: 2,
      runs: 1,
      precision: 0.4,
    });
    expect(lasts(map)).to.deep.equal([undefined, true]);
  });

  it("and neither if it is not asked", async () => {
    const map = await mapped("price", { rest: 0 });
    expect(lasts(map)).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(map).to.not.have.property("rest");
    await failsWith("INVALID_OPTION", () => mapped("price", { rest: -1 }));
  });
});

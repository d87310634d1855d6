import type { Draws } from "../../../helpers/draws.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { ALL, campaignDraws, CORE, freshDraws, OTHERWISE, recordedDraws } from "../../../helpers/draws.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** How many seeds of each to draw, and to play; 20 are recorded. Seed 1 is played in test/campaigns/engine/campaign/survival.test.ts. */
const { SIEGE_SEEDS } = process.env;
const DRAWN = seeds(Number(SIEGE_SEEDS ?? 3));
const PLAYED = seeds(Number(SIEGE_SEEDS ?? 1)).slice(1);

describe("a seed", () => {
  let source: MiniMainnetSource;
  let recorded: Draws;

  before(async () => {
    source = await miniMainnetSource();
    recorded = await recordedDraws();
  });
  after(() => source.close());

  it("is recorded for every fixture", () => {
    expect(Object.keys(recorded.fresh)).to.have.members(ALL.map(({ name }) => name));
    expect(Object.keys(recorded.campaigns)).to.have.members(CORE.map(({ name }) => name));
  });

  for (const drawn of ALL) {
    it(`draws what it always drew: ${drawn.name}`, async () => {
      const expected = of(DRAWN, recorded.fresh[drawn.name]!);
      expect(await freshDraws(source, drawn, DRAWN), OTHERWISE).to.deep.equal(expected);
    });
  }

  for (const drawn of CORE) {
    for (const seed of PLAYED) {
      it(`finds what it always found: ${drawn.name}, seed ${String(seed)}`, async () => {
        const expected = recorded.campaigns[drawn.name]![seed];
        expect(await campaignDraws(source, drawn, seed), OTHERWISE).to.deep.equal(expected);
      });
    }
  }
});

function seeds(count: number): readonly number[] {
  return Array.from({ length: Math.min(count, 20) }, (_value, index) => index + 1);
}

function of<T>(
  wanted: readonly number[],
  bySeed: Readonly<Record<string, T>>,
): Readonly<Record<string, T | undefined>> {
  return Object.fromEntries(wanted.map((seed) => [seed, bySeed[seed]]));
}

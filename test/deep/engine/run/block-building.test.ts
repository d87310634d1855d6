import { expect } from "chai";

import {
  besiegeBlocks,
  breaksBlocks,
  CALM_DAY,
  CENSORING,
  CROWDED_DAY,
  FEW_BLOCKS,
  LONG_REORGANISATION,
  SHORT_REORGANISATION,
} from "../../../fixtures/block-building.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";
import { SEEDS } from "../../seeds.js";

/** Many seeds of what test/campaigns/engine/run/block-building has one of, and the whole budget for what survives. */
describe("block building", () => {
  const theFork = siegeForkForEach();

  for (const [name, how, steps] of [
    ["a crowded day", CROWDED_DAY, ["gas", "call"]],
    ["a builder who censors", CENSORING, ["builder", "call"]],
    ["a reorganisation", LONG_REORGANISATION, ["builder", "call"]],
  ] as const) {
    for (const seed of SEEDS) {
      it(`${name} breaks it, seed ${seed}`, async () => {
        const { trace } = await breaksBlocks(theFork(), how, seed);
        const own = trace.steps.filter((step) => step.kind !== "call" || step.reaction !== true);
        // how many of each depends on the seed: one may censor twice for a few blocks
        expect([...new Set(own.map(({ kind }) => kind))]).to.have.members(steps);
      });
    }

    it(`${name} does not break its twin`, async () => {
      expect((await besiegeBlocks(theFork(), how, "fixed", {})).kind).to.equal("survived");
    });
  }

  for (const [name, how] of [
    ["a calm day", CALM_DAY],
    ["a builder who censors for a few blocks", FEW_BLOCKS],
    ["a reorganisation that is shorter than the relayer waits", SHORT_REORGANISATION],
  ] as const) {
    it(`${name} does not break the flawed one`, async () => {
      expect((await besiegeBlocks(theFork(), how, "flawed", {})).kind).to.equal("survived");
    });
  }
});

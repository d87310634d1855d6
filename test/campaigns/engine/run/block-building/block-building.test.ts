import type { Finding } from "../../../../../src/types.js";
import type { BlockBuildingCase } from "../../../../fixtures/block-building.js";

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
} from "../../../../fixtures/block-building.js";
import { siegeForkForEach } from "../../../../helpers/siege-fork.js";
import { SHORT_SEARCH, survivesItsSiblingsTrace, undone } from "../../../../helpers/twin.js";

/** Seed 1; more of them, and whole budgets for what survives, in test/deep. */
describe("block building", () => {
  const theFork = siegeForkForEach();

  /** A finding in the flawed contract, whose trace then does nothing to the twin, and nor does a short search. */
  async function breaksAndTwinSurvives(how: BlockBuildingCase, check: (finding: Finding) => Promise<void> | void) {
    const fork = theFork();
    const sibling = await undone(fork, async () => {
      const finding = await breaksBlocks(fork, how, 1);
      await check(finding);
      return finding.violation.target;
    });
    const twin = await how.deploy(fork, "fixed");
    const scenario = fork.connection.siege.scenario(how.scenario(fork, twin));
    await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling });
  }

  describe("a day of extreme demand for block space", () => {
    it("prices the keeper out, so that a bid of next to nothing wins the auction, but not where bids start at the debt", async () => {
      await breaksAndTwinSurvives(CROWDED_DAY, ({ trace }) => {
        expect(trace.steps.map((step) => (step.kind === "call" ? step.function.name : step.kind))).to.deep.equal([
          "gas",
          "bid",
          "settle",
        ]);
        // the keeper pays five times the calm price for 2 of 60 million gas. At that price, others who want L times their 30
        // million buy L / 5 of it: from L = 5 * 58 / 30 on they leave it no room
        const [more] = trace.steps.filter((step) => step.kind === "gas");
        expect(more?.change).to.be.within(8_666_000, 8_668_000);
      });
    });

    it("does not happen on a calm day", async () => {
      const result = await besiegeBlocks(theFork(), CALM_DAY, "flawed", { runs: SHORT_SEARCH });
      expect(result.kind).to.equal("survived");
    });
  });

  describe("a builder who censors", () => {
    it("keeps the keeper out of the auction, and achieves nothing where bids start at the debt", async () => {
      await breaksAndTwinSurvives(CENSORING, ({ trace }) => {
        const builder = trace.steps.find((step) => step.kind === "builder");
        expect(builder).to.include({ act: "censor", sender: "keeper" });
        expect(trace.steps).to.have.lengthOf(3);
      });
    });

    it("achieves nothing within a few blocks", async () => {
      const result = await besiegeBlocks(theFork(), FEW_BLOCKS, "flawed", { runs: SHORT_SEARCH });
      expect(result.kind).to.equal("survived");
    });
  });

  describe("a reorganisation", () => {
    it("reverts a deposit that the relayer has seen, harmlessly if the contract tracks deposits", async () => {
      await breaksAndTwinSurvives(LONG_REORGANISATION, async ({ trace, reproduction }) => {
        const own = trace.steps.filter((step) => step.kind !== "call" || step.reaction !== true);
        expect(own.map((step) => (step.kind === "call" ? step.function.name : step.kind))).to.deep.equal([
          "deposit",
          "builder",
        ]);
        expect(trace.steps.filter((step) => step.kind === "call" && step.reaction === true)).to.not.be.empty;
        expect((await theFork().connection.siege.replay(reproduction ?? "")).kind).to.equal("violation");
      });
    });

    it("is harmless if it is shorter than the relayer's wait", async () => {
      const result = await besiegeBlocks(theFork(), SHORT_REORGANISATION, "flawed", { runs: SHORT_SEARCH });
      expect(result.kind).to.equal("survived");
    });
  });
});

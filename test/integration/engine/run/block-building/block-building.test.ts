import type { CampaignResult, Finding } from "../../../../../src/types.js";
import type { Fixture, FixtureFork, Variant } from "../../../../fixtures/fixture.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { surge } from "../../../../../src/market/processes/surge.js";
import { renderFailure } from "../../../../../src/report/terminal.js";
import { auctionOf, deployAuctionHouse } from "../../../../fixtures/auction-house.js";
import { bridging, deployInstantBridge } from "../../../../fixtures/instant-bridge.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

/** How many seeds to try. */
const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 1) }, (_value, index) => index + 1);

describe("block building", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  async function besiege(
    deploy: (on: FixtureFork, variant: Variant) => Promise<Fixture>,
    variant: Variant,
    scenario: (target: Fixture) => Parameters<SiegeFork["connection"]["siege"]["scenario"]>[0],
    seed = 1,
  ): Promise<CampaignResult> {
    const target = await deploy(fork, variant);
    const { siege } = fork.connection;
    return siege.run(target, siege.scenario(scenario(target)), { seed });
  }

  function found(result: CampaignResult): Finding {
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    if (process.env.SHOW === "1") console.log(renderFailure(result));
    return result.finding;
  }

  describe("a day of extreme demand for block space", () => {
    const crowded = { demand: surge({ times: 20, between: [1, 10] }) };

    for (const seed of SEEDS) {
      it(`prices the keeper out, so that a bid of next to nothing wins the auction, seed ${String(seed)}`, async () => {
        const finding = found(
          await besiege(deployAuctionHouse, "flawed", (house) => auctionOf(fork, house, crowded), seed),
        );
        expect(
          finding.trace.steps.map((step) => (step.kind === "call" ? step.function.name : step.kind)),
        ).to.deep.equal(["gas", "bid", "settle"]);
        // the keeper pays five times the calm price for 2 of 60 million gas. At that price, others who want L times their 30
        // million buy L / 5 of it: from L = 5 * 58 / 30 on they leave it no room
        const [more] = finding.trace.steps.filter((step) => step.kind === "gas");
        expect(more?.change).to.be.within(8_666_000, 8_668_000);
      });
    }

    it("does not happen on a calm day", async () => {
      const result = await besiege(deployAuctionHouse, "flawed", (house) => auctionOf(fork, house, {}));
      expect(result.kind).to.equal("survived");
    });

    it("does not happen where bids start at the debt", async () => {
      const result = await besiege(deployAuctionHouse, "fixed", (house) => auctionOf(fork, house, crowded));
      expect(result.kind).to.equal("survived");
    });
  });

  describe("a builder who censors", () => {
    for (const seed of SEEDS) {
      it(`keeps the keeper out of the auction, seed ${String(seed)}`, async () => {
        const finding = found(
          await besiege(
            deployAuctionHouse,
            "flawed",
            (house) => auctionOf(fork, house, { builder: { censors: 20 } }),
            seed,
          ),
        );
        const builder = finding.trace.steps.find((step) => step.kind === "builder");
        expect(builder).to.include({ act: "censor", sender: "keeper" });
        expect(finding.trace.steps).to.have.lengthOf(3);
      });
    }

    it("achieves nothing within a few blocks", async () => {
      const result = await besiege(deployAuctionHouse, "flawed", (house) =>
        auctionOf(fork, house, { builder: { censors: 2 } }),
      );
      expect(result.kind).to.equal("survived");
    });

    it("achieves nothing where bids start at the debt", async () => {
      const result = await besiege(deployAuctionHouse, "fixed", (house) =>
        auctionOf(fork, house, { builder: { censors: 20 } }),
      );
      expect(result.kind).to.equal("survived");
    });
  });

  describe("a reorganisation", () => {
    for (const seed of SEEDS) {
      it(`reverts a deposit that the relayer has seen, seed ${String(seed)}`, async () => {
        const finding = found(
          await besiege(deployInstantBridge, "flawed", (bridge) => bridging(fork, bridge, { depth: 3 }), seed),
        );
        const own = finding.trace.steps.filter((step) => step.kind !== "call" || step.reaction !== true);
        expect(own.map((step) => (step.kind === "call" ? step.function.name : step.kind))).to.deep.equal([
          "deposit",
          "builder",
        ]);
        expect(finding.trace.steps.filter((step) => step.kind === "call" && step.reaction === true)).to.not.be.empty;
        expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
    }

    it("is harmless if it is shorter than the relayer's wait", async () => {
      const result = await besiege(deployInstantBridge, "flawed", (bridge) => bridging(fork, bridge, { depth: 1 }));
      expect(result.kind).to.equal("survived");
    });

    it("is harmless if the contract tracks deposits", async () => {
      const result = await besiege(deployInstantBridge, "fixed", (bridge) => bridging(fork, bridge, { depth: 3 }));
      expect(result.kind).to.equal("survived");
    });
  });
});

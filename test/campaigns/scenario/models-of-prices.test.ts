import type { Process } from "../../../src/market/index.js";

import { expect } from "chai";

import { bootstrap, bridge, hawkes, heston, kou, merton, regimes, replay } from "../../../src/market/index.js";
import { deployCoupledVault } from "../../fixtures/coupled-vault.js";
import { fallInSilence } from "../../fixtures/scenarios.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

/** Every hour from the 12th of March 2020, 06:00 UTC, US dollars. */
const HOURS = {
  prices: [
    173.8, 171.61, 169.54, 167.97, 132.91, 136.59, 136.99, 135.03, 139.66, 141.1, 139.35, 141.96, 137.23, 138.37,
    128.84, 130.99, 127.26, 107.82, 106.89, 96.62, 111.12,
  ],
  spacing: 3_600,
};

/** A day in which ether falls by a fifth within hours, in each model. */
const CRASHES: readonly Process[] = [
  merton({ volatility: 1, jumpsPerYear: 5_000, jumpMean: -0.15, jumpDeviation: 0.1 }),
  kou({ volatility: 1, jumpsPerYear: 5_000, upward: 0.2, meanRise: 0.05, meanFall: 0.15 }),
  heston({ volatility: 8, reversion: 10, volOfVol: 20, correlation: -0.7 }),
  regimes({
    states: [
      { volatility: 1, lasts: 7_200 },
      { volatility: 12, lasts: 7_200 },
    ],
  }),
  // a cluster of jumps: with a single one of a fifth, whoever borrows in front of the feed's round breaks the twin, too
  hawkes({ volatility: 1, jumpsPerYear: 2_000, excitation: 0.9, memory: 3_600, jumpMean: -0.07, jumpDeviation: 0.02 }),
  bridge({ to: 0.7, volatility: 1 }),
  // the whole of it within the run's eleven blocks of 20 minutes
  replay({ history: { ...HOURS, spacing: 660 } }),
  bootstrap(HOURS),
];

describe("models of prices in campaigns", () => {
  const theFork = siegeForkForEach();

  for (const process of CRASHES) {
    it(`a crash by ${process.kind} breaks a vault that lends at old prices, shrinks, and is replayed; its twin survives`, async () => {
      const fork = theFork();
      const { siege } = fork.connection;
      const base = fallInSilence(fork);
      const scenario = siege.scenario({
        ...base,
        name: `ether follows ${process.kind}, the feed is silent`,
        // the vault lends in the last block, and nothing moves after a loan
        blocks: 11,
        oracleFaults: { maxDelayBlocks: 11 },
        assets: { ...base.assets, ETH: { ...base.assets.ETH, process } },
      });
      await undone(fork, async () => {
        const vault = await deployCoupledVault(fork, "flawed");
        const result = await siege.run(vault, scenario, { seed: 1, runs: 400 });
        if (result.kind !== "violation") throw new Error(result.kind);
        const { finding } = result;
        const moves = finding.trace.steps.filter(({ kind }) => kind === "market");
        expect(moves).to.have.length.within(1, 2);
        expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
      const twin = await deployCoupledVault(fork, "fixed");
      await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling: "CoupledVault", runs: 5 });
    });
  }
});

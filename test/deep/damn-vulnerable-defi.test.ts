import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import siegePlugin from "../../src/index.js";
import { renderResult } from "../../src/report/terminal.js";
import { CHALLENGES } from "../fixtures/damn-vulnerable-defi/challenges.js";
import { CHECKOUT } from "../fixtures/damn-vulnerable-defi/checkout.js";
import { Stage } from "../fixtures/damn-vulnerable-defi/stage.js";

const SEEDS = [1, 2, 3];

/** DVDF=/path/to/damn-vulnerable-defi, a checkout of v4 with its submodules, after `forge build`; no contract of it is edited. */
describe("Damn Vulnerable DeFi", () => {
  for (const { name, set } of CHALLENGES) {
    it(`${name} breaks in a default campaign, with one of three seeds at least`, async function () {
      if (CHECKOUT === undefined) this.skip();
      const reports: string[] = [];
      const found: number[] = [];
      for (const seed of SEEDS) {
        const reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
        try {
          const hre = await createHardhatRuntimeEnvironment({ plugins: [siegePlugin], siege: { reproductions } });
          const connection = await hre.network.create({
            network: "default",
            override: { allowUnlimitedContractSize: true },
          });
          const { target, definition } = await set(new Stage(connection));
          const { siege } = connection;
          const result = await siege.run(target, siege.scenario({ name, blocks: 12, ...definition }), { seed });
          reports.push(renderResult(result));
          if (result.kind === "violation") found.push(seed);
          await connection.close();
        } finally {
          await rm(reproductions, { recursive: true, force: true });
        }
      }
      expect(found, reports.join("\n")).to.have.lengthOf.at.least(1);
    });
  }
});

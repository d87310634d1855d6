import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { createRandom } from "../../../src/market/random.js";
import { packFlow } from "../../../src/order-flow/data-set/flow-document.js";
import { shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { simulatedFlow, simulatedTimes, trader } from "../../helpers/simulated-flow.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege flow", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    const random = createRandom(1);
    const times = simulatedTimes({ base: 0.02, excitation: 0.5, memory: 120 }, 7_200, 3);
    const trades = times.map((at) => ({ at, from: trader(random.integer(1, 3)), ether: 0.05 * random.normal() }));
    const rounds = Array.from({ length: 120 }, (_nothing, index) => ({
      at: index * 60,
      price: 2_000 + random.normal(),
    }));
    await writeFile(path.join(folder, "flow.json.gz"), packFlow(simulatedFlow(trades, 7_200, rounds)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const flow = (options: Readonly<Record<string, unknown>>): Promise<Ended> =>
    siegeTask(hre, "flow", { file: path.join(folder, "flow.json.gz"), json: false, ...options });

  it("prints how a pool is traded, with intervals", async () => {
    const { code, stdout, stderr } = await flow({ reference: "feed", horizons: "1,60" });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^Order flow of the blocks 1 to 600, 2023-11-14 22:20 UTC to 2023-11-15 00:20 UTC\n/);
    expect(stdout).to.match(/\n {2}rate {7}\d+(\.\d+)? \(\d+(\.\d+)? to \d+(\.\d+)?\) an hour\n/);
    expect(stdout).to.match(/\n {2}markouts, bp +1 s +60 s\n/);
    expect(stdout).to.match(/\n {2}prices {5}of feed\n/);
  });

  it("prints JSON as its schema says, and draws figures", async () => {
    const figures = path.join(folder, "figures");
    const { code, stdout, stderr } = await flow({ json: true, pool: "pool", figures });
    expect(code, stderr).to.equal(0);
    expect(faultsOf("flow", stdout)).to.deep.equal([]);
    for (const name of ["waits-pool", "sizes-pool"]) {
      expect(await readFile(path.join(figures, `${name}.svg`), "utf8")).to.match(/^<svg [^]*<\/svg>\n$/);
    }
  });

  for (const [what, options] of [
    ["a pool that is not there", { pool: "nowhere" }],
    ["a reference that is not there", { reference: "nowhere" }],
    ["a reference of a pool that is not there", { reference: "nowhere=feed" }],
    ["a horizon that is none", { horizons: "soon" }],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stderr } = await flow(options);
      expect(code).to.equal(2);
      expect(stderr).to.match(/\[INVALID_OPTION\]/);
    });
  }
});

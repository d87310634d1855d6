import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Reproduction } from "../../../../src/types.js";

import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/index.js";
import { fromJson } from "../../../../src/engine/json.js";
import { path as prices } from "../../../../src/market/index.js";
import { read } from "../../../../src/protocols/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

/** Written by the last release whose format was version 1, never touched since. */
const FILE = path.resolve(import.meta.dirname, "../../../fixtures/reproductions/version-1.json");

const CAP = 1_000n;

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
] as const;

describe("a reproduction of version 1", () => {
  let hre: HardhatRuntimeEnvironment;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 20, reproductions: folder } });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("still replays", async () => {
    const { siege } = await hre.network.create();
    const outcome = await siege.replay(FILE);
    if (outcome.kind !== "violation") throw new Error(outcome.kind);
    expect(outcome.violation.condition).to.equal("underCap");
    expect(outcome.violation.evidence).to.deep.equal({
      summary: "value 1100 above the cap of 1000",
      quantities: [{ kind: "value", label: "value", text: "1100" }],
    });
    expect(outcome.trace.steps.map(({ kind }) => kind)).to.deep.equal(["market", "call"]);
  });

  it("is refused if it was edited", async () => {
    const copy = path.join(folder, "edited.json");
    await writeFile(copy, (await readFile(FILE, "utf8")).replace('"seed": 1,', '"seed": 2,'));
    const { siege } = await hre.network.create();
    await failsWith("REPRODUCTION_EDITED", () => siege.replay(copy));
    await writeFile(copy, (await readFile(FILE, "utf8")).replace('"genome"', '"genes"'));
    await failsWith("REPRODUCTION_INVALID", () => siege.replay(copy));
  });

  for (const contract of ["LeakyBox", "CappedBox"] as const) {
    const isFlawed = contract === "LeakyBox";
    it(`is played first by a campaign: ${contract} ${isFlawed ? "breaks, and the file is renewed" : "survives, and the file stays"}`, async () => {
      const file = path.join(folder, "leaky-box-7fc48356.json");
      await copyFile(FILE, file);
      const { siege, viem } = await hre.network.create();
      const box = await viem.deployContract(contract, [CAP]);
      const result = await siege.run(
        { address: box.address, abi: box.abi, name: "LeakyBox" },
        siege.scenario({
          name: "anybody sets the box, and ether falls",
          blocks: 3,
          assets: { ETH: { price: 2_000, process: prices([1_400], 2_000) } },
          agents: [{ role: "attacker", moves: { kind: "any" } }],
          conditions: [
            defineCondition({
              id: "underCap",
              observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "value" }),
              judge: ({ reading, view }) =>
                reading > CAP && view.price("ETH") < 1_500
                  ? { summary: "above the cap", quantities: [{ label: "value", value: reading, unit: "count" }] }
                  : undefined,
            }),
          ],
        }),
        { seed: 1, runs: 3 },
      );
      if (!isFlawed) {
        expect(result.kind).to.equal("survived");
        // the reproduction, the search's three runs, and what is played to compare the executors
        expect(result.cost.totalRuns).to.equal(7);
        expect(await readFile(file, "utf8")).to.equal(await readFile(FILE, "utf8"));
        return;
      }
      if (result.kind !== "violation") throw new Error(result.kind);
      expect(result.finding.run).to.equal(0);
      expect(result.cost.runs).to.equal(0);
      const renewed = fromJson(await readFile(file, "utf8")) as Reproduction;
      expect(renewed).to.include({ version: 2, status: "minimal", seed: 1, run: 4 });
      expect(renewed.finding.violation.evidence.quantities).to.deep.equal([
        { kind: "value", label: "value", value: 1_100n, unit: "count", text: "1,100" },
      ]);
      expect(renewed.finding.steps).to.have.length(2);
      expect((await siege.replay(file)).kind).to.equal("violation");
    });
  }

  it("is named in the message that refuses a version which nothing here reads", async () => {
    const copy = path.join(folder, "later.json");
    await writeFile(copy, (await readFile(FILE, "utf8")).replace('"version": 1', '"version": 3'));
    const { siege } = await hre.network.create();
    const error = await failsWith("REPRODUCTION_VERSION", () => siege.replay(copy));
    expect(error.summary).to.include("has version 3; this hardhat-siege reads versions 1 and 2");
    expect(error.hint).to.include("delete the file and find the violation again with siege run");
  });
});

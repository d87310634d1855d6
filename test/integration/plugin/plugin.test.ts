import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Scenario, ScenarioDefinition } from "../../../src/types.js";

import { HardhatError } from "@nomicfoundation/hardhat-errors";
import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { defineCondition } from "../../../src/conditions/condition.js";
import hardhatSiege from "../../../src/index.js";
import { siegeOf } from "../../../src/plugin/connections/open-sieges.js";
import { resolveOnChain } from "../../../src/plugin/target/resolve-on-chain.js";
import { constant } from "../../../src/protocols/read-plan.js";
import { failsWith } from "../../helpers/errors.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

const definition: ScenarioDefinition = {
  name: "calm",
  blocks: 1,
  assets: {},
  agents: [],
  conditions: [defineCondition({ id: "calm", observe: () => constant(undefined), judge: () => undefined })],
};

describe("the plugin", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  describe("in the config", () => {
    it("resolves its section", () => {
      expect(hre.config.siege).to.include({ runs: 5, seed: 1, reproductions: "siege/reproductions" });
    });

    it("refuses a wrong one, naming the option", async () => {
      // a typo that TypeScript would not let pass
      const siege = { runz: 5 } as object;
      let error: unknown;
      try {
        await createHardhatRuntimeEnvironment({ plugins: [hardhatSiege], siege });
      } catch (caught) {
        error = caught;
      }
      expect(HardhatError.isHardhatError(error, HardhatError.ERRORS.CORE.GENERAL.INVALID_CONFIG)).to.equal(true);
      expect(String(error)).to.include('config.siege: Unknown option "runz". Use any of: runs, seed,');
    });

    it("works without any", async () => {
      const plain = await createHardhatRuntimeEnvironment({ plugins: [hardhatSiege] });
      expect(plain.config.siege.runs).to.equal(500);
    });
  });

  it("has its tasks", () => {
    const running = ["init", "run", "merge", "replay", "diff", "export", "proposal", "watch"];
    const risk = ["ruin", "rare", "map", "sensitivity", "greeks", "contagion", "tune", "bankrupt", "train"];
    const tasks = [...running, ...risk, "ingest", "flow", "snapshot", "worker"];
    expect([...hre.tasks.getTask("siege").subtasks.keys()]).to.have.members(tasks);
  });

  it("adds the matcher to chai with the first connection", async () => {
    await hre.network.create();
    expect(expect({})).to.have.property("toSurviveScenario").that.is.a("function");
  });

  describe("on a connection", () => {
    it("makes scenarios that know it, from a destructured function too", async () => {
      const { siege } = await hre.network.create();
      const { scenario } = siege;
      expect(siegeOf(scenario(definition))).to.equal(siege);
    });

    it("refuses a live network before it makes a request", async () => {
      const { siege } = await hre.network.create("live");
      const scenario = siege.scenario(definition);
      const error = await failsWith("LIVE_NETWORK", () => siege.run(target, scenario));
      expect(error.summary).to.include('"live"');
    });

    it("refuses a definition in place of a scenario", async () => {
      const { siege } = await hre.network.create();
      await failsWith("INVALID_SCENARIO", () => siege.run(target, definition as unknown as Scenario));
    });

    it("refuses wrong options", async () => {
      const { siege } = await hre.network.create();
      await failsWith("INVALID_OPTION", () => siege.run(target, siege.scenario(definition), { runs: 0 }));
    });

    it("says which of several targets is none", async () => {
      const { siege } = await hre.network.create();
      const router = { address: "0x00000000000000000000000000000000000000aA", abi: [] } as const;
      const scenario = siege.scenario({ ...definition, targets: { router } });
      const error = await failsWith("INVALID_TARGET", () => siege.run(target, scenario));
      expect(error.summary).to.include("Of the scenario's targets, router: ").and.to.include("checksum");
    });

    it("refuses what is not a contract", async () => {
      const { siege } = await hre.network.create();
      const wrong = {} as typeof target;
      await failsWith("INVALID_TARGET", () => siege.run(wrong, siege.scenario(definition)));
    });
  });

  describe("names targets", () => {
    it("of viem and of ethers", async () => {
      const { viem, ethers, provider } = await hre.network.create();
      const lonely = await viem.deployContract("Lonely");
      expect((await resolveOnChain(lonely, hre.artifacts, provider)).name).to.equal("Lonely");

      const same = await ethers.getContractAt("Lonely", lonely.address);
      const named = await resolveOnChain(same, hre.artifacts, provider);
      expect(named.name).to.equal("Lonely");
      expect(named.address.toLowerCase()).to.equal(lonely.address.toLowerCase());
    });

    it("that differ only in their code, immutables aside", async () => {
      const { viem, provider } = await hre.network.create();
      for (const name of ["CappedBox", "LeakyBox"] as const) {
        const box = await viem.deployContract(name, [123n]);
        expect((await resolveOnChain(box, hre.artifacts, provider)).name).to.equal(name);
      }
    });
  });
});

const target = { address: "0x00000000000000000000000000000000000000aa", abi: [] } as const;

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import { expect } from "chai";

import siegePlugin from "../../../src/index.js";
import {
  forgetScenarios,
  NEWCOMER_PROJECT,
  newcomerEnvironment,
  newcomerFile,
  newcomerText,
} from "../../helpers/newcomer-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { typeErrorsOf } from "../../helpers/type-check.js";
import { faultsOf } from "../../helpers/valid-json.js";
import { serve } from "../../mini-mainnet/rpc-server.js";

describe("hardhat siege init", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await newcomerEnvironment();
  });
  beforeEach(forgetScenarios);
  afterEach(forgetScenarios);

  const init = (contract?: string, environment = hre) => siegeTask(environment, "init", { contract, noCompile: true });
  const run = (file: string, environment = hre) =>
    siegeTask(environment, "run", { files: [newcomerFile(file)], noCompile: true, runs: "60" });

  it("writes a scenario for an ERC-4626 vault, which runs and finds its flaw", async () => {
    const { code, stdout, stderr } = await init("Vault");
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.include("Wrote siege/vault.scenario.ts, for Vault: an ERC-4626 vault");
    expect(stdout).to.include("npx hardhat siege run siege/vault.scenario.ts");
    const text = await newcomerText("vault.scenario.ts");
    expect(text).to.include('await viem.deployContract("MockUsdc")').and.to.include("erc4626(vault.address)");
    expect(text).to.include("conditions: [sound(), unprofitableToAttack()]");
    const found = await run("vault.scenario.ts");
    expect(found.code, found.stdout + found.stderr).to.equal(1);
    expect(found.stdout).to.include("Vault did not survive");
  });

  it("writes one for a lending market, with the price that its feed publishes, and finds its flaw", async () => {
    const { code, stdout, stderr } = await init("CreditLine");
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.include("a lending market");
    expect(stdout).to.include("guessed    answer (int256) of MockPriceFeed");
    const text = await newcomerText("credit-line.scenario.ts");
    expect(text).to.include('chainlink(priceFeed.address, { asset: "WETH" })');
    expect(text).to.include('siege.addressOf("treasury")');
    expect(text).to.include('collateral: { function: "collateralOf", asset: "WETH" }');
    const found = await run("credit-line.scenario.ts");
    expect(found.code, found.stdout + found.stderr).to.equal(1);
    expect(found.stdout).to.include("violated   noBadDebt");
    // prices, feeds, amounts of tokens, thresholds: what a result of a box has not
    const { stdout: document } = await siegeTask(hre, "run", {
      files: [newcomerFile("credit-line.scenario.ts")],
      noCompile: true,
      json: true,
    });
    expect(faultsOf("results", document)).to.deep.equal([]);
  });

  for (const twin of ["SoundVault", "CautiousLine"]) {
    it(`writes one that ${twin} survives, which does not have the flaw`, async () => {
      expect((await init(twin)).code).to.equal(0);
      const file = twin === "SoundVault" ? "sound-vault.scenario.ts" : "cautious-line.scenario.ts";
      const survived = await run(file);
      expect(survived.code, survived.stdout + survived.stderr).to.equal(0);
      expect(survived.stdout).to.include(`${twin} survived`);
    });
  }

  it("writes one for what takes native coin, with a user of whatever functions it has, which runs", async () => {
    expect((await init("Bank")).code).to.equal(0);
    expect(await newcomerText("bank.scenario.ts")).to.include(
      "agents: [user({ native: 10 }), attacker({ native: 10 })]",
    );
    const survived = await run("bank.scenario.ts");
    expect(survived.code, survived.stdout + survived.stderr).to.equal(0);
  });

  it("writes a condition to complete for what nobody can gain from, and nothing is judged until it is", async () => {
    const { code, stdout } = await init("Counter");
    expect(code).to.equal(2);
    expect(stdout).to.include("nothing is judged yet").and.to.include("say in mustHold of siege/counter.scenario.ts");
    const text = await newcomerText("counter.scenario.ts");
    expect(text).to.include("conditions: [mustHold]").and.to.not.include("unprofitableToAttack");
    const unjudged = await run("counter.scenario.ts");
    expect(unjudged.code).to.equal(2);
    expect(unjudged.stdout).to.include("is inconclusive").and.to.include("mustHold is still to be completed");
    const completed = text
      .replace(/^ {2}judge: .*\n/m, "")
      .replace("// judge: ", "judge: ")
      .replace(", nothingToJudge", "");
    await writeFile(newcomerFile("complete.scenario.ts"), completed);
    const found = await run("complete.scenario.ts");
    expect(found.code, found.stdout + found.stderr).to.equal(1);
    expect(found.stdout).to.match(/violated +mustHold: count is \d+/);
  });

  it("writes invariants alone for what has some and holds nothing, and finds what breaks them", async () => {
    expect((await init("CheckedCounter")).code).to.equal(0);
    expect(await newcomerText("checked-counter.scenario.ts")).to.include("conditions: [invariants(checkedCounter)]");
    const found = await run("checked-counter.scenario.ts");
    expect(found.code, found.stdout + found.stderr).to.equal(1);
  });

  it("takes native coin into account that comes through no function", async () => {
    expect((await init("Jar")).code).to.equal(0);
    expect(await newcomerText("jar.scenario.ts")).to.include("ETH: { price: 2000 }");
  });

  it("writes them with ethers where that is the project's", async () => {
    const ethers = await newcomerEnvironment({ plugins: [hardhatEthers, siegePlugin] });
    const { code, stdout, stderr } = await init("Reserve", ethers);
    expect(code, stdout + stderr).to.equal(0);
    expect(await newcomerText("reserve.scenario.ts")).to.include("getAddress(await usdc.getAddress())");
    await init("Bank", ethers);
    expect(await newcomerText("bank.scenario.ts")).to.not.include("getAddress");
    expect((await run("reserve.scenario.ts", ethers)).code).to.equal(1);
  });

  it("writes what compiles, and stays as the project's formatter would have it", async () => {
    for (const contract of ["Vault", "CreditLine", "Bank", "Demanding", "Counter", "Shelf"]) await init(contract);
    const files = ["vault", "credit-line", "bank", "demanding", "counter", "shelf"];
    const texts = await Promise.all(
      files.map(async (name) => [name, await newcomerText(`${name}.scenario.ts`)] as const),
    );
    expect(typeErrorsOf(new Map(texts))).to.deep.equal([]);
    for (const [name, text] of texts) {
      expect(Math.max(...text.split("\n").map(({ length }) => length)), name).to.be.at.most(125);
    }
  });

  it("says what is still to be completed, and exits with 2 then", async () => {
    const { code, stdout } = await init("Demanding");
    expect(code).to.equal(2);
    expect(stdout).to.include("guessed    secret (bytes32) of Demanding");
    expect(stdout).to.match(/it does not run yet: .*wrong secret/);
    expect(await newcomerText("demanding.scenario.ts")).to.include("Demanding");
  });

  it("overwrites nothing", async () => {
    await mkdir(path.dirname(newcomerFile("vault.scenario.ts")), { recursive: true });
    await writeFile(newcomerFile("vault.scenario.ts"), "// mine\n");
    const { code, stderr } = await init("Vault");
    expect(code).to.equal(2);
    expect(stderr).to.include("[SCENARIO_FILE_EXISTS]");
    expect(await newcomerText("vault.scenario.ts")).to.equal("// mine\n");
  });

  const refused: [what: string, contract: string | undefined, code: string, said: RegExp][] = [
    ["nothing", undefined, "INVALID_TARGET", /was given no contract\. Give one of: Bank, .*Vault/],
    ["a name that there is not", "Valt", "INVALID_TARGET", /There is no contract "Valt" in the project\. Give one of/],
    ["an abstract contract", "Unfinished", "INVALID_TARGET", /cannot be deployed/],
    ["a library", "Sums", "INVALID_TARGET", /"Sums" is a library/],
    ["what nobody can change", "Tables", "INVALID_TARGET", /"Tables" has no function that changes a state/],
    ["a proxy of a contract that nothing tells", "Forwarder", "INVALID_TARGET", /forwards calls to .* as "impl"/],
    ["an address without code", `0x${"12".repeat(20)}`, "NO_CODE", /There is no contract at 0x1212/],
  ];
  for (const [what, contract, error, said] of refused) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await init(contract);
      expect(code).to.equal(2);
      expect(stderr).to.include(`[${error}]`).and.to.match(said);
      // nothing is left that could never run
      expect(existsSync(newcomerFile("."))).to.equal(false);
    });
  }

  it("writes one for an address on a fork, with the tokens and the feed that its views name", async () => {
    const connection = await hre.network.create();
    const { viem } = connection;
    const weth = await viem.deployContract("MockWeth");
    const usdc = await viem.deployContract("MockUsdc");
    const feed = await viem.deployContract("MockPriceFeed", [1_800_00000000n]);
    const line = await viem.deployContract("ForkedLine", [weth.address, usdc.address, feed.address, usdc.address]);
    const server = await serve(connection.provider);
    try {
      const forked = await newcomerEnvironment({
        // without a hardfork history, EDR refuses to execute on the forked block of an unknown chain
        chainDescriptors: {
          31337: { name: "of this test", chainType: "l1", hardforkHistory: { osaka: { blockNumber: 0 } } },
        },
        networks: { default: { type: "edr-simulated", chainId: 31337, forking: { url: server.url } } },
      });
      const { code, stdout, stderr } = await init(line.address, forked);
      expect(code, stdout + stderr).to.equal(0);
      const text = await newcomerText("forked-line.scenario.ts");
      expect(text).to.include(`target: { address: "${line.address}" }`);
      expect(text).to.match(/USDC: \{ price: 1, token: "0x[0-9a-fA-F]{40}" \}/);
      // the same in dollars of both, also where the feed alone knows the price
      expect(text).to.include("attacker({ capital: { WETH: 50, USDC: 100_000 }, native: 10 })");
      expect(text).to.match(/WETH: \{ token: "0x[0-9a-fA-F]{40}", process: shock/);
      const found = await run("forked-line.scenario.ts", forked);
      expect(found.code, found.stdout + found.stderr).to.equal(1);
    } finally {
      await server.close();
      await connection.close();
    }
  });
});

describe("hardhat siege alone", () => {
  it("says what there is, and what to do first", async () => {
    const hre = await newcomerEnvironment();
    await forgetScenarios();
    expect((await overview(hre)).stdout).to.include(
      "There is no scenario in siege/ yet: begin with npx hardhat siege init",
    );
    await mkdir(path.join(NEWCOMER_PROJECT, "siege"), { recursive: true });
    await writeFile(newcomerFile("bank.scenario.ts"), "");
    const { stdout } = await overview(hre);
    expect(stdout).to.include("siege run siege/bank.scenario.ts").and.to.include("In siege/: bank.scenario.ts.");
    await forgetScenarios();
  });

  it("names each of its subtasks", async () => {
    const hre = await newcomerEnvironment();
    const { stdout } = await overview(hre);
    const names = [...hre.tasks.getTask("siege").subtasks.keys()];
    expect(names.filter((name) => !stdout.includes(`\n  siege ${name} `))).to.deep.equal([]);
  });

  const overview = (hre: HardhatRuntimeEnvironment) => siegeTask(hre, undefined, {});
});

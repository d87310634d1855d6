import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { codeBlocks, ROOT, sectionOf } from "../helpers/documentation.js";
import { hardhatIn, npm, packedForSuite } from "../helpers/packed.js";

const CONTRACTS = path.join(ROOT, "test/fixture-projects/readme");

/** What projects have besides what the README installs: a compiler that needs no download, and contracts to build on. */
const BESIDES = ["solc@0.8.30", "@openzeppelin/contracts@5"];

const install = sectionOf("README.md", "Install");
const firstTest = codeBlocks(sectionOf("README.md", "A first test"))[0]!.text;

interface SetUp {
  readonly name: string;
  /** The packages that the README installs, flags included. */
  readonly packages: string;
  readonly config: string;
  readonly test: string;
  /** Lines of the regression test that tell in which style it is written. */
  readonly style: readonly string[];
}

/** The set-ups, their configs and tests as the README has them. */
const SET_UPS: readonly SetUp[] = [
  {
    name: "mocha and viem",
    packages: packagesOf(blockWith("hardhat-mocha viem", "sh")),
    config: blockWith("defineConfig", "ts"),
    test: firstTest,
    style: ['import { expect } from "chai";'],
  },
  {
    name: "the mocha and ethers toolbox",
    packages: packagesOf(blockWith("toolbox-mocha-ethers", "js")),
    config: withToolbox(blockWith("toolbox-mocha-ethers", "js")),
    test: codeBlocks(sectionOf("docs/matcher.md", "With ethers"))[0]!.text,
    style: ['import { expect } from "chai";'],
  },
  {
    name: "node:test and the viem toolbox",
    packages: packagesOf(blockWith("toolbox-viem", "js")),
    config: withToolbox(blockWith("toolbox-viem", "js")).replace(/^ *test: .*\n/m, ""),
    test: withoutChai(firstTest),
    style: ['import assert from "node:assert/strict";', 'import { describe, it } from "node:test";'],
  },
];

/** From the packed tarball, in empty folders, as the README says; in about three minutes each. */
describe("the first hour, in the README's set-ups", () => {
  const packed = packedForSuite();

  for (const { name, packages, config, test, style } of SET_UPS) {
    describe(name, () => {
      let project: string;
      let reproduction: string;

      const contracts = async (variant: "flawed" | "sound"): Promise<void> => {
        await copyFile(path.join(CONTRACTS, "MockUsdc.sol"), path.join(project, "contracts/MockUsdc.sol"));
        await copyFile(path.join(CONTRACTS, variant, "Vault.sol"), path.join(project, "contracts/Vault.sol"));
      };

      it("installs without --force", async () => {
        const { folder, tarball } = packed();
        project = path.join(folder, name.replaceAll(/\W+/g, "-"));
        await mkdir(path.join(project, "contracts"), { recursive: true });
        await mkdir(path.join(project, "test"));
        const named = packages.split(" ").map((word) => (word === "hardhat-siege" ? tarball : word));
        const installed = await npm(["install", ...named], project);
        expect(installed.code, installed.stderr).to.equal(0);
        const besides = await npm(["install", "--save-dev", ...BESIDES], project);
        expect(besides.code, besides.stderr).to.equal(0);
        const esm = await npm(["pkg", "set", "type=module"], project);
        expect(esm.code, esm.stderr).to.equal(0);
        await writeFile(path.join(project, "hardhat.config.ts"), withLocalCompiler(config));
        await writeFile(path.join(project, "test/Vault.ts"), test);
      });

      it("writes a scenario for a flawed vault, and breaks it", async () => {
        await contracts("flawed");
        const begun = await hardhatIn(project, "siege", "init", "Vault");
        expect(begun.code, begun.stdout + begun.stderr).to.equal(0);
        expect(begun.stdout).to.include("siege/vault.scenario.ts");
        const { code, stdout, stderr } = await hardhatIn(project, "siege", "run", "siege/vault.scenario.ts");
        expect(code, stdout + stderr).to.equal(1);
        expect(stdout)
          .to.include("Vault did not survive")
          .and.to.match(/^ *\d+ +block .*Vault\.skim\(\)/m);
      });

      it("passes the same scenario once the vault is fixed", async () => {
        await contracts("sound");
        const { code, stdout, stderr } = await hardhatIn(project, "siege", "run", "siege/vault.scenario.ts");
        expect(code, stdout + stderr).to.equal(0);
        expect(stdout).to.match(/^Vault survived /m);
      });

      it("fails the first test for a flawed vault, with the report", async () => {
        await contracts("flawed");
        const { code, stdout, stderr } = await hardhatIn(project, "test");
        expect(code, stdout + stderr).to.equal(1);
        const report = stdout.split("\n").map((line) => line.trim());
        expect(stdout).to.include('Vault did not survive "deposits, withdrawals and donations"');
        expect(stdout).to.match(/violated +unprofitableToAttack: attacker gained /);
        // once: reporters tell the message from the stack by its lines
        expect(
          report.filter((line) => /^\d+ +block .*Vault\.skim\(\)/.test(line)),
          stdout,
        ).to.have.lengthOf(1);
        expect(
          report.some((line) => line.includes("test/Vault.ts:")),
          stdout,
        ).to.equal(true);
        reproduction = /npx hardhat siege replay (\S+)/.exec(stdout)![1]!;
      });

      it("replays what was found, and passes the regression test that was written", async () => {
        const replayed = await hardhatIn(project, "siege", "replay", reproduction);
        expect(replayed.code, replayed.stdout + replayed.stderr).to.equal(1);
        expect(replayed.stdout).to.include("the violation is reproduced");
        const written = reproduction.replace(/\.json$/, ".test.ts");
        const { code, stdout, stderr } = await hardhatIn(project, "test", written);
        expect(code, stdout + stderr).to.equal(0);
        expect(stdout).to.match(/1 passing/);
        const source = await readFile(path.join(project, written), "utf8");
        for (const line of style) expect(source).to.include(line);
      });

      it("passes the first test for a sound vault", async () => {
        await contracts("sound");
        const { code, stdout, stderr } = await hardhatIn(project, "test");
        expect(code, stdout + stderr).to.equal(0);
        expect(stdout)
          .to.include("pays every depositor and no attacker")
          .and.to.match(/1 passing/);
      });
    });
  }
});

/** The block under "Install" that has some words. */
function blockWith(words: string, language: string): string {
  const found = codeBlocks(install).find((block) => block.language === language && block.text.includes(words));
  if (found === undefined) throw new Error(`The README has no ${language} block with "${words}".`);
  return found.text;
}

function packagesOf(block: string): string {
  const [, packages] = /npm install (--save-dev .*)/.exec(block) ?? [];
  if (packages === undefined) throw new Error(`The README installs nothing here: ${block}`);
  return packages;
}

/** The first config with a toolbox in place of the plugins that it contains. */
function withToolbox(block: string): string {
  const [, imported, plugins] = /^(import toolbox from .*;) \/\/ (plugins: .*)$/m.exec(block) ?? [];
  if (imported === undefined || plugins === undefined) throw new Error(`The README loads no toolbox here: ${block}`);
  return blockWith("defineConfig", "ts")
    .replace(/^import hardhatMocha .*\n/m, "")
    .replace(/^import hardhatViem .*$/m, imported)
    .replace(/plugins: \[.*\]/, plugins);
}

/** The first test with what the README says instead of chai. */
function withoutChai(test: string): string {
  const [, assertion] = /without chai,\s`(await .*?)`/.exec(sectionOf("README.md", "A first test")) ?? [];
  if (assertion === undefined) throw new Error("The README does not say what to write without chai.");
  return test
    .replace('import { expect } from "chai";', 'import { it } from "node:test";')
    .replace("await expect(vault).toSurviveScenario(scenario);", `${assertion};`);
}

/** The compiler comes as a package: Hardhat downloads nothing. */
function withLocalCompiler(config: string): string {
  const solidity = /solidity: "(.*)"/;
  expect(config).to.match(solidity);
  return `import { createRequire } from "node:module";\n${config.replace(
    solidity,
    'solidity: { version: "$1", path: createRequire(import.meta.url).resolve("solc/soljson.js") }',
  )}`;
}

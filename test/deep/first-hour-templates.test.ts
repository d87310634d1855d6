import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import { mkdir } from "@nomicfoundation/hardhat-utils/fs";
import { expect } from "chai";

import { ROOT } from "../helpers/documentation.js";
import { hardhatIn, npm, packedForSuite } from "../helpers/packed.js";

const CONTRACTS = path.join(ROOT, "test/fixture-projects/readme");

const HARDHAT = path.dirname(createRequire(import.meta.url).resolve("hardhat/package.json"));

/** Its tests in Solidity import it, from GitHub: what npm alone has is everything else. */
const NOT_ON_NPM = "forge-std";

interface Template {
  readonly name: string;
  readonly folder: string;
  /** What the README installs in such a project. */
  readonly packages: readonly string[];
}

const TEMPLATES: readonly Template[] = [
  { name: "minimal", folder: "03-minimal", packages: ["@nomicfoundation/hardhat-viem", "viem"] },
  { name: "node-test-runner-viem", folder: "01-node-test-runner-viem", packages: [] },
  { name: "mocha-ethers", folder: "02-mocha-ethers", packages: ["viem"] },
];

/** From what `hardhat --init` makes, with the plugin added as the README says; in some minutes each. */
describe("the first hour, in the projects that Hardhat makes", () => {
  const packed = packedForSuite();

  for (const { name, folder: template, packages } of TEMPLATES) {
    describe(name, () => {
      let project: string;
      let wanted: readonly string[];

      // a template may want what a registry does not have yet
      before(async function () {
        const { devDependencies } = await packageOf(template);
        wanted = Object.entries(devDependencies)
          .filter(([one]) => one !== NOT_ON_NPM)
          .map(([one, range]) => `${one}@${range.replace("workspace:", "")}`);
        const { folder } = packed();
        for (const one of wanted.filter((each) => each.startsWith("@nomicfoundation/"))) {
          const { stdout } = await npm(["view", one, "version"], folder);
          if (stdout.trim() === "") this.skip();
        }
      });

      const contracts = async (variant: "flawed" | "sound"): Promise<void> => {
        await copyFile(path.join(CONTRACTS, "MockUsdc.sol"), path.join(project, "contracts/MockUsdc.sol"));
        await copyFile(path.join(CONTRACTS, variant, "Vault.sol"), path.join(project, "contracts/Vault.sol"));
      };

      it("is made without a question, but for what is on GitHub, and takes the plugin", async () => {
        const { folder, tarball } = packed();
        project = path.join(folder, `template-${name}`);
        await mkdir(project);
        const { version } = JSON.parse(await readFile(path.join(HARDHAT, "package.json"), "utf8")) as {
          version: string;
        };
        const begun = await npm(["install", "--save-dev", `hardhat@${version}`], project);
        expect(begun.code, begun.stderr).to.equal(0);
        // its last step installs packages
        const made = await hardhatIn(project, "--init", "--template", name);
        const { devDependencies } = await packageOf(template);
        const isWhole = devDependencies[NOT_ON_NPM] === undefined;
        if (isWhole) expect(made.code, made.stdout + made.stderr).to.equal(0);
        expect(made.stdout).to.include("Initializing project");
        // without the tests that need what could not be installed
        await rm(path.join(project, "contracts/Counter.t.sol"), { force: true });
        const installed = await npm(["install", "--save-dev", ...wanted, tarball, ...packages], project);
        expect(installed.code, installed.stderr).to.equal(0);
        const config = path.join(project, "hardhat.config.ts");
        const text = await readFile(config, "utf8");
        const [, solc] = /version: "([\d.]+)"/.exec(text) ?? [];
        const besides = await npm(["install", "--save-dev", `solc@${solc}`, "@openzeppelin/contracts@5"], project);
        expect(besides.code, besides.stderr).to.equal(0);
        await writeFile(config, withPlugin(text, packages.includes("@nomicfoundation/hardhat-viem")));
        await mkdir(path.join(project, "contracts"));
      });

      it("writes a scenario for a flawed vault, and breaks it", async () => {
        await contracts("flawed");
        const begun = await hardhatIn(project, "siege", "init", "Vault");
        expect(begun.code, begun.stdout + begun.stderr).to.equal(0);
        const { code, stdout, stderr } = await hardhatIn(project, "siege", "run", "siege/vault.scenario.ts");
        expect(code, stdout + stderr).to.equal(1);
        expect(stdout).to.include("Vault did not survive");
      });

      it("passes the same scenario once the vault is fixed", async () => {
        await contracts("sound");
        const { code, stdout, stderr } = await hardhatIn(project, "siege", "run", "siege/vault.scenario.ts");
        expect(code, stdout + stderr).to.equal(0);
        expect(stdout).to.match(/^Vault survived /m);
      });
    });
  }
});

async function packageOf(template: string): Promise<{ readonly devDependencies: Readonly<Record<string, string>> }> {
  const text = await readFile(path.join(HARDHAT, "templates", template, "package.json"), "utf8");
  return JSON.parse(text) as { devDependencies: Readonly<Record<string, string>> };
}

/** The template's config with the plugin, and a compiler that is not downloaded. */
function withPlugin(config: string, needsViem: boolean): string {
  const own = needsViem ? ["hardhatViem", "hardhatSiege"] : ["hardhatSiege"];
  const plugins = /plugins: \[(.*)\]/;
  const plugged = plugins.test(config)
    ? config.replace(plugins, `plugins: [$1, ${own.join(", ")}]`)
    : config.replace("defineConfig({", `defineConfig({\n  plugins: [${own.join(", ")}],`);
  return [
    ...(needsViem ? ['import hardhatViem from "@nomicfoundation/hardhat-viem";'] : []),
    'import hardhatSiege from "hardhat-siege";',
    'import { createRequire } from "node:module";',
    plugged.replaceAll(
      /version: "([\d.]+)",/g,
      'version: "$1", path: createRequire(import.meta.url).resolve("solc/soljson.js"),',
    ),
  ].join("\n");
}

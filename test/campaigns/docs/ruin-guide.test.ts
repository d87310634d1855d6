import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { codeBlocks, ROOT, textOf } from "../../helpers/documentation.js";
import { hardhat } from "../../helpers/spawn.js";

/** The guide's project, made of what is on its page. */
describe("docs/ruin.md", () => {
  const blocks = codeBlocks(textOf("docs/ruin.md"));
  let project: string;

  before(async () => {
    project = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    for (const folder of ["contracts", "siege", "test"]) await mkdir(path.join(project, folder));
    const [contract] = blocks.filter(({ language }) => language === "solidity");
    await write("package.json", '{ "type": "module" }');
    await write("hardhat.config.ts", config());
    await write("contracts/Desk.sol", contract!.text);
    for (const { text } of blocks.filter(({ language }) => language === "ts")) {
      const [, file] = /^\/\/ ((?:siege|test)\/\S+)/.exec(text) ?? [];
      if (file !== undefined) await write(file, fromSources(text));
    }
    await symlink(path.join(ROOT, "node_modules"), path.join(project, "node_modules"));
    expect(await readdir(path.join(project, "siege"))).to.deep.equal(["desk.scenario.ts"]);
    expect(await readdir(path.join(project, "test"))).to.deep.equal(["desk.test.ts"]);
  });
  after(() => rm(project, { recursive: true, force: true }));

  const write = (file: string, text: string): Promise<void> => writeFile(path.join(project, file), text);

  it("prints the report that the page shows", async () => {
    const command = /npx hardhat (siege ruin .*)/.exec(textOf("docs/ruin.md"))?.[1]?.split(" ") ?? [];
    const { code, stdout, stderr } = await hardhat(command, { cwd: project });
    expect(code, stderr).to.equal(1);
    const [shown] = blocks.filter(({ language }) => language === "");
    const withoutTime = (text: string): string => text.trim().replace(/[\d.]+ s$/, "");
    expect(withoutTime(stdout)).to.equal(withoutTime(shown!.text));
  });

  it("draws the figures that the page names", async () => {
    const page = textOf("docs/ruin.md");
    const [, command = ""] = /npx hardhat (siege ruin .* --figures figures)/.exec(page) ?? [];
    const { code, stderr } = await hardhat(command.split(" "), { cwd: project });
    expect(code, stderr).to.equal(1);
    const named = [...page.matchAll(/`([\w-]+\.svg)`/g)].map(([, name]) => name);
    expect(await readdir(path.join(project, "figures"))).to.have.members(named);
  });

  it("has a test that passes", async () => {
    const { code, stdout, stderr } = await hardhat(["test", "mocha"], { cwd: project });
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.include("2 passing");
  });
});

/** The page's imports, of these sources instead of the package. */
function fromSources(text: string): string {
  return text.replaceAll(/"hardhat-siege\/(\w+)"/g, (_all, name: string) =>
    JSON.stringify(path.join(ROOT, `src/${name}/index.ts`)),
  );
}

function config(): string {
  const compiler = createRequire(import.meta.url).resolve("solc/soljson.js");
  return `
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import hardhatSiege from ${JSON.stringify(path.join(ROOT, "src/index.ts"))};
import { defineConfig } from "hardhat/config";

export default defineConfig({
  plugins: [hardhatViem, hardhatMocha, hardhatSiege],
  solidity: { version: "0.8.30", path: ${JSON.stringify(compiler)} },
  test: { mocha: { timeout: 120_000 } },
});
`;
}

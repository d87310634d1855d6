import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { codeBlocks, ROOT, textOf } from "../../helpers/documentation.js";
import { forgeBinary, forgeProject } from "../../helpers/forge.js";
import { hardhat } from "../../helpers/spawn.js";

const PAGE = "docs/coming-from-foundry.md";

/** The guide's project, made of what is on its page. */
describe(PAGE, () => {
  const blocks = codeBlocks(textOf(PAGE));
  const files = new Map(
    blocks.flatMap(({ text }) => {
      const [, file] = /^\/\/ ((?:contracts|siege|test)\/\S+)\n/.exec(text) ?? [];
      return file === undefined ? [] : [[file, text] as const];
    }),
  );
  let project: string;

  before(async () => {
    project = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    for (const folder of ["contracts", "siege"]) await mkdir(path.join(project, folder));
    await write("package.json", '{ "type": "module" }');
    await write("hardhat.config.ts", config());
    for (const [file, text] of files) if (!file.startsWith("test/")) await write(file, fromSources(text));
    await symlink(path.join(ROOT, "node_modules"), path.join(project, "node_modules"));
  });
  after(() => rm(project, { recursive: true, force: true }));

  const write = (file: string, text: string): Promise<void> => writeFile(path.join(project, file), text);

  /** The only reproduction of a target whose file's name ends like this. */
  async function reproduction(): Promise<string> {
    const folder = path.join(project, "siege/reproductions");
    const [file] = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    return path.join("siege/reproductions", file!);
  }

  it("prints the report that the page shows", async () => {
    const { code, stdout, stderr } = await hardhat(["siege", "run", "siege/ledger.scenario.ts"], { cwd: project });
    expect(code, stderr).to.equal(1);
    if (process.env.SHOW === "1") console.log(stdout);
    const [shown] = blocks.filter(({ language }) => language === "");
    const withoutTime = (text: string): string => text.trim().replaceAll(/[\d.]+ s\b/g, "… s");
    expect(withoutTime(stdout)).to.include(withoutTime(shown!.text));
  });

  it("exports what was found as the page shows, and refuses another framework", async () => {
    const file = await reproduction();
    const { code, stdout, stderr } = await hardhat(
      ["siege", "export", file, "--to", "foundry", "--out", "Ledger.t.sol"],
      {
        cwd: project,
      },
    );
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include("written: Ledger.t.sol").and.to.include("forge test --match-path Ledger.t.sol");
    const text = await readFile(path.join(project, "Ledger.t.sol"), "utf8");
    const shown = blocks.find(({ language, text: block }) => language === "solidity" && !block.startsWith("// "))!;
    if (process.env.SHOW === "1") console.log(text.replaceAll(/hex"[0-9a-f]{100,}"/g, 'hex"…"'));
    // each part of it, with lines left out in between
    for (const part of shown.text.split(/^ *\/\/ …\n/m)) expect(text).to.include(part);
    const other = await hardhat(["siege", "export", file, "--to", "echidna"], { cwd: project });
    expect(other.code).to.equal(2);
    expect(other.stderr).to.include("--to foundry").and.to.include("[INVALID_OPTION]");
  });

  it("finds the flaw through the handler, too", async () => {
    const { code, stdout, stderr } = await hardhat(["siege", "run", "siege/handler.scenario.ts"], { cwd: project });
    expect(code, stderr).to.equal(1);
    expect(stdout).to.include("invariant_nobodyGainsByMoving() returned false");
  });

  it("fails under forge, and passes with the fix that the page has", async function () {
    const forge = forgeBinary();
    if (forge === undefined) return this.skip();
    const text = await readFile(path.join(project, "Ledger.t.sol"), "utf8");
    const ledger = files.get("contracts/Ledger.sol")!;
    const fixed = ledger
      .replace("contract Ledger ", "contract LedgerFixed ")
      .replace("require(mine >= amount", "require(to != msg.sender && mine >= amount");
    const head = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n";
    const imports =
      'import { LedgerSiegeTest } from "./Ledger.t.sol";\nimport { LedgerFixed } from "./LedgerFixed.sol";\n';
    const tests = new Map([
      ["Ledger.t.sol", text],
      ["LedgerFixed.sol", fixed],
      ["Fixed.t.sol", `${head}${imports}${files.get("test/Fixed.t.sol")!}`],
    ]);
    const forged = await forgeProject(forge, tests);
    try {
      const flawed = await forged.test("Ledger.t.sol");
      expect(flawed.get("Ledger.t.sol")?.reason).to.match(/^invariants: invariant_theMoneyIsThere\(\) reverted/);
      expect((await forged.test("Fixed.t.sol")).get("Fixed.t.sol")?.status).to.equal("Success");
    } finally {
      await forged.remove();
    }
  });
});

/** The page's imports, of these sources instead of the package. */
function fromSources(text: string): string {
  return text.replaceAll(/"hardhat-siege(?:\/(\w+))?"/g, (_found, entry?: string) =>
    JSON.stringify(path.join(ROOT, "src", entry === undefined ? "index.ts" : `${entry}/index.ts`)),
  );
}

function config(): string {
  const compiler = createRequire(import.meta.url).resolve("solc/soljson.js");
  return `import hardhatSiege from ${JSON.stringify(path.join(ROOT, "src/index.ts"))};
import viem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";
export default defineConfig({
  plugins: [viem, hardhatSiege],
  solidity: { version: "0.8.30", path: ${JSON.stringify(compiler)} },
});
`;
}

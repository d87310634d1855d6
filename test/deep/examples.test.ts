import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { codeBlocks, ROOT } from "../helpers/documentation.js";
import { hardhatIn, npm, packedForSuite } from "../helpers/packed.js";
import { runCommand } from "../helpers/spawn.js";

const EXAMPLES = path.join(ROOT, "examples");

/** The examples that are projects of their own. */
const PROJECTS: readonly string[] = readdirSync(EXAMPLES).filter((name) =>
  existsSync(path.join(EXAMPLES, name, "package.json")),
);

/** Copied as their READMEs say, with the packed tarball in place of what npm has; in about two minutes each. */
describe("the examples to copy", () => {
  const packed = packedForSuite();

  it("are there", () => {
    expect(PROJECTS).to.include.members(["erc4626-vault", "lending-market-behind-a-proxy", "options-vault"]);
  });

  for (const name of PROJECTS) {
    describe(name, () => {
      let project: string;

      it("installs", async () => {
        const { folder, tarball } = packed();
        project = path.join(folder, name);
        // without what somebody may have left in the original
        const left = ["node_modules", "artifacts", "cache", "reproductions"];
        await cp(path.join(EXAMPLES, name), project, {
          recursive: true,
          filter: (file) => !left.includes(path.basename(file)),
        });
        const manifest = path.join(project, "package.json");
        const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
        const published = `"hardhat-siege": "^${version}"`;
        const text = await readFile(manifest, "utf8");
        expect(text).to.include(published);
        await writeFile(manifest, text.replace(published, `"hardhat-siege": "file:${tarball}"`));
        const installed = await npm(["install"], project);
        expect(installed.code, installed.stderr).to.equal(0);
      });

      it("breaks as its README says", async () => {
        const { code, stdout, stderr } = await runCommand("npm", ["run", "siege"], project);
        expect(code, stdout + stderr).to.equal(1);
        const shown = gistOf(reportIn(path.join(EXAMPLES, name, "README.md")));
        expect(shown.steps, "steps in the README").to.have.length.greaterThan(0);
        expect(gistOf(stdout), stdout).to.deep.equal(shown);
      });

      it("passes its own tests, the fixed twin's among them", async () => {
        const { code, stdout, stderr } = await runCommand("npm", ["test"], project);
        expect(code, stdout + stderr).to.equal(0);
      });

      it("is typed without an error", async () => {
        const { code, stdout } = await hardhatIn(project, "build");
        expect(code, stdout).to.equal(0);
        const checked = await runCommand("npx", ["tsc", "-p", "."], project);
        expect(checked.code, checked.stdout).to.equal(0);
      });
    });
  }
});

/** What a report is about, without its figures: who did not survive what, the condition, and the steps by their functions. */
function gistOf(report: string): {
  readonly title: string | undefined;
  readonly violated: string | undefined;
  readonly steps: readonly string[];
} {
  return {
    title: /^.* did not survive ".*"$/m.exec(report)?.[0],
    violated: /^ +violated +([^:]+):/m.exec(report)?.[1],
    steps: [...report.matchAll(/^ +[\d·-]+ +block +[\d-]+ +(.+?) {2,}([^\d(]+)/gm)].map(
      ([, who, what]) => `${who!.trim()}: ${what!.trim()}`,
    ),
  };
}

function reportIn(readme: string): string {
  const report = codeBlocks(readFileSync(readme, "utf8")).find(({ text }) => text.includes(" did not survive "));
  if (report === undefined) throw new Error(`${readme} shows no report.`);
  return report.text;
}

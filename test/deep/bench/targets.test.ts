import type { Result } from "../../../bench/targets/results.js";

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { ROOT } from "../../helpers/documentation.js";
import { runCommand } from "../../helpers/spawn.js";

/** SIEGE_TARGETS=all plays the whole yardstick, which takes hours, and goes on with the results that are there. */
const ALL = process.env.SIEGE_TARGETS === "all";

/** Found within a few seconds by each tool. */
const SMALL = ["--only", "savings-pool,descending-sale", "--seeds", "1", "--cpu", "20", "--minimise", "20"];

/** What a tool needs besides this checkout's packages. */
const NEEDS = {
  siege: { file: "dist/index.js", by: "npm run build" },
  forge: { file: "bench/node_modules/@foundry-rs/forge/package.json", by: "npm --prefix bench ci" },
  hardhat: { file: "dist/index.js", by: "npm run build" },
} as const;

describe("the targets", () => {
  for (const [tool, { file, by }] of Object.entries(NEEDS)) {
    const isThere = existsSync(path.join(ROOT, file));
    const title = `are broken by ${tool}, and their twins are not${isThere ? "" : `: skipped, needs ${by}`}`;
    (isThere ? it : it.skip)(title, async () => {
      const results = await bench(tool, ALL ? [] : SMALL);
      const verdicts = results.map(({ target, variant, seed, outcome }) => ({
        target,
        variant,
        seed,
        found: outcome.found,
      }));
      expect(verdicts).not.to.have.length(0);
      expect(verdicts.filter(({ variant, found }) => variant === "fixed" && found)).to.deep.equal([]);
      if (!ALL) expect(verdicts.filter(({ variant, found }) => variant === "flawed" && !found)).to.deep.equal([]);
    });
  }
});

async function bench(tool: string, flags: readonly string[]): Promise<readonly Result[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-targets-"));
  try {
    const results = ALL ? path.join(ROOT, "bench/targets/results.jsonl") : path.join(folder, "results.jsonl");
    const table = ["--table", path.join(folder, "TARGETS.md")];
    const script = [
      "--import",
      "tsx/esm",
      "bench/targets/run.ts",
      "--tools",
      tool,
      "--results",
      results,
      ...table,
      ...flags,
    ];
    const { code, stdout, stderr } = await runCommand(process.execPath, script, ROOT);
    expect(code, `${stdout}${stderr}`).to.equal(0);
    const lines = (await readFile(results, "utf8")).trim().split("\n");
    return lines.map((line) => JSON.parse(line) as Result).filter((result) => result.tool === tool);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

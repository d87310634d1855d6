import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { readReproduction } from "../../../../src/engine/reproduction/store.js";
import { inProject } from "../../../helpers/box-project.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";
import { runCommand } from "../../../helpers/spawn.js";

const ROOT = path.resolve(import.meta.dirname, "../../../..");

interface Ended {
  readonly kind: string;
  readonly steps?: number;
  readonly certificate?: string;
  readonly unsaved?: readonly unknown[];
  readonly file?: string;
}

describe("campaigns side by side", () => {
  it("all end as they would alone: eight processes with five connections each, in one folder", async () => {
    // nobody compiles meanwhile
    await shellEnvironment();
    const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    try {
      const script = path.join(ROOT, "test/helpers/campaigns-side-by-side.ts");
      const processes = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          runCommand(process.execPath, ["--import", "tsx/esm", script, folder, String(at)], ROOT),
        ),
      );
      const ends = processes.flatMap(({ code, stdout, stderr }) => {
        expect(code, stderr).to.equal(0);
        return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as readonly Ended[];
      });
      expect(ends).to.have.length(40);
      for (const [at, end] of ends.entries()) {
        if (at % 5 === 4) {
          expect(end.kind).to.equal("survived");
          continue;
        }
        expect(end).to.deep.include({ kind: "violation", steps: 1, certificate: "1-minimal", unsaved: [] });
        const saved = await readReproduction(inProject(end.file ?? ""));
        expect(saved.status).to.equal("minimal");
      }
      // the same findings have one file: no leftovers, nothing unconfirmed
      const files = await readdir(folder);
      const named = new Set(ends.flatMap(({ file }) => (file === undefined ? [] : [path.basename(file)])));
      expect(files.filter((name) => name.endsWith(".json")).sort()).to.deep.equal([...named].sort());
      expect(files.filter((name) => !name.endsWith(".json") && !name.endsWith(".test.ts"))).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

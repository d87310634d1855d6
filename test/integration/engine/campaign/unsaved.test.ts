import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { renderFailure } from "../../../../src/report/terminal.js";
import { besiegeBox, inProject } from "../../../helpers/box-project.js";
import { failsWith } from "../../../helpers/errors.js";

describe("a finding that cannot be saved", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  afterEach(async () => {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true, force: true });
  });

  /** A folder that can be neither made nor written to, by root either: a link to nowhere. */
  async function unwritable(): Promise<string> {
    const link = path.join(folder, "reproductions");
    await symlink(path.join(folder, "nowhere/at/all"), link);
    return link;
  }

  it("is a violation all the same, with why it is not saved, its steps, and what to save by hand", async () => {
    const result = await besiegeBox(await unwritable());
    if (result.kind !== "violation") throw new Error(result.kind);
    const { finding } = result;
    expect(finding.reproduction).to.equal(undefined);
    expect(finding.certificate?.kind).to.equal("1-minimal");
    expect(finding.unsaved.map(({ what, code }) => [what, code])).to.deep.equal([
      ["reproduction", "REPRODUCTION_UNWRITABLE"],
    ]);
    const report = renderFailure(result);
    expect(report).to.match(/violated {3}underCap: above the cap/);
    expect(report).to.include("LeakyBox.set(1,100)");
    expect(report).to.match(
      /not saved {2}The reproduction .* could not be written: E[A-Z]+.*\[REPRODUCTION_UNWRITABLE\]/,
    );
    expect(report).to.include("to keep it, save the last line as").and.not.to.include("npx hardhat siege replay");
    expect(report.split("\n").at(-1)).to.equal(finding.unsaved[0]?.content);
  });

  it("is played first by the next campaign if it was saved by hand", async () => {
    const result = await besiegeBox(await unwritable());
    if (result.kind !== "violation") throw new Error(result.kind);
    const other = path.join(folder, "other");
    await mkdir(other);
    const [unsaved] = result.finding.unsaved;
    const file = path.join(other, path.basename(unsaved?.file ?? ""));
    await writeFile(file, unsaved?.content ?? "");
    const next = await besiegeBox(other, { seed: 5 });
    if (next.kind !== "violation") throw new Error(next.kind);
    expect(next.finding.run).to.equal(0);
    expect(next.replayed.violating).to.deep.equal([path.basename(file)]);
    expect(inProject(next.finding.reproduction ?? "")).to.equal(file);
    expect(await readFile(file, "utf8")).to.include('"status": "minimal"');
  });

  it("is reported from a folder that may only be read", async function () {
    // root may write everywhere
    if (process.getuid?.() === 0) return this.skip();
    await chmod(folder, 0o555);
    const result = await besiegeBox(folder);
    expect(result.kind === "violation" && result.finding.unsaved[0]?.code).to.equal("REPRODUCTION_UNWRITABLE");
  });

  it("is not looked for where the folder of reproductions cannot be read: that is an error", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "no folder");
    for (const unreadable of [file, path.join(file, "below")]) {
      const error = await failsWith("REPRODUCTION_UNREADABLE", () => besiegeBox(unreadable));
      expect(error.summary).to.include(unreadable);
    }
  });
});

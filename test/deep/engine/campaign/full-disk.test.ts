import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { renderFailure } from "../../../../src/report/terminal.js";
import { besiegeBox } from "../../../helpers/box-project.js";

const run = promisify(execFile);

describe("a full disk", () => {
  let folder: string;
  let disk: string;

  before(async function () {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    disk = path.join(folder, "disk");
    await mkdir(disk);
    try {
      await run("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", disk]);
    } catch {
      // a file system of one's own needs the rights of an administrator
      this.skip();
    }
  });
  after(async () => {
    await run("umount", [disk]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  it("costs the file and not the finding", async () => {
    await writeFile(path.join(disk, "full"), Buffer.alloc(20_000)).catch(() => undefined);
    const result = await besiegeBox(disk);
    if (result.kind !== "violation") throw new Error(result.kind);
    expect(result.finding.reproduction).to.equal(undefined);
    expect(result.finding.unsaved[0]?.reason).to.include("ENOSPC");
    const report = renderFailure(result);
    expect(report)
      .to.include("LeakyBox.set(")
      .and.to.include("not saved")
      .and.to.include(result.finding.unsaved[0]?.content);
  });
});

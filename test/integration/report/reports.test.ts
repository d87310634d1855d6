import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { writeReports } from "../../../src/report/reports.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { results } from "../../helpers/results.js";

const STYLE = { runner: "mocha", assertions: "chai" } as const;

describe("reports beside a reproduction", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    await mkdir(path.join(root, "siege/reproductions"), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const test = "siege/reproductions/vault-0000.test.ts";

  it("are a test that names the file and what broke", async () => {
    expect(await writeReports(results.violation, root, STYLE)).to.deep.equal(results.violation);
    const text = await readFile(path.join(root, test), "utf8");
    expect(text).to.include('Vault did not survive "flash crash"').and.to.include("ETH falls 12.5 %");
    expect(text).to.include('new URL("./vault-0000.json", import.meta.url)');
  });

  it("are not written where nothing broke", async () => {
    for (const result of [results.survived, results.incomplete]) {
      expect(await writeReports(result, root, STYLE)).to.equal(result);
    }
    await readFile(path.join(root, test)).then(
      () => expect.fail("there is a test"),
      () => undefined,
    );
  });

  it("do not cost the finding where they cannot be written", async () => {
    // a folder where the file should be
    await mkdir(path.join(root, test));
    const result = await writeReports(results.violation, root, STYLE);
    if (result.kind !== "violation") throw new Error(result.kind);
    const [unsaved, ...others] = result.finding.unsaved;
    expect(others).to.deep.equal([]);
    expect(unsaved).to.include({ what: "test", file: test, code: "REPRODUCTION_UNWRITABLE" });
    expect({ ...result.finding, unsaved: [] }).to.deep.equal(results.violation.finding);
    expect(renderFailure(result)).to.match(
      / {2}not saved {2}The test .* could not be written: .*REPRODUCTION_UNWRITABLE/,
    );
    // nothing half-written stays behind
    expect(await readdir(path.join(root, "siege/reproductions"))).to.deep.equal([path.basename(test)]);
  });
});

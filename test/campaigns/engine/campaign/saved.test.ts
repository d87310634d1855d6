import type { Reproduction } from "../../../../src/types.js";

import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { fromJson } from "../../../../src/engine/json.js";
import { serialiseReproduction } from "../../../../src/engine/reproduction/reproduction.js";
import { SiegeError } from "../../../../src/errors.js";
import { renderFailure, renderSurvived } from "../../../../src/report/terminal.js";
import { besiegeBox, inProject } from "../../../helpers/box-project.js";
import { mutatedTraces } from "../../../helpers/mutated-reproductions.js";

describe("saved findings", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const json = async (): Promise<readonly string[]> => (await readdir(folder)).filter((name) => name.endsWith(".json"));

  it("are the same on every fresh network, byte for byte: they hold no clock", async () => {
    const other = path.join(folder, "other");
    for (const place of [folder, other]) {
      expect((await besiegeBox(place)).kind).to.equal("violation");
      // the next network begins at another second
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
    const [name = ""] = await json();
    expect(await readFile(path.join(other, name), "utf8")).to.equal(await readFile(path.join(folder, name), "utf8"));
  });

  it("are left alone while the target is not fixed, and renewed if they become smaller", async () => {
    await besiegeBox(folder);
    const [name = ""] = await json();
    const file = path.join(folder, name);
    const text = await readFile(file, "utf8");
    const before = await stat(file);
    const again = await besiegeBox(folder, { seed: 9 });
    expect(again.kind === "violation" && again.finding.run).to.equal(0);
    expect((await stat(file)).mtimeMs).to.equal(before.mtimeMs);

    // as a campaign that was less lucky would have left it: a larger amount
    const content = fromJson(text) as Reproduction;
    const larger = fromJson(text.replaceAll('"1100n"', '"1200n"')) as Reproduction;
    expect(larger).not.to.deep.equal(content);
    await writeFile(file, serialiseReproduction(larger));
    await besiegeBox(folder, { seed: 9 });
    expect(await readFile(file, "utf8")).to.equal(text);
    expect(await json()).to.deep.equal([name]);
  });

  it("break a target as long as the worst that they know does: the least is the first to be missed", async () => {
    await besiegeBox(folder);
    const [name = ""] = await json();
    const file = path.join(folder, name);
    const text = await readFile(file, "utf8");
    const { finding } = fromJson(text) as Reproduction;
    // as if the cap had been raised since: the minimal amount is below it now
    const missed = fromJson(text.replaceAll('"1100n"', '"900n"')) as Reproduction;
    await writeFile(file, serialiseReproduction(missed));
    const gone = await besiegeBox(folder);
    expect(gone.replayed.surviving).to.deep.equal([name]);
    // the search finds it anew, as a finding of its own
    for (const other of await readdir(folder)) if (other !== name) await rm(path.join(folder, other));

    const { violation, trace, steps } = finding;
    const known = { ...missed, finding: { ...missed.finding, worst: { violation, trace, steps } } };
    await writeFile(file, serialiseReproduction(known));
    const again = await besiegeBox(folder);
    expect(again.replayed.violating).to.deep.equal([name]);
    // and it is minimal again
    expect((fromJson(await readFile(file, "utf8")) as Reproduction).finding.trace).to.deep.equal(trace);
    const fixed = await besiegeBox(folder, { contract: "CappedBox" });
    expect(fixed.replayed.surviving).to.include(name);
  });

  it("are counted: what was replayed, and what was not and why", async () => {
    await besiegeBox(folder);
    const [name = ""] = await json();
    const content = fromJson(await readFile(path.join(folder, name), "utf8")) as Reproduction;
    const save = (as: string, change: Partial<Reproduction>): Promise<void> =>
      writeFile(path.join(folder, as), serialiseReproduction({ ...content, ...change }));
    await save("renamed.json", { scenario: "an older name" });
    await save("elsewhere.json", { target: { ...content.target, name: "Vault" } });
    const { finding } = content;
    const steps = finding.trace.steps.map((step) => (step.kind === "call" ? { ...step, agent: "bob" } : step));
    await save("gone.json", { finding: { ...finding, trace: { ...finding.trace, steps } } });

    const fixed = await besiegeBox(folder, { contract: "CappedBox" });
    if (fixed.kind !== "survived") throw new Error(fixed.kind);
    expect(fixed.replayed).to.deep.equal({
      violating: [],
      surviving: [name],
      skipped: [
        { file: "elsewhere.json", because: { kind: "another target", target: "Vault" } },
        { file: "gone.json", because: { kind: "an agent is gone", agent: "bob" } },
        { file: "renamed.json", because: { kind: "another scenario", scenario: "an older name" } },
      ],
    });
    expect(renderSurvived(fixed)).to.include(
      '  replayed   1 saved reproduction (1 survived); not replayed: gone.json (there is no "bob" any more), renamed.json (of the scenario "an older name")',
    );

    await copyFile(path.join(folder, name), path.join(folder, "zzz.json"));
    const flawed = await besiegeBox(folder);
    if (flawed.kind !== "violation") throw new Error(flawed.kind);
    expect(flawed.replayed.violating).to.deep.equal([name]);
    expect(flawed.replayed.skipped.at(-1)).to.deep.equal({ file: "zzz.json", because: { kind: "not reached" } });
    expect(renderFailure(flawed)).to.include("replayed   1 saved reproduction (1 still breaks it); not replayed:");
    expect(renderFailure(flawed)).to.include("recorded   above the cap");
  });

  it("are read again, whatever the names in them", async () => {
    const odd = [
      "a/../b\\c",
      "quote\" and 'quote",
      "vault 🏦",
      "x".repeat(300),
      "\u05db\u05e1\u05e4\u05ea",
      "CON",
      "con",
      "123n",
      "-5n",
      "\\7n",
      "__proto__",
      "\u202eevil\u001b[2J",
      "..",
    ];
    for (const [at, name] of odd.entries()) {
      const campaign = { target: name, scenario: name, condition: name };
      const found = await besiegeBox(folder, campaign);
      if (found.kind !== "violation") throw new Error(`${name}: ${found.kind}`);
      const file = path.basename(found.finding.reproduction ?? "");
      expect(file).to.match(/^[a-z0-9-]{1,80}\.json$/);
      expect(await json()).to.have.length(at + 1);
      const again = await besiegeBox(folder, { ...campaign, seed: 3 });
      expect(again.replayed.violating, name).to.deep.equal([file]);
      if (again.kind !== "violation") throw new Error(again.kind);
      expect(inProject(again.finding.reproduction ?? "")).to.equal(path.join(folder, file));
      expect(renderFailure(again)).not.to.match(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
  });

  it("from a stranger end in a replay or in an error with a code: 24 mutations of the trace", async () => {
    await besiegeBox(folder);
    const [name = ""] = await json();
    const file = path.join(folder, name);
    const text = await readFile(file, "utf8");
    const ends = new Set<string>();
    for (const [at, mutated] of mutatedTraces(text, 24, 3).entries()) {
      await writeFile(file, mutated);
      const end = await besiegeBox(folder, { contract: "CappedBox" }).then(
        ({ kind }) => kind,
        (error: unknown) => (SiegeError.isSiegeError(error) ? error.code : error),
      );
      expect(end, `mutation ${at}`).to.be.a("string").and.not.to.equal("INTERNAL");
      ends.add(String(end));
    }
    expect([...ends]).to.include.members(["survived", "REPRODUCTION_INVALID"]);
  });

  it("are not disturbed by another campaign that finds the same, or by what an interrupted one has left", async () => {
    await writeFile(path.join(folder, ".0123456789abcdef.tmp"), '{ "format": "hardhat-si');
    const results = await Promise.all(Array.from({ length: 4 }, () => besiegeBox(folder)));
    for (const result of results) {
      if (result.kind !== "violation") throw new Error(result.kind);
      expect(result.finding.unsaved).to.deep.equal([]);
    }
    const files = new Set(results.map((result) => result.kind === "violation" && result.finding.reproduction));
    expect(files.size).to.equal(1);
    expect(await json()).to.have.length(1);
  });
});

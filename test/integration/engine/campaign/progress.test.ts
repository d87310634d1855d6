import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { CampaignProgress, CampaignResult } from "../../../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { boxScenario } from "../../../fixture-projects/shell/siege/box-scenario.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

describe("the progress of a campaign, as it is told", () => {
  let reproductions: string;
  let hre: HardhatRuntimeEnvironment;

  beforeEach(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 8, reproductions } });
  });
  afterEach(() => rm(reproductions, { recursive: true, force: true }));

  async function run(
    box: Parameters<typeof boxScenario>[0],
    progress?: (progress: CampaignProgress) => void,
  ): Promise<CampaignResult> {
    const connection = await hre.network.create();
    try {
      const { target, scenario } = await boxScenario(box)(connection);
      return await connection.siege.run(target, scenario, progress === undefined ? {} : { progress });
    } finally {
      await connection.close();
    }
  }

  it("counts the runs of the search, and what succeeded in them", async () => {
    const told: CampaignProgress[] = [];
    const result = await run("CappedBox", (one) => told.push(one));
    expect(result.kind).to.equal("survived");
    expect(told[0]).to.deep.equal({ phase: "opening" });
    const searching = told.flatMap((one) => (one.phase === "searching" ? [one] : []));
    expect(searching.map(({ finished }) => finished)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    const last = searching.at(-1)!;
    expect(last.runs).to.equal(8);
    expect(last.lanes).to.be.greaterThan(0);
    expect(last.succeeded).to.equal(result.cost.actions);
    expect(last.calls).to.be.at.least(last.succeeded);
    expect(told).to.have.length(9);
  });

  it("tells of a finding before it is minimised, and each time it gets smaller", async () => {
    const told: CampaignProgress[] = [];
    const result = await run("LeakyBox", (one) => told.push(one));
    if (result.kind !== "violation") throw new Error(result.kind);
    const { finding } = result;
    const found = told.flatMap((one) => (one.phase === "found" ? [one] : []));
    expect(found).to.deep.equal([
      { phase: "found", violation: finding.found, run: finding.run, steps: finding.original.steps.length },
    ]);
    const sizes = told.flatMap((one) => (one.phase === "minimising" ? [one.steps] : []));
    expect(sizes).not.to.deep.equal([]);
    expect(sizes).to.deep.equal(sizes.toSorted((a, b) => b - a));
    expect(sizes.at(-1)).to.equal(finding.trace.steps.length);
  });

  it("leaves the result as it is without", async () => {
    const withoutTime = ({
      cost: { seconds: _s, searchSeconds: _t, explaining: _e, ...cost },
      ...result
    }: CampaignResult) => ({
      ...result,
      cost,
    });
    const quiet = await run("LeakyBox");
    await rm(reproductions, { recursive: true, force: true });
    expect(withoutTime(await run("LeakyBox", () => undefined))).to.deep.equal(withoutTime(quiet));
  });
});

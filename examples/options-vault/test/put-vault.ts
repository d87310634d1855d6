import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { network } from "hardhat";

import { crashWeek } from "../siege/crash-week.ts";

describe("a vault that sells puts", () => {
  it("cannot pay if ether falls by more than its margin covers", async () => {
    const connection = await network.create();
    const { target, scenario } = await crashWeek(connection);
    await assert.rejects(connection.siege.assertSurvives(target, scenario), /violated +solvent/);
  });

  it("pays whatever happens if it sets aside all that it insures", async () => {
    const connection = await network.create();
    const { target, scenario } = await crashWeek(connection);
    await connection.siege.assertSurvives(target, scenario, { runs: 200, parameters: { margin: 1 } });
  });
});

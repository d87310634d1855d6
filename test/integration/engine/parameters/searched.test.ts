import type { Reproduction } from "../../../../src/engine/reproduction/reproduction.js";
import type { ParameterValues } from "../../../../src/scenario/index.js";
import type { Parameter } from "../../../../src/scenario/scenario.js";
import type { CampaignResult } from "../../../../src/types.js";
import type { Variant } from "../../../fixtures/fixture.js";

import { readFile } from "node:fs/promises";

import { expect } from "chai";
import { parseAbi } from "viem";

import { fromJson, toJson } from "../../../../src/engine/json.js";
import { call } from "../../../../src/protocols/index.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { borrowedToTheLimit, loanLimit, setLimit } from "../../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../../fixtures/owned-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

/** Ether falls by a tenth: by algebra, there is bad debt exactly if more than 90 % is lent, of the 50 to 100 % of the range. */
const FALL = 0.1;

describe("a parameter that is searched", () => {
  const theFork = siegeForkForSuite();

  async function attacked(
    described: Partial<Parameter>,
    {
      variant = "flawed",
      runs = 60,
      parameters = {},
    }: { readonly variant?: Variant; readonly runs?: number; readonly parameters?: ParameterValues } = {},
  ): Promise<CampaignResult> {
    const { siege } = theFork().connection;
    const vault = await deployOwnedVault(theFork(), variant);
    const definition = {
      ...borrowedToTheLimit(theFork(), vault, FALL),
      parameters: { ltv: loanLimit(vault, described) },
    };
    return siege.run(vault, siege.scenario(definition), { runs, parameters });
  }

  it("breaks what no run breaks at its present value, shrinks to the threshold, is told, and replays", async () => {
    const result = await attacked({ search: true });
    if (result.kind !== "violation") throw new Error(result.kind);
    const { trace, thresholds, violation, reproduction = "" } = result.finding;
    expect(violation.condition).to.equal("noBadDebt");
    const moves = trace.steps.filter(({ kind }) => kind === "parameter.ltv");
    expect(moves).to.have.lengthOf(1);
    expect(moves[0]).to.deep.include({ block: 1, values: { value: 9_001 } });
    expect(thresholds.filter(({ kind }) => kind === "parameter.ltv")).to.deep.equal([
      {
        step: trace.steps.indexOf(moves[0]!),
        kind: "parameter.ltv",
        fails: 9_001,
        survives: 9_000,
        resolution: 1,
        unit: "steps of 0.0001",
      },
    ]);
    const told = renderFailure(result).replaceAll(/ {2,}(?=\()/g, "  ");
    expect(told).to.include("sets ltv to 0.9001 of the collateral  (survives at 0.9 of the collateral)");
    expect(told).to.include("a change of ltv");
    const saved = fromJson(await readFile(reproduction, "utf8")) as Reproduction;
    expect(saved.finding.trace).to.deep.equal(fromJson(toJson(trace)));
    const replayed = await theFork().connection.siege.replay(reproduction);
    expect(replayed.kind === "violation" && replayed.violation).to.deep.equal(violation);
  });

  it("does not break the twin, whose owner cannot lend more than 85 %, nor a campaign that sets or does not search it", async () => {
    expect((await attacked({ search: true }, { variant: "fixed" })).kind).to.equal("survived");
    expect((await attacked({}, { runs: 20 })).kind).to.equal("survived");
    expect((await attacked({ search: true }, { runs: 20, parameters: { ltv: 0.85 } })).kind).to.equal("survived");
  });

  it("has to be set by one call of somebody", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    const setter = setLimit(vault);
    const two = { calls: (limit: number) => [setter.calls(limit), setter.calls(limit)].flat() };
    const several = await failsWith("PARAMETER_FAILED", () => attacked({ search: true, set: two }));
    expect(several.message).to.include("2 calls set 0.5");
    const { weth } = theFork().addresses;
    const abi = parseAbi(["function deposit()"]);
    const ofNobody = { calls: () => call({ address: weth, abi, functionName: "deposit", args: [] }) };
    const error = await failsWith("PARAMETER_WITHOUT_OWNER", () => attacked({ search: true, set: ofNobody }));
    expect(error.message).to.include(weth);
  });
});

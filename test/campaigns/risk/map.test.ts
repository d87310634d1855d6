import type { Scenario, ScenarioDefinition } from "../../../src/scenario/scenario.js";
import type { FrontierMap, MapOptions, SiegeMap, ThresholdMap } from "../../../src/types.js";

import { readdir } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/index.js";
import { read } from "../../../src/protocols/index.js";
import { renderMap } from "../../../src/report/index.js";
import { parameter } from "../../../src/scenario/index.js";
import { borrowedToTheLimit, fallOf, loanLimit, loanLimitAbi } from "../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../fixtures/owned-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

type Vault = Awaited<ReturnType<typeof deployOwnedVault>>;

/** By algebra, there is bad debt exactly if ltv > 1 - fall: test/fixtures/loan-limit.ts. */
describe("a map of a lending vault", () => {
  const theFork = siegeForkForSuite();
  const fall = parameter({
    range: [0, 0.5],
    set: (value, { assets }) => ({ assets: { ...assets, ETH: { ...assets.ETH, process: fallOf(value) } } }),
  });

  function scenarioOf(
    vault: Vault,
    { falls = 0.2, ...more }: Partial<ScenarioDefinition> & { falls?: number } = {},
  ): Scenario {
    return theFork().connection.siege.scenario({
      ...borrowedToTheLimit(theFork(), vault, falls),
      parameters: { ltv: loanLimit(vault), fall },
      ...more,
    });
  }

  async function mapped(vault: Vault, scenario: Scenario, options: Partial<MapOptions> = {}): Promise<SiegeMap> {
    return theFork().connection.siege.map(vault, scenario, { along: "ltv", runs: 2, ...options });
  }

  const seconds = (text: string): string =>
    text.replace(/[\d.]+ s$/m, "<time> s").replace(/replay .*owned-vault-\w{8}\.json/g, "replay <file>");

  it("brackets the loan limit at which a fall of 20 % is bad debt, to a basis point", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    const map = (await mapped(vault, scenarioOf(vault))) as ThresholdMap;
    expect(map.outcome).to.equal("threshold");
    const [{ survived, broke } = { survived: undefined, broke: undefined }] = map.edges;
    expect([survived?.values.ltv, broke?.values.ltv]).to.deep.equal([0.8, 0.8001]);
    expect(seconds(renderMap(map))).to.equal(`\
OwnedVault in "a loan up to the limit, and a fall", ltv from 0.5 to 1 of the collateral
  threshold  survived ltv 0.8, broke ltv 0.8001 of the collateral
  violated   noBadDebt: bad debt $20.00: borrower owes $160,020.00 against $160,000.00
  recovers   holds again after prices have returned and all have rested for 10 blocks
  broke      npx hardhat siege replay <file>
  survived   npx hardhat siege run FILE --parameters ltv=0.8 --runs 2 --seed 1
  tested     survived 0.5, 0.625, 0.75, 0.7813, 0.7969, 0.7989, 0.7998, 0.8; broke 0.8001, 0.8002, 0.8003, 0.8008, 0.8047, 0.8125, 0.875, 1
             5 evenly spaced values, then halves between those that differ, to 0.0001; nothing is known between
             values that ended in the same way
  16 campaigns of up to 2 runs each, seed 1 at every point, <time> s`);

    // both ends can be played again: what broke from its file alone
    const { siege } = theFork().connection;
    const file = broke?.violation?.reproduction ?? "";
    expect(path.basename(path.dirname(file))).to.equal("map");
    expect((await siege.replay(file)).kind).to.equal("violation");
    const again = await siege.run(vault, scenarioOf(vault), { runs: 2, parameters: { ltv: 0.8 } });
    expect([again.kind, again.replayed.skipped.length]).to.deep.equal(["survived", 0]);
  });

  it("says so if there is none: the twin has no limit at which a fall of 15 % is bad debt", async () => {
    const vault = await deployOwnedVault(theFork(), "fixed");
    const scenario = scenarioOf(vault, { falls: 0.15, parameters: { ltv: loanLimit(vault, { range: [0.5, 0.85] }) } });
    const map = await mapped(vault, scenario);
    expect([map.outcome, map.points.length]).to.deep.equal(["all survived", 5]);
    expect(renderMap(map)).to.include("  threshold  none among the 5 points that were tested: all survived\n");
    expect(await readdir(theFork().reproductions).catch(() => [])).to.deep.equal([]);
    // a basis point beyond, where the flawed one breaks
    const flawed = await deployOwnedVault(theFork(), "flawed");
    const broken = await theFork().connection.siege.run(flawed, scenarioOf(flawed, { falls: 0.15 }), {
      runs: 2,
      parameters: { ltv: 0.8501 },
    });
    expect(broken.kind).to.equal("violation");
  });

  it("says so if all broke", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    const map = await mapped(vault, scenarioOf(vault, { falls: 0.6 }), { points: 3 });
    expect([map.outcome, map.points.length]).to.deep.equal(["all broke", 3]);
    expect(renderMap(map)).to.include("none among the 3 points that were tested: all broke");
  });

  it("is the frontier in two parameters: ltv = 1 - fall", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    const map = (await mapped(vault, scenarioOf(vault), {
      along: ["ltv", "fall"],
      points: 3,
      refinements: 1,
      runs: 1,
    })) as FrontierMap;
    expect(map.outcome).to.equal("frontier");
    for (const { values, end } of map.points) {
      const { ltv = NaN, fall: fell = NaN } = values;
      expect(end, JSON.stringify(values)).to.equal(ltv > 1 - fell + 1e-9 ? "broke" : "survived");
    }
    expect(map.points.length).to.be.below(25);
    expect(seconds(renderMap(map))).to.equal(`\
OwnedVault in "a loan up to the limit, and a fall", ltv from 0.5 to 1 of the collateral and fall from 0 to 0.5

  fall
    0.5  o + + + +
  0.375  o o + + +
   0.25  o o o + +
  0.125  · · o o +
      0  o · o o o
         0.5     1  ltv

             o survived, x broke, ? undecided, · not tested: the points around it ended in the same way
             + broke, and holds again after prices have returned and all have rested for 10 blocks
  example    broke at ltv=1, fall=0.25
  violated   noBadDebt: bad debt $200.00: borrower owes $200,000.00 against $199,800.00
  recovers   holds again after prices have returned and all have rested for 10 blocks
  broke      npx hardhat siege replay <file>
  22 campaigns of up to 1 run each, seed 1 at every point, <time> s`);
  });

  it("takes points that were not decided for neither", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    // nobody can do anything there
    const idle = scenarioOf(vault, { agents: [] });
    const map = await mapped(vault, idle, { points: 2 });
    expect(map.outcome).to.equal("undecided");
    expect(map.points.map(({ end }) => end)).to.deep.equal(["undecided", "undecided"]);
    expect(map.points[0]?.why).to.match(/^inconclusive: /);
    expect(renderMap(map)).to.include("not all of them are decided");

    const late = await mapped(vault, scenarioOf(vault), { timeLimit: 1e-6 });
    expect([late.cut, late.outcome, late.points.length]).to.deep.equal(["time limit", "undecided", 1]);
    expect(renderMap(late)).to.include("  stopped    by the time limit, before its end\n");
  });

  it("counts values at which a condition never held as values that break it", async () => {
    const vault = await deployOwnedVault(theFork(), "flawed");
    const plan = read({ address: vault.address, abi: loanLimitAbi, functionName: "loanLimit" });
    const within = (cap: number) =>
      defineCondition({
        id: "within",
        observe: () => plan,
        judge: ({ reading }) => (Number(reading) > cap ? `a limit of ${reading}` : undefined),
      });
    const cap = parameter({ range: [7_000, 9_000], step: 1, set: (value) => ({ conditions: [within(value)] }) });
    const scenario = scenarioOf(vault, { conditions: [within(9_000)], parameters: { cap } });
    const map = (await mapped(vault, scenario, { along: "cap", points: 3, precision: 250 })) as ThresholdMap;
    // 8,000 basis points is what it lends
    const [edge] = map.edges;
    expect([edge?.broke.values.cap, edge?.survived.values.cap]).to.deep.equal([7_750, 8_000]);
    expect(edge?.broke.why).to.equal(
      'The condition "within" is violated before the siege starts with cap 7750: a limit of 8000.',
    );
    expect(renderMap(map)).to.include(`violated   ${edge?.broke.why ?? ""}\n`);
  });

  it("is refused with what is wrong", async () => {
    const vault = await deployOwnedVault(theFork(), "fixed");
    const scenario = scenarioOf(vault);
    // its setter takes no more than 85 %
    const error = await failsWith("PARAMETER_REFUSED", () => mapped(vault, scenario));
    expect(error.summary).to.include("LimitTooHigh(8,750)");
    await failsWith("UNKNOWN_PARAMETER", () => mapped(vault, scenario, { along: "lvt" }));
    for (const wrong of [
      { along: [] as never },
      { along: ["ltv", "ltv"] as const },
      { points: 1 },
      { precision: 0 },
      { refinements: 7 },
      { parameters: { ltv: 0.6 } },
      { findings: 2 } as never,
    ]) {
      await failsWith("INVALID_OPTION", () => mapped(vault, scenario, wrong));
    }
  });
});

import type { Scenario } from "../../../src/scenario/scenario.js";
import type { MorrisResult, SensitivityOptions, SensitivityResult, SobolResult } from "../../../src/types.js";

import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/index.js";
import { constant } from "../../../src/protocols/index.js";
import { renderSensitivity } from "../../../src/report/index.js";
import { parameter } from "../../../src/scenario/index.js";
import { borrowedToTheLimit, fallOf, loanLimit } from "../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../fixtures/owned-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

type Vault = Awaited<ReturnType<typeof deployOwnedVault>>;

/** By algebra, the margin of a loan after the fall is 1 - ltv / (1 - fall), and the capital does not matter. */
describe("the sensitivities of a lending vault", () => {
  const theFork = siegeForkForSuite();
  let vault: Vault;

  beforeEach(async () => {
    vault = await deployOwnedVault(theFork(), "flawed");
  });

  const fall = parameter({
    range: [0, 0.3],
    set: (value, { assets }) => ({ assets: { ...assets, ETH: { ...assets.ETH, process: fallOf(value) } } }),
  });
  const capital = parameter({ range: [1, 9], step: 1, unit: "ether", set: "agents.borrower.capital.ETH" });

  function scenario(): Scenario {
    const { siege } = theFork().connection;
    const parameters = { ltv: loanLimit(vault, { range: [0.2, 0.6] }), fall, capital };
    return siege.scenario({ ...borrowedToTheLimit(theFork(), vault), parameters });
  }

  async function estimated(options: SensitivityOptions = {}): Promise<SensitivityResult> {
    return theFork().connection.siege.sensitivity(vault, scenario(), { runs: 1, ...options });
  }

  const margin = ({ ltv = NaN, fall: fell = NaN }: Readonly<Record<string, number>>): number => 1 - ltv / (1 - fell);

  it("are those of its algebra: screening of the margin says that the loan limit matters most, and the capital not at all", async () => {
    const result = (await estimated({ samples: 3, output: { margin: "noBadDebt" } })) as MorrisResult;
    expect(result.outcome).to.equal("estimated");
    for (const { values, value } of result.points) expect(value).to.be.closeTo(margin(values), 1e-4);
    const [ltv, fell, owned] = result.effects;
    expect([ltv?.name, fell?.name, owned?.name]).to.deep.equal(["ltv", "fall", "capital"]);
    // over the whole range, at least by 0.4 and at most by 0.4 / 0.7
    expect(-ltv!.mu).to.be.within(0.4 - 1e-3, 0.4 / 0.7 + 1e-3);
    expect(ltv!.muStar).to.be.above(fell!.muStar);
    expect(owned!.muStar).to.be.below(1e-4);
    expect(result.points.length).to.be.at.most(12);
    const lines = renderSensitivity(result).split("\n");
    expect(lines[0]).to.equal(
      'What drives the least margin of noBadDebt: OwnedVault in "a loan up to the limit, and a fall"',
    );
    expect(lines[2]).to.match(/^ {2}ltv {6}0\.\d+ +0\.\d+ to 0\.\d+ +-0\.\d+ +0\.\d*$/);
    expect(lines.at(-1)).to.match(
      /^ {2}Morris, 3 trajectories, \d+ points of 1 run, seed 1; bootstrap intervals, 95 %; [\d.]+ s$/,
    );
  });

  it("are its derivatives in siege.greeks, which a hundredth of each range changes", async () => {
    const [ltv, fell] = [0.4, 0.1];
    const { base, greeks } = await theFork().connection.siege.greeks(vault, scenario(), {
      output: { margin: "noBadDebt" },
      of: ["ltv", "fall", "capital"],
      parameters: { ltv, fall: fell, capital: 2 },
      paths: 2,
    });
    expect(base?.value).to.be.closeTo(margin({ ltv, fall: fell }), 1e-4);
    const expected = {
      ltv: ["0.004 of the collateral", -0.004 / (1 - fell)],
      fall: ["0.003", (-0.003 * ltv) / (1 - fell) ** 2],
      capital: ["0.08 ether", 0],
    } as const;
    for (const { name, per, response } of greeks) {
      const [size, value] = expected[name as keyof typeof expected];
      expect(per).to.equal(size);
      expect(response.value, name).to.be.closeTo(value, 2e-5);
    }
    expect(greeks.map(({ name }) => name)).to.deep.equal(Object.keys(expected));
  });

  it("are Sobol indices of what was measured there", async () => {
    const result = (await estimated({
      method: "sobol",
      samples: 16,
      of: ["ltv", "fall"],
      output: { margin: "noBadDebt" },
      parameters: { capital: 2 },
    })) as SobolResult;
    expect(result).to.include({ outcome: "estimated", samples: 16 });
    expect(result.points).to.have.lengthOf(64);
    for (const { values, value } of result.points) expect(value).to.be.closeTo(margin(values), 1e-4);
    expect(result.indices.map(({ name }) => name)).to.deep.equal(["ltv", "fall"]);
    // of the algebra, by integration
    const [ltv, fell] = result.indices;
    expect(0.8878).to.be.within(ltv!.totalInterval.lower, ltv!.totalInterval.upper);
    expect(0.1216).to.be.within(fell!.totalInterval.lower, fell!.totalInterval.upper);
    expect(ltv!.total).to.be.above(3 * fell!.total);
    expect(renderSensitivity(result)).to.include("parameter  capital 2, at every point\n");
  });

  it("are the same bytes on any number of lanes, and one transaction per call", async () => {
    const results: Omit<SensitivityResult, "seconds">[] = [];
    for (const on of [{ executor: "faithful" }, { lanes: 1 }, { lanes: 2 }] as const) {
      const options = { samples: 2, of: ["fall"], runs: 10, output: { margin: "noBadDebt" }, ...on };
      const { seconds: _seconds, ...result } = await estimated(options);
      results.push(result);
    }
    const [asTransactions, ...others] = results;
    expect(asTransactions?.outcome).to.equal("estimated");
    for (const one of others) expect(one).to.deep.equal(asTransactions);
    await failsWith("INVALID_OPTION", () => estimated({ lanes: 65 }));
  });

  it("say so if nothing drives the output: no run violates", async () => {
    const result = await estimated({ samples: 2, of: ["ltv", "fall"] });
    expect(result.outcome).to.equal("constant");
    expect(renderSensitivity(result)).to.include("  constant   it is 0 at every point: nothing drives it there\n");
  });

  it("keep what was complete when they are stopped", async () => {
    const result = await estimated({ timeLimit: 1e-6 });
    expect(result).to.include({ cut: "time limit", outcome: "incomplete", samples: 0, wanted: 10 });
    expect(renderSensitivity(result)).to.include("  stopped    by the time limit, after 0 trajectories of 10\n");
  });

  it("are refused with what is wrong", async () => {
    await failsWith("UNKNOWN_PARAMETER", () => estimated({ of: ["lvt"] }));
    for (const wrong of [
      { of: [] },
      { of: ["ltv", "ltv"] },
      { of: ["ltv"], parameters: { ltv: 0.5 } },
      { method: "fast" as never },
      { samples: 1 },
      { runs: 0 },
      { confidence: 1 },
      { output: "losses" as never },
      { output: { margin: "solvent" } },
    ]) {
      await failsWith("INVALID_OPTION", () => estimated(wrong));
    }
  });

  it("are none of a condition without a margin", async () => {
    const { siege } = theFork().connection;
    const silent = defineCondition({ id: "silent", observe: () => constant(0), judge: () => undefined });
    const definition = { ...borrowedToTheLimit(theFork(), vault), conditions: [silent], parameters: { capital } };
    await failsWith("INCONCLUSIVE", () =>
      siege.sensitivity(vault, siege.scenario(definition), { runs: 1, output: { margin: "silent" } }),
    );
  });
});

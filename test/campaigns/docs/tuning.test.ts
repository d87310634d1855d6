import type { Address } from "viem";

import type { Random } from "../../../src/market/index.js";
import type { Objective } from "../../../src/scenario/index.js";
import type { Scenario, ScenarioDefinition } from "../../../src/scenario/scenario.js";
import type { ReadPlan, Siege, Target, TuneResult } from "../../../src/types.js";

import { expect } from "chai";

import { createRandom } from "../../../src/market/random.js";
import { constant } from "../../../src/protocols/index.js";
import { borrowedToTheLimit } from "../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../fixtures/owned-vault.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** What docs/tuning.md exports. */
interface Documented {
  tunable(definition: ScenarioDefinition, vault: Address, borrower: Address): ScenarioDefinition;
  tuned(siege: Siege, vault: Target, scenario: Scenario): Promise<TuneResult>;
  objectivesOf(fees: ReadPlan<number>): Readonly<Record<string, Objective>>;
  least(random: Random): readonly number[] | undefined;
  front(random: Random): number;
}

describe("docs/tuning.md", function () {
  // campaigns for every candidate
  this.timeout(300_000);
  const theFork = siegeForkForSuite();
  let code: Documented;

  before(async () => {
    code = (await documentedCode("docs/tuning.md")) as unknown as Documented;
  });

  it("minimises functions of one's own", () => {
    for (const x of code.least(createRandom(1)) ?? [NaN]) expect(x).to.be.closeTo(0, 1e-4);
    // half of the square lies beyond the front, but for what 40 points leave out
    expect(code.front(createRandom(1))).to.be.within(0.48, 0.5);
    expect(Object.keys(code.objectivesOf(constant(1)))).to.deep.equal(["fees", "bonus"]);
  });

  it("tunes the loan limit as it prints", async () => {
    const { siege } = theFork().connection;
    const vault = await deployOwnedVault(theFork(), "flawed");
    const definition = borrowedToTheLimit(theFork(), vault);
    const scenario = siege.scenario(code.tunable(definition, vault.address, siege.addressOf("borrower")));
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(...line.split("\n"));
    let result: TuneResult;
    try {
      result = await code.tuned(siege, vault, scenario);
    } finally {
      console.log = log;
    }
    if (process.env.SIEGE_PRINT) console.log(lines.join("\n"));
    expect(result.outcome).to.equal("tuned");
    // but for the seconds, and the place and the hashes of files
    for (const line of lines.filter((one) => !/siege replay| s$/.test(one))) {
      expect(textOf("docs/tuning.md")).to.include(`${line}\n`);
    }
    // fresh paths of another seed agree with the promise
    const [place = 0] = result.front;
    const { values } = result.judged[place]!;
    const { probability } = await siege.ruin(vault, scenario, { parameters: values, seed: 99, paths: 200 });
    expect(probability.interval.lower).to.be.below(0.05);
    const beyond = await siege.ruin(vault, scenario, { parameters: { ltv: 0.97 }, seed: 99, paths: 100 });
    expect(beyond.probability.interval.lower).to.be.greaterThan(0.05);
  });
});

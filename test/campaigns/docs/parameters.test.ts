import type { Address } from "viem";

import type { Scenario, ScenarioDefinition } from "../../../src/scenario/scenario.js";
import type {
  CampaignResult,
  GreeksResult,
  SensitivityResult,
  Siege,
  SiegeMap,
  Target,
  ThresholdMap,
} from "../../../src/types.js";

import { expect } from "chai";

import { borrowedToTheLimit } from "../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../fixtures/owned-vault.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** What docs/parameters.md exports. */
interface Documented {
  withParameters(definition: ScenarioDefinition, vault: Address): ScenarioDefinition;
  atNinetyPercent(siege: Siege, vault: Target, scenario: Scenario): Promise<CampaignResult>;
  crash(siege: Siege): Scenario;
  thresholdOf(siege: Siege, vault: Target, scenario: Scenario): Promise<SiegeMap>;
  greeksOf(siege: Siege, vault: Target, scenario: Scenario): Promise<GreeksResult>;
  driversOf(siege: Siege, vault: Target, scenario: Scenario): Promise<SensitivityResult>;
}

describe("docs/parameters.md", () => {
  const theFork = siegeForkForSuite();
  let code: Documented;
  let vault: Awaited<ReturnType<typeof deployOwnedVault>>;
  let scenario: Scenario;

  before(async () => {
    code = (await documentedCode("docs/parameters.md")) as unknown as Documented;
  });
  beforeEach(async () => {
    vault = await deployOwnedVault(theFork(), "flawed");
    const definition = code.withParameters(borrowedToTheLimit(theFork(), vault), vault.address);
    scenario = theFork().connection.siege.scenario(definition);
  });

  /** Runs something that prints, and gives what it printed. */
  async function printed(work: () => Promise<unknown>): Promise<string> {
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(line);
    try {
      await work();
    } finally {
      console.log = log;
    }
    return lines.join("\n");
  }

  it("sets parameters, also of presets", async () => {
    const { siege } = theFork().connection;
    expect([...scenario.parameters.keys()]).to.deep.equal(["ltv", "fall", "capital"]);
    expect((await code.atNinetyPercent(siege, vault, scenario)).kind).to.equal("violation");
    const crash = code.crash(siege).at({ drop: 0.6, late: 2 });
    expect(crash.name).to.equal("ETH falls by up to 60.0 %, oracles up to 2 blocks late");
  });

  it("finds the threshold that it prints", async () => {
    let map: SiegeMap | undefined;
    const text = await printed(async () => {
      map = await code.thresholdOf(theFork().connection.siege, vault, scenario);
    });
    const [edge] = (map as ThresholdMap).edges;
    expect([edge?.survived.values.ltv, edge?.broke.values.ltv]).to.deep.equal([0.8, 0.8001]);
    // but for the seconds, and the place and the hash of the file
    for (const line of text.split("\n").filter((one) => !/siege replay| s$/.test(one))) {
      expect(textOf("docs/parameters.md")).to.include(`${line}\n`);
    }
  });

  it("estimates the Greeks of a protocol, as a table with the columns that it prints", async () => {
    let result: GreeksResult | undefined;
    const shortly = { ...borrowedToTheLimit(theFork(), vault), blocks: 3 };
    const short = theFork().connection.siege.scenario(code.withParameters(shortly, vault.address));
    const text = await printed(async () => {
      result = await code.greeksOf(theFork().connection.siege, vault, short);
    });
    expect(result?.greeks.map(({ name }) => name)).to.deep.equal(["price:ETH", "volatility:ETH", "time", "ltv"]);
    const columns = (of: string): string => /^ *to +per +response.*$/m.exec(of)?.[0].replaceAll(/ +/g, " ") ?? "";
    expect(columns(text))
      .to.equal(columns(textOf("docs/parameters.md")))
      .and.to.include("curvature");
  });

  it("estimates the sensitivities that it prints", async () => {
    const text = await printed(async () => code.driversOf(theFork().connection.siege, vault, scenario));
    for (const line of text.split("\n").filter((one) => !one.endsWith(" s"))) {
      expect(textOf("docs/parameters.md")).to.include(`${line}\n`);
    }
  });
});

import type { Address } from "viem";

import type { Parameter, Scenario, ScenarioDefinition } from "../../../src/scenario/index.js";
import type { ContagionResult, Siege, Target } from "../../../src/types.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { noShortfall } from "../../../src/conditions/index.js";
import { gbm } from "../../../src/market/index.js";
import { deployLinkedPools, keeper, linkedWorld, poolAbi } from "../../fixtures/linked-pools.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

type World = Required<Pick<ScenarioDefinition, "protocols" | "shocks">>;

/** What docs/contagion.md exports. */
interface Documented {
  linked(definition: ScenarioDefinition, left: Address, right: Address): ScenarioDefinition;
  spreading(siege: Siege, left: Target, scenario: Scenario): Promise<ContagionResult>;
  inPieces(siege: Siege, left: Target, scenario: Scenario): Promise<ContagionResult>;
  venues(whole: World, parts: World): Parameter;
}

describe("docs/contagion.md", () => {
  let local: LocalSiege;
  let code: Documented;

  before(async () => {
    local = await createLocalSiege();
    code = (await documentedCode("docs/contagion.md")) as unknown as Documented;
  });
  after(() => local.close());

  /** A day. */
  const restless = (markets: readonly Address[]): ScenarioDefinition => ({
    name: "a day of two pools",
    blocks: 8,
    blockTime: 10_800,
    pauses: { most: 0 },
    assets: { X: { price: 2_000, process: gbm({ volatility: 0.6 }) } },
    agents: [keeper(markets)],
    conditions: [noShortfall()],
  });

  it("prints what it says", async () => {
    const { siege, provider } = local.connection;
    const { left, right, markets } = await deployLinkedPools(provider);
    const scenario = siege.scenario(code.linked(restless(markets), left, right));
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(...line.split("\n"));
    let result: ContagionResult;
    try {
      result = await code.spreading(siege, { address: left, abi: poolAbi }, scenario);
    } finally {
      console.log = log;
    }
    if (process.env.SIEGE_PRINT) console.log(lines.join("\n"));
    expect(result.amplification?.factor?.interval.lower).to.be.above(1);
    // but for the seconds, and the place and the hashes of files
    for (const line of lines.filter((one) => !/siege replay| s$/.test(one))) {
      expect(textOf("docs/contagion.md")).to.include(`${line}\n`);
    }
  });

  it("adds nothing by fragments where a sale is split", async () => {
    const { siege, provider } = local.connection;
    const [whole, parts] = [
      await deployLinkedPools(provider),
      await deployLinkedPools(provider, { depths: [250, 250, 250, 250] }),
    ];
    const world = ({ left, right }: typeof whole): World => {
      const { protocols, shocks } = linkedWorld({ ...whole, left, right });
      return { protocols: protocols!, shocks: shocks! };
    };
    const markets = [...whole.markets, ...parts.markets];
    const definition = {
      ...restless(markets),
      ...world(whole),
      parameters: { venues: code.venues(world(whole), world(parts)) },
    };
    const result = await code.inPieces(siege, { address: whole.left, abi: poolAbi }, siege.scenario(definition));
    expect(result.fragmentation?.partsLoss.value).to.be.above(10_000);
    expect(result.fragmentation?.added.value).to.be.closeTo(0, 1e-6);
  });
});

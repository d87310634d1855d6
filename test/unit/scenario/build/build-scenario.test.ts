import type { SiegeErrorCode } from "../../../../src/errors.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";

import { expect } from "chai";

import { attacker, defineAgent, liquidator, retail } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/condition.js";
import { shock } from "../../../../src/market/index.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { constant, erc20, uniswapV2 } from "../../../../src/protocols/index.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../../helpers/errors.js";

const WETH = "0x00000000000000000000000000000000000000e1";
const USDC = "0x00000000000000000000000000000000000000c1";
const PAIR = "0x00000000000000000000000000000000000000a1";
const FEED = "0x00000000000000000000000000000000000000f1";
const ALICE = "0x0000000000000000000000000000000000000a11";

const holds = defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined });

const minimal: ScenarioDefinition = {
  name: "crash",
  blocks: 50,
  assets: { ETH: { price: 2_000, token: WETH }, USDC: { price: 1, token: USDC }, GOLD: { price: 2_500 } },
  agents: [],
  conditions: [holds],
};

function build(changes: Readonly<Record<string, unknown>>): ReturnType<typeof buildScenario> {
  // most of the inputs here are refused by the types
  return buildScenario({ ...minimal, ...changes });
}

describe("buildScenario", () => {
  it("fills in the defaults", () => {
    const scenario = build({});
    expect(scenario).to.include({ name: "crash", blocks: 50, blockTime: 12, nativeAsset: "ETH" });
    expect(scenario.gas).to.deep.equal({ baseFee: 20_000_000_000n });
    expect(scenario.oracleFaults).to.deep.equal([]);
    expect([scenario.protocols.size, scenario.oracles.size, scenario.accounts.size]).to.deep.equal([0, 0, 0]);
  });

  it("takes the times of blocks as a number, or as a distribution", () => {
    expect(build({ blockTime: 2 })).to.include({ blockTime: 2, intervals: "fixed" });
    const drawn = { mean: 600, distribution: "exponential" };
    expect(build({ blockTime: drawn })).to.include({ blockTime: 600, intervals: "exponential" });
  });

  it("keeps what is given, in its order", () => {
    const pool = uniswapV2(PAIR);
    const feed = chainlink(FEED, { asset: "ETH" });
    const scenario = build({
      blockTime: 2,
      assets: { USDC: { price: 1 }, ETH: { process: shock({ drop: 0.2 }) } },
      protocols: { pool, weth: erc20(WETH) },
      oracles: [feed],
      oracleFaults: { maxDelayBlocks: 50 },
      accounts: { alice: ALICE },
      gas: { baseFee: 0n },
    });
    expect(scenario.blockTime).to.equal(2);
    expect([...scenario.assets.keys()]).to.deep.equal(["USDC", "ETH"]);
    expect([...scenario.protocols.keys()]).to.deep.equal(["pool", "weth"]);
    expect(scenario.protocols.get("pool")).to.equal(pool);
    expect([...scenario.oracles]).to.deep.equal([["ETH", feed]]);
    expect(scenario.oracleFaults).to.deep.equal([{ kind: "silent", oracles: ["ETH"], maxBlocks: 50 }]);
    expect([...scenario.accounts]).to.deep.equal([["alice", ALICE]]);
    expect(scenario.gas.baseFee).to.equal(0n);
  });

  it("is frozen, and independent of later changes to its definition", () => {
    const capital = { ETH: 1 };
    const asset = { price: 2_000, token: WETH } as const;
    const conditions = [holds];
    const scenario = build({ assets: { ETH: asset }, conditions, agents: [{ role: "whale", capital }] });
    Object.assign(asset, { price: 1 });
    Object.assign(capital, { ETH: 2 });
    conditions.pop();
    const whale = scenario.agents.get("whale");
    expect(scenario.assets.get("ETH")?.price).to.equal(2_000);
    expect(whale?.capital).to.deep.equal({ ETH: 1 });
    expect(scenario.conditions).to.deep.equal([holds]);
    for (const part of [scenario, scenario.conditions, scenario.gas, scenario.oracleFaults, whale, whale?.capital]) {
      expect(part).to.be.frozen;
    }
  });

  it("names agents after their role, numbered where several share it", () => {
    const agents = [
      liquidator(),
      liquidator({ name: "liquidator 2" }),
      liquidator(),
      retail(),
      attacker({ name: "eve" }),
    ];
    const scenario = build({ agents });
    expect([...scenario.agents.keys()]).to.deep.equal(["liquidator", "liquidator 2", "liquidator 3", "retail", "eve"]);
    expect([...scenario.agents.values()].map(({ name }) => name)).to.deep.equal([...scenario.agents.keys()]);
  });

  it("knows the chain's native coin", () => {
    expect(build({ assets: { POL: { price: 1, native: true }, ETH: { price: 2 } } }).nativeAsset).to.equal("POL");
    expect(build({ assets: { ETH: { price: 2, native: false } } }).nativeAsset).to.equal(undefined);
    expect(build({ assets: {} }).nativeAsset).to.equal(undefined);
  });

  const eth = { price: 2_000 };
  const wrong: [changes: Readonly<Record<string, unknown>>, message: string, hint: string, code?: SiegeErrorCode][] = [
    [{ block: 5 }, 'no property "block"', "name, blocks, blockTime"],
    [{ name: " " }, 'name is " "', "Name the scenario"],
    [{ name: undefined }, "name is missing", "Name the scenario"],
    [{ blocks: 0 }, "blocks is 0", "a whole number from 1 to 10,000"],
    [{ blocks: 1.5 }, "blocks is 1.5", "a whole number from 1 to 10,000"],
    [{ blocks: 10_001 }, "blocks is 10001", "a whole number from 1 to 10,000"],
    [{ blocks: "9" }, 'blocks is "9"', "a whole number from 1 to 10,000"],
    [{ blockTime: 0 }, "blockTime is 0", "a whole number from 1 to 86,400"],
    [{ blockTime: "exponential" }, 'blockTime is "exponential"', "a whole number from 1 to 86,400"],
    [{ blockTime: { mean: 0.5, distribution: "exponential" } }, "blockTime.mean is 0.5", "from 1 to 86,400"],
    [{ blockTime: { mean: 12 } }, "blockTime.distribution is missing", 'distribution: "exponential"'],
    [{ blockTime: { mean: 12, distribution: "uniform" } }, 'blockTime.distribution is "uniform"', "blockTime: 12"],
    [{ blockTime: { mean: 12, distribution: "exponential", least: 1 } }, 'no property "least"', "mean, distribution"],
    [{ blockTime: Number.NaN }, "blockTime is NaN", "a whole number from 1 to 86,400"],
    [{ pauses: { watched: "no" } }, 'pauses.watched is "no"', "Set it to false"],
    [{ pauses: { watch: false } }, 'pauses has no property "watch"', "most, seconds, watched"],
    [{ assets: undefined }, "assets is missing", "assets: {"],
    [{ assets: { ETH: 5 } }, "assets.ETH is 5", "assets: {"],
    [{ assets: { "": eth } }, "empty name", "Name it"],
    [{ assets: { ETH: { prize: 5 } } }, 'assets.ETH has no property "prize"', "price, quote, token, process, native"],
    [{ assets: { ETH: { price: 0 } } }, "assets.ETH.price is 0", "above 0"],
    [{ assets: { ETH: { price: Infinity } } }, "assets.ETH.price is Infinity", "finite"],
    [{ assets: { ETH: { price: 2_000n } } }, "assets.ETH.price is 2000n", "finite"],
    [{ assets: { ETH: { ...eth, process: {} } } }, "no sample() function", "gbm(...)"],
    [{ assets: { ETH: { ...eth, token: "0x12" } } }, 'assets.ETH.token is "0x12"', "40 hexadecimal"],
    [{ assets: { ETH: { ...eth, token: `${WETH.slice(0, -2)}F1`.replace("00e", "aBe") } } }, "not an address", "."],
    [{ assets: { ETH: { ...eth, token: { address: WETH, abi: [] } } } }, "an object with address, abi", "`.address`"],
    [{ assets: { ETH: { ...eth, token: { target: WETH, interface: {} } } } }, "not an address", "`.target`"],
    [{ assets: { ETH: { ...eth, native: 1 } } }, "assets.ETH.native is 1", "true or false"],
    [{ assets: { A: { ...eth, native: true }, B: { ...eth, native: true } } }, "A and B are both native", "one"],
    [
      { assets: { A: { ...eth, token: WETH }, B: { ...eth, token: WETH } } },
      "already the token of assets.A",
      "one asset",
    ],
    [{ assets: { ETH: {} } }, "neither a price nor an oracle", "price: 2000"],
    [{ protocols: [] }, "protocols is an empty list", "by name"],
    [{ protocols: { pool: uniswapV2 } }, "protocols.pool is the function", "Call it"],
    [{ protocols: { pool: { address: PAIR } } }, "protocols.pool is an object with address", "defineProtocol"],
    [{ protocols: { pool: uniswapV2("0x1") } }, 'protocols.pool.address is "0x1"', "40 hexadecimal"],
    [{ protocols: { target: uniswapV2(PAIR) } }, "reserved", "another name"],
    [{ oracles: {} }, "oracles is an object", "List the feeds"],
    [{ oracles: [uniswapV2(PAIR)] }, 'oracles[0] is a protocol of kind "uniswapV2"', "chainlink"],
    [{ oracles: [chainlink(FEED, { asset: "BTC" })] }, '"BTC"', "ETH, USDC, GOLD", "UNKNOWN_ASSET"],
    [
      { oracles: [chainlink(FEED, { asset: "ETH" }), chainlink(PAIR, { asset: "ETH" })] },
      "oracles[1] is a second oracle",
      "one oracle",
    ],
    [{ oracleFaults: 5 }, "oracleFaults is 5", "maxDelayBlocks"],
    [{ oracleFaults: { delay: 5 } }, 'oracleFaults has no property "delay"', "maxDelayBlocks"],
    [{ oracleFaults: { maxDelayBlocks: 51 } }, "oracleFaults.maxDelayBlocks is 51", "from 0 to 50"],
    [{ accounts: { alice: "alice.eth" } }, 'accounts.alice is "alice.eth"', "40 hexadecimal"],
    [{ accounts: { target: ALICE } }, "reserved", "another name"],
    [{ agents: undefined }, "agents is missing", "List the participants"],
    [{ agents: [attacker] }, "agents[0] is the function attacker", "Call it"],
    [{ agents: [{}] }, "agents[0] is an object with no properties", "defineAgent"],
    [{ agents: [{ role: "x", capitol: {} }] }, 'agents[0] has no property "capitol"', "capital"],
    [{ agents: [{ role: "x", native: -1 }] }, "agents[0].native is -1", "from 0"],
    [{ agents: [{ role: "x", name: "" }] }, "agents[0].name is an empty string", 'called "x"'],
    [{ agents: [{ role: "x", act: 1 }] }, "agents[0].act is 1", "function"],
    [{ agents: [{ role: "x", moves: { kind: "all" } }] }, 'agents[0].moves.kind is "all"', "ordinary"],
    [{ agents: [{ role: "x", moves: { kind: "any", only: "a" } }] }, 'moves.only is "a"', "List actions"],
    [{ agents: [attacker({ except: "pool.*" as never })] }, 'moves.except is "pool.*"', "List actions"],
    [{ agents: [retail({ owns: { pool: 1 } })] }, 'has "pool", which is not a protocol', "Add it", "UNKNOWN_PROTOCOL"],
    [
      { protocols: { pool: uniswapV2(PAIR) }, agents: [retail({ owns: { pool: 1.1 } })] },
      "agents[0].owns.pool is 1.1",
      "from 0 to 1",
    ],
    [{ agents: [attacker({ capital: { ETH: -1 } })] }, "agents[0].capital.ETH is -1", "from 0"],
    [{ agents: [attacker({ capital: { BTC: 1 } })] }, '"BTC", which is not an asset', "ETH, USDC.", "UNKNOWN_ASSET"],
    [
      { agents: [attacker({ capital: { GOLD: 1 } })] },
      '"GOLD", an asset without a token',
      "ETH, USDC.",
      "UNKNOWN_ASSET",
    ],
    [{ agents: [attacker({ name: "eve" }), retail({ name: "eve" })] }, "agents[0].name already has", "unique"],
    [{ agents: [attacker({ name: "alice" })], accounts: { alice: ALICE } }, "accounts.alice already has", "alice"],
    [{ agents: [retail()], accounts: { retail: ALICE } }, "agents[0], named after its role", "unique"],
    [{ agents: [defineAgent({ role: "target" })] }, "reserved", "another name"],
    [{ protocols: { pool: uniswapV2(PAIR) }, accounts: { pool: ALICE } }, "accounts.pool already has", "pool"],
    [{ conditions: [] }, "conditions is empty", "solvent()"],
    [{ conditions: undefined }, "conditions is missing", "solvent()"],
    [{ conditions: [() => holds] }, "conditions[0] is a function", "Call it"],
    [{ conditions: ["solvent"] }, 'conditions[0] is "solvent"', "defineCondition"],
    [{ conditions: [holds, holds] }, 'conditions[1] has the id "holds", which conditions[0]', "share an id"],
    [{ gas: { baseFee: 20 } }, "gas.baseFee is 20", "bigint"],
    [{ gas: { baseFee: -1n } }, "gas.baseFee is -1n", "bigint"],
    [{ gas: { price: 1n } }, 'gas has no property "price"', "baseFee"],
  ];
  for (const [changes, message, hint, code = "INVALID_SCENARIO"] of wrong) {
    it(`says: ${message}`, async () => {
      const error = await failsWith(code, () => build(changes));
      expect(error.summary).to.include(message);
      expect(error.hint).to.include(hint);
    });
  }

  it("refuses what is not a definition", async () => {
    const error = await failsWith("INVALID_SCENARIO", () => buildScenario(undefined as never));
    expect(error.summary).to.equal("The scenario's definition is missing.");
  });

  it("recognises a wrong checksum", async () => {
    const address = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
    expect(build({ accounts: { weth: address } }).accounts.get("weth")).to.equal(address);
    const error = await failsWith("INVALID_SCENARIO", () =>
      build({ accounts: { weth: address.replace("C02a", "c02a") } }),
    );
    expect(error.hint).to.include("checksum");
  });
});

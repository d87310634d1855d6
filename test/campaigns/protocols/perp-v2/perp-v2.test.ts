import type { Address, Hex } from "viem";

import type { Agent } from "../../../../src/agents/agent.js";
import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";
import type { MinedBlock } from "../../../../src/engine/run/state.js";
import type { World } from "../../../../src/engine/world/world.js";
import type { Process } from "../../../../src/market/processes/process.js";
import type { PerpV2View } from "../../../../src/protocols/perp-v2/view.js";
import type { MarginMarket } from "../../../../src/protocols/roles/margin-market.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { PerpV2Deployment } from "../../../mini-mainnet/cast/perp-v2.js";

import { expect } from "chai";
import {
  decodeEventLog,
  decodeFunctionResult,
  encodeFunctionData,
  maxUint256,
  parseAbi,
  parseEther,
  toEventSelector,
  zeroHash,
} from "viem";

import { defineAgent } from "../../../../src/agents/agent.js";
import { attacker, marginArbitrageur, marginLiquidator, marginTrader, retail } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/condition.js";
import { noBadDebt } from "../../../../src/conditions/no-bad-debt.js";
import { Player } from "../../../../src/engine/run/player.js";
import { viewAfter } from "../../../../src/engine/run/views.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { perpV2 } from "../../../../src/protocols/index.js";
import { closingProceeds, liquidationFees, sqrtPriceX96Of } from "../../../../src/protocols/perp-v2/math.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { marginMarket } from "../../../../src/protocols/roles/margin-market.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { agentAddress } from "../../../../src/view/accounts.js";
import { playerOf } from "../../../../src/view/role-players.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { aggregatorProxyAbi, fluxAggregatorAbi } from "../../../mini-mainnet/abis.js";
import { deployPerpV2 } from "../../../mini-mainnet/cast/perp-v2.js";

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

const liquidatedAbi = parseAbi([
  "event PositionLiquidated(address indexed trader, address indexed baseToken, uint256 positionNotional, uint256 positionSize, uint256 liquidationFee, address liquidator)",
]);

/** Of a campaign; about half of the runs break the weak setting. */
const RUNS = 8;

const arbitrageur = marginArbitrageur({ capital: { USDC: 1_000_000 } });
const liquidator = marginLiquidator({ capital: { USDC: 400_000 } });

interface Played {
  /** The agents' calls, in order: `2 margin liquidator liquidate`. A failed call ends in `failed`. */
  readonly deeds: readonly string[];
  /** The market after each block. */
  readonly markets: readonly MarginMarket[];
}

/** The adapter and the agents on the protocol's own bytecode: each number is compared with the protocol's. */
describe("perpV2", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let perp: PerpV2Deployment;

  beforeEach(() => {
    fork = theFork();
  });

  // the price history that the protocol needs is half an hour of blocks: the usual setting is deployed once
  let usual: PerpV2Deployment;
  before(async () => {
    usual = await deployPerpV2(theFork().chain, theFork().addresses);
  });

  async function deploy(options?: Parameters<typeof deployPerpV2>[2]): Promise<void> {
    perp = options === undefined ? usual : await deployPerpV2(fork.chain, fork.addresses, options);
  }

  function definition(
    agents: readonly Agent[],
    blocks: number,
    changes: Partial<ScenarioDefinition> & { readonly latencyBlocks?: number } = {},
  ): ScenarioDefinition {
    const { latencyBlocks = 0, ...rest } = changes;
    const { usdc, chainlink: feeds } = fork.addresses;
    return {
      name: "perpetuals",
      blocks,
      assets: { ETH: { price: 2_000 }, USDC: { price: 1, token: usdc } },
      protocols: { perp: perpV2(perp.clearingHouse.address, { baseToken: perp.baseToken.address, asset: "ETH" }) },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH", latencyBlocks })],
      agents,
      accounts: { reckless: perp.traders.reckless },
      conditions: [nothing],
      ...rest,
    };
  }

  async function open(scenario: ScenarioDefinition): Promise<World> {
    const { provider } = fork.connection;
    const target = { name: "vault", address: perp.vault.address, abi: [] };
    return openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, buildScenario(scenario));
  }

  /** Plays blocks in which ether moves by parts per million, one transaction per call. */
  async function play(
    scenario: ScenarioDefinition,
    genes: Partial<Pick<Genome, "moves" | "oracles">> & { readonly falls?: Readonly<Record<number, number>> },
    watch: (view: PerpV2View, block: MinedBlock) => Promise<void> = async () => undefined,
  ): Promise<Played> {
    const world = await open(scenario);
    try {
      const deeds: string[] = [];
      const markets: MarginMarket[] = [];
      const genome: Genome = {
        seed: 1,
        blocks: scenario.blocks,
        muted: [],
        market: Object.entries(genes.falls ?? {}).map(([block, change]) => ({
          block: Number(block),
          asset: "ETH",
          change,
        })),
        oracles: genes.oracles ?? [],
        moves: genes.moves ?? [],
      };
      await new Player(world, () => undefined).genome(genome, {
        mined: async (mined) => {
          for (const [index, { sender, call }] of mined.calls.entries()) {
            const inclusion = mined.inclusions[index]!;
            const receipt = inclusion.kind === "transaction" ? await world.chain.receipt(inclusion.hash) : undefined;
            if (sender === "ETH feed") continue;
            deeds.push(
              `${String(mined.block)} ${sender} ${call.function.name}${receipt?.success === true ? "" : " failed"}`,
            );
          }
          const view = viewAfter(world, mined.state);
          markets.push(view.all(marginMarket).get("perp")!);
          await watch(view.at(perpV2), mined);
        },
      });
      return { deeds, markets };
    } finally {
      await world.close();
    }
  }

  async function asked(
    contract: { address: Address; abi: PerpV2Deployment["vault"]["abi"] },
    name: string,
    ...args: readonly unknown[]
  ) {
    return fork.chain.read(contract, name, args);
  }

  function positionOf({ markets }: Played, account: Address, block: number) {
    return markets[block - 1]!.positions.find(({ account: other }) => other === account);
  }

  it("observes what the protocol returns, before and after trades, price moves and liquidations", async () => {
    await deploy();
    const trader = marginTrader({ capital: { USDC: 10_000 }, side: "short", leverage: 5 });
    const accounts = { ...perp.traders, maker: perp.maker };
    let compared = 0;
    let liquidatable = 0;
    const scenario = definition([arbitrageur, liquidator, trader], 7, { accounts });
    const played = await play(scenario, { falls: { 1: -65_000, 5: -20_000 } }, async (view) => {
      const { baseToken, accountBalance, vault } = perp;
      const market = baseToken.address;
      expect(view.markPrice).to.equal(await asked(accountBalance, "getMarkPrice", market));
      expect(view.indexPrice).to.equal(await asked(baseToken, "getIndexPrice", 0n));
      expect(view.insurance).to.equal(await asked(perp.insuranceFund, "getInsuranceFundCapacity"));
      for (const account of view.accounts.values()) {
        const { address } = account;
        const value = (await asked(vault, "getAccountValue", address)) as bigint;
        expect(account.accountValue).to.equal(value);
        expect(account.freeCollateral).to.equal(await asked(vault, "getFreeCollateral", address));
        expect(account.size).to.equal(await asked(accountBalance, "getTotalPositionSize", address, market));
        expect(account.openNotional).to.equal(await asked(accountBalance, "getTotalOpenNotional", address, market));
        const [owed, unrealized] = (await asked(accountBalance, "getPnlAndPendingFee", address)) as [bigint, bigint];
        expect([account.owedRealizedPnl, account.unrealizedPnl]).to.deep.equal([owed, unrealized]);
        const wad = value * 10n ** 12n;
        const needed = (await asked(accountBalance, "getMarginRequirementForLiquidation", address)) as bigint;
        expect(account.isLiquidatable).to.equal(wad < needed);
        const most = await asked(accountBalance, "getLiquidatablePositionSize", address, market, wad);
        expect(account.liquidatableSize).to.equal(most);
        compared += account.size === 0n ? 0 : 1;
        liquidatable += account.isLiquidatable ? 1 : 0;
      }
    });
    expect(played.deeds.filter((deed) => deed.includes("failed"))).to.deep.equal([]);
    expect(played.deeds.join()).to.include("margin liquidator liquidate");
    expect(compared).to.be.above(30);
    expect(liquidatable).to.be.above(0);
  });

  it("predicts the proceeds of closing a position, and a liquidation's reward", async () => {
    await deploy();
    const { clearingHouse, traders } = perp;
    const house = clearingHouse.abi;
    let closed = 0;
    let liquidated = 0;
    const scenario = definition([arbitrageur, liquidator], 6, { accounts: perp.traders });
    await play(scenario, { falls: { 1: -65_000 } }, async (view, { calls, inclusions }) => {
      for (const address of [traders.careful, traders.bear]) {
        const args = [
          {
            baseToken: perp.baseToken.address,
            sqrtPriceLimitX96: 0n,
            oppositeAmountBound: 0n,
            deadline: 2n ** 64n,
            referralCode: `0x${"0".repeat(64)}`,
          },
        ];
        const data = encodeFunctionData({ abi: house, functionName: "closePosition", args });
        const params = [{ from: address, to: clearingHouse.address, data }, "latest"];
        const answer = (await fork.connection.provider.request({ method: "eth_call", params })) as Hex;
        const [, quote] = decodeFunctionResult({ abi: house, functionName: "closePosition", data: answer }) as [
          bigint,
          bigint,
        ];
        const { size } = view.accounts.get(address.toLowerCase())!;
        const expected = closingProceeds(Number(size) / 1e18, view.pool, view.ratios.fee);
        const sign = size > 0n ? 1 : -1;
        expect((sign * Number(quote)) / 1e18).to.be.closeTo(expected, Math.abs(expected) * 1e-9);
        closed += 1;
      }
      for (const [index, { call }] of calls.entries()) {
        const inclusion = inclusions[index]!;
        if (call.function.name !== "liquidate" || inclusion.kind !== "transaction") continue;
        const { logs } = (await fork.connection.provider.request({
          method: "eth_getTransactionReceipt",
          params: [inclusion.hash],
        })) as { logs: readonly { topics: [Hex, ...Hex[]]; data: Hex; address: Address }[] };
        const event = logs.find(({ topics }) => topics[0] === toEventSelector(liquidatedAbi[0]))!;
        const { args } = decodeEventLog({ abi: liquidatedAbi, topics: event.topics, data: event.data });
        const { positionNotional, positionSize, liquidationFee } = args;
        // the view's value for the same size, at that moment's price
        const state = {
          accountValue: 1n,
          absPositionValue: 0n,
          size: 0n,
          markPrice: (positionNotional * 10n ** 18n) / positionSize,
        };
        const fees = liquidationFees(positionSize, state, view.ratios.penalty);
        expect(Number(fees.penalty)).to.be.closeTo(Number(liquidationFee), 10);
        // the liquidator took the position over at that price, minus its reward
        const own = await asked(
          perp.accountBalance,
          "getTakerOpenNotional",
          agentAddress("margin liquidator"),
          perp.baseToken.address,
        );
        expect(Number(own)).to.be.closeTo(Number(fees.reward - positionNotional), 10);
        liquidated += 1;
      }
    });
    expect(closed).to.equal(12);
    expect(liquidated).to.be.above(0);
  });

  it("values accounts at fair prices, and reports the protocol's shortfall if the insurance fund is insufficient", async () => {
    await deploy();
    const { clearingHouse, baseToken, traders } = perp;
    const { definition: adapter } = perpV2(clearingHouse.address, { baseToken: baseToken.address, asset: "ETH" });
    // as in the engine: facts are only passed back to the definition, and these functions need none
    const [value, shortfall] = [adapter.value!(undefined as never), adapter.shortfall!(undefined as never)];
    let seen: PerpV2View | undefined;
    await play(definition([], 1), {}, async (view) => {
      seen = view;
    });
    const view = seen!;
    const mark = Number(view.markPrice) / 1e18;
    const at = (ether: number) => (asset: string) => (asset === "ETH" ? ether : 1);
    const { accountValue, size } = view.accounts.get(traders.reckless.toLowerCase())!;
    const ether = Number(size) / 1e18;
    expect(value(view, traders.reckless, at(mark))).to.be.closeTo(Number(accountValue) / 1e6, 1e-6);
    expect(value(view, traders.reckless, at(mark - 100))).to.be.closeTo(Number(accountValue) / 1e6 - 100 * ether, 1e-6);
    expect(value(view, traders.reckless, (asset) => (asset === "ETH" ? mark : 0.5))).to.be.closeTo(
      Number(accountValue) / 2e6,
      1e-6,
    );
    expect(shortfall(view, at(mark * 0.8))).to.equal(0);
    const insurance = Number(view.insurance) / 1e6;
    expect(shortfall(view, at(100))).to.be.closeTo(-value(view, traders.reckless, at(100)) - insurance, 1e-3);
    expect(shortfall({ ...view, insurance: 0n }, at(mark * 0.8))).to.be.above(10_000);
  });

  describe("a fall of ether's price", () => {
    const falls = { 1: -65_000 };

    it("makes a trader liquidatable, and the liquidator takes over part of the position and profits", async () => {
      await deploy();
      let worth = 0n;
      const played = await play(definition([arbitrageur, liquidator], 9), { falls }, async (view) => {
        worth = view.accounts.get(agentAddress("margin liquidator").toLowerCase())!.accountValue;
      });
      const { reckless } = perp.traders;
      expect(played.deeds).to.include("5 margin liquidator liquidate");
      expect(played.deeds).to.include("6 margin liquidator closePosition");
      expect(played.deeds.join()).to.not.include("failed");
      const before = positionOf(played, reckless, 4)!;
      const after = positionOf(played, reckless, 9)!;
      expect(before.isLiquidatable).to.equal(true);
      expect(after.isLiquidatable).to.equal(false);
      expect(after.size).to.be.below(before.size * 0.6);
      expect(Number(worth) / 1e6).to.be.above(400_000);
    });

    it("is followed by no liquidation if there is no liquidator, or if none is profitable", async () => {
      await deploy({ liquidationPenalty: 100 });
      for (const agents of [[arbitrageur], [arbitrageur, liquidator]]) {
        const played = await play(definition(agents, 6), { falls });
        expect(played.deeds.filter((deed) => deed.includes("liquidate"))).to.deep.equal([]);
        expect(positionOf(played, perp.traders.reckless, 6)!.isLiquidatable).to.equal(true);
      }
    });
  });

  it("is traded with leverage; a trader defends its position or walks away", async () => {
    await deploy();
    const options = { capital: { USDC: 20_000 }, leverage: 4, reserve: 0.5 };
    const agents = [
      arbitrageur,
      marginTrader({ ...options, name: "stubborn" }),
      marginTrader({ ...options, name: "careful", topUpBelow: 0.22 }),
      marginTrader({ ...options, name: "bear", side: "short" }),
    ];
    const played = await play(definition(agents, 7), { falls: { 3: -50_000 } });
    const deedsOf = (name: string) => played.deeds.filter((deed) => deed.split(" ")[1] === name);
    expect(deedsOf("stubborn")).to.deep.equal(["1 stubborn deposit", "2 stubborn openPosition"]);
    expect(deedsOf("bear")).to.deep.equal(["1 bear deposit", "2 bear openPosition"]);
    expect(deedsOf("careful").slice(0, 3)).to.deep.equal([
      "1 careful deposit",
      "2 careful openPosition",
      "5 careful deposit",
    ]);
    const ratio = (name: string): number => positionOf(played, agentAddress(name), 7)!.marginRatio;
    expect(positionOf(played, agentAddress("stubborn"), 2)!.notional).to.be.closeTo(40_000, 1_000);
    expect(ratio("stubborn")).to.be.below(0.22);
    expect(ratio("careful")).to.be.closeTo(0.25, 0.01);
    expect(positionOf(played, agentAddress("bear"), 7)!.unrealizedPnl).to.be.above(1_500);
  });

  it("is used by free moves in every way that it offers", async () => {
    await deploy();
    const user = defineAgent({ role: "user", capital: { USDC: 10_000 }, moves: { kind: "any" } });
    const move = (block: number, action: string, ...operands: readonly number[]): MoveGene => ({
      block,
      agent: "user",
      action: `perp.${action}`,
      operands,
      position: "front",
    });
    const moves = [
      move(1, "deposit", 1_000_000),
      move(2, "openPosition", 0, 500_000),
      move(3, "closePosition"),
      move(4, "openPosition", 1_000_000, 100_000),
      move(5, "addLiquidity", 200_000),
      move(6, "removeLiquidity", 1_000_000),
      move(7, "closePosition"),
      move(8, "withdraw", 1_000_000),
      move(9, "withdraw", 1_000_000),
    ];
    let held = 0n;
    const { deeds } = await play(definition([user], 9), { moves }, async (view) => {
      held = view.accounts.get(agentAddress("user").toLowerCase())!.freeCollateral;
    });
    expect(deeds).to.deep.equal([
      "1 user deposit",
      "2 user openPosition",
      "3 user closePosition",
      "4 user openPosition",
      "5 user addLiquidity",
      "6 user removeLiquidity",
      "7 user closePosition",
      "8 user withdraw",
    ]);
    expect(held).to.equal(0n);
  });

  it("refuses an address that is not a clearing house, and a market that it does not have", async () => {
    await deploy();
    const { baseToken, vault, clearingHouse } = perp;
    const bound = (house: Address, token: Address) =>
      open(definition([], 1, { protocols: { perp: perpV2(house, { baseToken: token, asset: "ETH" }) } }));
    await failsWith("UNSUPPORTED_PROTOCOL", () => bound(vault.address, baseToken.address));
    await failsWith("UNSUPPORTED_PROTOCOL", () => bound(clearingHouse.address, vault.address));
    await failsWith("INVALID_OPTION", () => perpV2(clearingHouse.address, { baseToken: "0x1", asset: "ETH" }));
    await failsWith("INVALID_OPTION", () => perpV2(clearingHouse.address, { baseToken: baseToken.address, asset: "" }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ market: "perp", lending: "aave" }));
    await failsWith("UNKNOWN_PROTOCOL", () => playerOf({ all: () => new Map() }, marginMarket, "perp"));
    await failsWith("INVALID_OPTION", () => marginTrader({ capital: {}, leverage: 0 }));
  });

  it("accrues bad debt if its index is silent, and not if it publishes", async () => {
    await deploy();
    const falls = { 1: -65_000, 7: -65_000 };
    const badDebtOf = async (oracles: Genome["oracles"]): Promise<number> => {
      const { markets } = await play(definition([arbitrageur, liquidator], 12), { falls, oracles });
      return Math.max(...markets.map(({ badDebt }) => badDebt));
    };
    expect(await badDebtOf([])).to.equal(0);
    // it sees both falls at once, and no liquidation could happen in between
    expect(await badDebtOf([{ block: 1, oracle: "ETH", blocks: 9 }])).to.be.above(100);
  });

  describe("in a campaign", () => {
    /** Ether falls once, leaving a liquidator time to act. */
    const late: Process = {
      kind: "late fall",
      sample: ({ random }) => [0, 0, -Math.round(50_000 + 18_000 * random.next())],
    };

    /** Ether is at 1,870 dollars, the market follows, and no liquidation has happened yet. */
    async function fallen(): Promise<void> {
      const { clearingHouse, baseToken, maker } = perp;
      const feed = { address: fork.addresses.chainlink.ethUsd, abi: aggregatorProxyAbi };
      const aggregator = { address: await fork.chain.read(feed, "aggregator", []), abi: fluxAggregatorAbi };
      const round = await fork.chain.read(aggregator, "latestRound", []);
      await fork.chain.write(fork.addresses.users.oracle, aggregator, "submit", [round + 1n, 1_870n * 10n ** 8n]);
      const order = {
        baseToken: baseToken.address,
        isBaseToQuote: true,
        isExactInput: true,
        amount: parseEther("1000"),
        oppositeAmountBound: 0n,
        deadline: maxUint256,
        sqrtPriceLimitX96: sqrtPriceX96Of(1_870),
        referralCode: zeroHash,
      };
      await fork.chain.write(maker, clearingHouse, "openPosition", [order]);
      for (let block = 0; block < 2; block++) await fork.chain.send({ from: maker, to: maker });
    }

    async function campaign(liquidationPenalty: number) {
      await deploy({ liquidationPenalty });
      await fallen();
      const { siege } = fork.connection;
      const assets = { ETH: { price: 1_870, process: late }, USDC: { price: 1, token: fork.addresses.usdc } };
      const scenario = definition([arbitrageur, liquidator], 5, {
        assets,
        conditions: [noBadDebt({ market: "perp" })],
      });
      const { address, abi } = perp.vault;
      return siege.run({ address, abi }, siege.scenario(scenario), { seed: 1, runs: RUNS, lanes: 1 });
    }

    it("breaks if a liquidation pays less than its gas, and the batched search finds it", async () => {
      const result = await campaign(100);
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      expect(result.discarded).to.equal(0);
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const { finding } = result;
      expect(finding.violation.condition).to.equal("noBadDebt");
      // no liquidation had happened when ether fell again, which is enough
      expect(finding.steps.map(({ actor }) => actor)).to.deep.equal(["market"]);
      expect(finding.violation.evidence.summary).to.match(/^bad debt .*: reckless owes/);
      expect(finding.certificate?.deletions).to.have.lengthOf(finding.trace.steps.length);
      expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
    });

    // the amounts that a call accepts come out differently in a batch and as transactions, in run 1: not looked into yet
    it.skip("explores what users and attackers do with it, in batches that agree with transactions", async () => {
      await deploy();
      const { siege } = fork.connection;
      const capital = { USDC: 20_000 };
      const agents = [
        arbitrageur,
        liquidator,
        retail({ capital, only: ["perp.*"] }),
        attacker({ capital, only: ["perp.*"] }),
      ];
      const { address, abi } = perp.vault;
      const result = await siege.run({ address, abi }, siege.scenario(definition(agents, 6)), { runs: 6, lanes: 1 });
      expect(result.kind).to.equal("survived");
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      expect(result.discarded).to.equal(0);
      expect(result.cost.searchCalls).to.be.above(50);
    });

    it("survives the same with the protocol's own penalty", async () => {
      const result = await campaign(25_000);
      expect(result.kind, JSON.stringify(result.kind === "violation" ? result.finding.steps : [])).to.equal("survived");
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      expect([result.discarded, result.cost.runs]).to.deep.equal([0, RUNS]);
    });
  });
});

import type { Address } from "viem";

import type { PriceSource } from "../../../../src/protocols/roles/price-source.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { CampaignResult, Condition, Protocol } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";

import { expect } from "chai";
import { maxUint256, parseAbi, parseEther, parseUnits } from "viem";

import { attacker } from "../../../../src/agents/index.js";
import { defineCondition, oracleWithin } from "../../../../src/conditions/index.js";
import { startView } from "../../../../src/engine/run/views.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { constant, priceReader, spotPrice, twap, uniswapV2 } from "../../../../src/protocols/index.js";
import { priceSource } from "../../../../src/protocols/roles/price-source.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { give } from "../../../fixtures/give.js";
import { deployInflatableVault } from "../../../fixtures/inflatable-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { runsOf } from "../../../helpers/twin.js";
import { erc20Abi, uniswapV2PairAbi, uniswapV2RouterAbi } from "../../../mini-mainnet/abis.js";
import { uniswapArtifact } from "../../../mini-mainnet/artifact.js";

const priceAbi = parseAbi(["function price() view returns (uint256)"]);
const twapAbi = parseAbi([
  "function update()",
  "function consult(address token, uint256 amountIn) view returns (uint256)",
]);
const windowAbi = parseAbi([
  "function update(address tokenA, address tokenB)",
  "function consult(address tokenIn, uint256 amountIn, address tokenOut) view returns (uint256)",
]);

const DAY = 86_400;

/** Prices that are computed on chain, against the contracts that compute them. */
describe("price sources", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;

  beforeEach(() => {
    fork = theFork();
  });

  const never = defineCondition({ id: "never", observe: () => constant(undefined), judge: () => undefined });

  function scenarioWith(
    protocols: Readonly<Record<string, Protocol>>,
    condition: Condition = never,
    lp = 1,
  ): ScenarioDefinition {
    const { weth, usdc, uniswapV2: uniswap } = fork.addresses;
    return {
      name: "a trader with 6 M USDC",
      blocks: 10,
      assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc }, LP: { price: lp } },
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }), ...protocols },
      agents: [attacker({ capital: { USDC: 6_000_000, ETH: 100 }, only: ["pool.*"] })],
      conditions: [condition],
    };
  }

  /** What contracts read now, as agents and conditions see it. */
  async function believed(protocol: Protocol): Promise<PriceSource> {
    const scenario = buildScenario(scenarioWith({ it: protocol }));
    const target = { name: "pair", address: fork.addresses.uniswapV2.usdcWeth, abi: [] };
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    try {
      return startView(world).all(priceSource).get("it")!;
    } finally {
      await world.close();
    }
  }

  /** The whale buys ether with dollars, which makes it expensive. */
  async function buyEther(amount: number): Promise<void> {
    const { usdc, weth, uniswapV2: uniswap, users } = fork.addresses;
    await give(fork, "USDC", users.whale, amount);
    const paid = parseUnits(String(amount), 6);
    await fork.chain.write(users.whale, { address: usdc, abi: erc20Abi }, "approve", [uniswap.router, paid]);
    const router = { address: uniswap.router, abi: uniswapV2RouterAbi };
    const swap = [paid, 0n, [usdc, weth], users.whale, maxUint256] as const;
    await fork.chain.write(users.whale, router, "swapExactTokensForTokens", swap);
  }

  async function later(seconds: number): Promise<void> {
    await fork.connection.provider.request({ method: "evm_increaseTime", params: [seconds] });
    await fork.connection.provider.request({ method: "evm_mine" });
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Address> {
    return fork.deploy(await fixtureArtifact(name), args);
  }

  it("spotPrice is the ratio of the reserves, also right after a swap", async () => {
    const { uniswapV2: uniswap, chainlink } = fork.addresses;
    const spot = spotPrice(uniswap.usdcWeth, { asset: "ETH" });
    expect((await believed(spot)).price).to.equal(2_000);
    await buyEther(500_000);
    const pair = { address: uniswap.usdcWeth, abi: uniswapV2PairAbi };
    const [usdc, weth] = await fork.chain.read(pair, "getReserves", []);
    const expected = Number(usdc) / 1e6 / (Number(weth) / 1e18);
    expect(expected).to.be.greaterThan(3_000);
    expect((await believed(spot)).price).to.be.closeTo(expected, 1e-9);
    const converted = spotPrice(uniswap.usdcWeth, { asset: "ETH", quoteFeed: chainlink.usdcUsd });
    expect((await believed(converted)).price).to.be.closeTo(expected, 1e-9);
    // US dollars of ether, priced in ether, at the feed of ether
    const inverse = spotPrice(uniswap.usdcWeth, { asset: "USDC", quoteFeed: chainlink.ethUsd });
    expect((await believed(inverse)).price).to.be.closeTo(2_000 / expected, 1e-9);
    await failsWith("UNKNOWN_ASSET", () => believed(spotPrice(uniswap.usdcWeth, { asset: "LP" })));
  });

  it("twap is what Uniswap's example returns from consult, and undefined before its first average", async () => {
    const { uniswapV2: uniswap, usdc, weth, users } = fork.addresses;
    const address = await fork.deploy(uniswapArtifact("v2-periphery", "ExampleOracleSimple"), [
      uniswap.factory,
      usdc,
      weth,
    ]);
    const average = twap(address, { asset: "ETH", quote: usdc });
    expect((await believed(average)).price).to.equal(undefined);
    await later(DAY);
    const contract = { address, abi: twapAbi };
    await fork.chain.write(users.whale, contract, "update", []);
    const consulted = async (): Promise<number> =>
      Number(await fork.chain.read(contract, "consult", [weth, parseEther("1")])) / 1e6;
    const quiet = await consulted();
    expect(quiet).to.be.closeTo(2_000, 1e-5);
    expect((await believed(average)).price).to.equal(quiet);
    await buyEther(500_000);
    expect((await believed(average)).price).to.equal(quiet);
    await later(DAY);
    await fork.chain.write(users.whale, contract, "update", []);
    expect(await consulted()).to.be.greaterThan(3_000);
    expect((await believed(average)).price).to.equal(await consulted());
  });

  it("twap also reads Uniswap's sliding window, which reverts without a recent observation", async () => {
    const { uniswapV2: uniswap, usdc, weth, users } = fork.addresses;
    const artifact = uniswapArtifact("v2-periphery", "ExampleSlidingWindowOracle");
    const address = await fork.deploy(artifact, [uniswap.factory, BigInt(DAY), 2]);
    const average = twap(address, { asset: "ETH", quote: usdc, design: "slidingWindow" });
    expect((await believed(average)).price).to.equal(undefined);
    const contract = { address, abi: windowAbi };
    await fork.chain.write(users.whale, contract, "update", [usdc, weth]);
    await later(DAY / 2);
    const consulted = await fork.chain.read(contract, "consult", [weth, parseEther("1"), usdc]);
    expect((await believed(average)).price).to.be.closeTo(Number(consulted) / 1e6, 1);
    await later(DAY);
    expect((await believed(average)).price).to.equal(undefined);
  });

  /** An oracle of the pair's LP token. */
  async function lpToken(name: "NaiveLpPrice" | "FairLpPrice"): Promise<{ address: Address; protocol: Protocol }> {
    const { uniswapV2: uniswap, weth, chainlink } = fork.addresses;
    const address = await deploy(name, [uniswap.usdcWeth, weth, chainlink.ethUsd, chainlink.usdcUsd]);
    return { address, protocol: priceReader(address, { asset: "LP", function: "price" }) };
  }

  it("priceReader reads LP token oracles: a swap moves the naive one, but hardly the fair one", async () => {
    const prices = new Map<string, [number, number]>();
    const naive = await lpToken("NaiveLpPrice");
    const fair = await lpToken("FairLpPrice");
    const read = async (address: Address): Promise<number> =>
      Number(await fork.chain.read({ address, abi: priceAbi }, "price", [])) / 1e18;
    for (const { address, protocol } of [naive, fair]) prices.set(address, [(await believed(protocol)).price!, 0]);
    await buyEther(2_000_000);
    for (const { address, protocol } of [naive, fair]) {
      const { asset, price } = await believed(protocol);
      expect(asset).to.equal("LP");
      expect(price).to.equal(await read(address));
      prices.get(address)![1] = price!;
    }
    const [before, after] = prices.get(naive.address)!;
    const [fairBefore, fairAfter] = prices.get(fair.address)!;
    expect(fairBefore).to.be.closeTo(before, before * 1e-6);
    expect(after / before).to.be.greaterThan(1.2);
    expect(fairAfter / fairBefore).to.be.within(1, 1.002);
  });

  it("priceReader reads the prices of vault shares and composites", async () => {
    const { usdc, chainlink, users } = fork.addresses;
    const vault = await deployInflatableVault(fork, "flawed");
    await give(fork, "USDC", users.whale, 3_000);
    await fork.chain.write(users.whale, { address: usdc, abi: erc20Abi }, "approve", [vault.address, maxUint256]);
    await fork.chain.write(users.whale, vault, "deposit", [parseUnits("1000", 6), users.whale]);
    const share = await deploy("VaultSharePrice", [vault.address, chainlink.usdcUsd, 6]);
    const sharePrice = priceReader(share, { asset: "LP", function: "price" });
    expect((await believed(sharePrice)).price).to.equal(1);
    const donation = [vault.address, parseUnits("2000", 6)] as const;
    await fork.chain.write(users.whale, { address: usdc, abi: erc20Abi }, "transfer", donation);
    expect((await believed(sharePrice)).price).to.be.closeTo(3, 1e-5);

    const composite = await deploy("CompositePrice", [chainlink.ethUsd, chainlink.usdcUsd]);
    const { usdcUsd: quoteFeed } = chainlink;
    const composed = priceReader(composite, { asset: "ETH", function: "price", quoteFeed });
    expect((await believed(composed)).price).to.equal(2_000);
  });

  it("priceReader refuses a function that returns no number", async () => {
    const { weth } = fork.addresses;
    await failsWith("INVALID_OPTION", () => priceReader(weth, { asset: "ETH", function: "function x() view" }));
    await failsWith("INVALID_OPTION", () => priceReader(weth, { asset: "ETH", function: "no signature" }));
    await failsWith("UNSUPPORTED_PROTOCOL", () => believed(priceReader(weth, { asset: "ETH", function: "price" })));
  });

  async function lay(protocol: Protocol, tolerance: number, lp = 1, runs = 60): Promise<CampaignResult> {
    const { siege } = fork.connection;
    const target = { name: "Pair", address: fork.addresses.uniswapV2.usdcWeth, abi: [] };
    const condition = oracleWithin({ source: "it", tolerance });
    return siege.run(target, siege.scenario(scenarioWith({ it: protocol }, condition, lp)), { runs, seed: 1 });
  }

  it("oracleWithin: one swap moves a spot price off the fair one", async () => {
    const { uniswapV2: uniswap } = fork.addresses;
    const result = await lay(spotPrice(uniswap.usdcWeth, { asset: "ETH" }), 0.05);
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    const { finding } = result;
    expect(finding.violation.condition).to.equal("oracleWithin(it)");
    expect(finding.trace.steps).to.have.length(1);
    expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
  });

  it("oracleWithin: swaps move the naive price of an LP token, but not the fair one", async () => {
    const naive = await lpToken("NaiveLpPrice");
    const { price } = await believed(naive.protocol);
    expect((await lay(naive.protocol, 0.05, price)).kind).to.equal("violation");
    const fair = await lpToken("FairLpPrice");
    expect((await lay(fair.protocol, 0.05, price, runsOf(60))).kind).to.equal("survived");
  });

  it("oracleWithin names the known sources", async () => {
    const { uniswapV2: uniswap } = fork.addresses;
    const { siege } = fork.connection;
    const target = { name: "Pair", address: uniswap.usdcWeth, abi: [] };
    const protocols = { it: spotPrice(uniswap.usdcWeth, { asset: "ETH" }) };
    const condition = oracleWithin({ source: "spot", tolerance: 0.05 });
    const scenario = siege.scenario(scenarioWith(protocols, condition));
    const error = await failsWith("UNKNOWN_PROTOCOL", () => siege.run(target, scenario));
    expect(error.hint).to.include("it");
  });
});

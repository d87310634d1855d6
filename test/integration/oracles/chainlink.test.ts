import type { Address } from "viem";

import { expect } from "chai";
import { parseAbi } from "viem";

import { chainlink } from "../../../src/oracles/index.js";
import { callByCall } from "../../helpers/call-by-call.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach } from "../../helpers/play-agents.js";
import { aaveOracleAbi, aggregatorProxyAbi, fluxAggregatorAbi } from "../../mini-mainnet/abis.js";

const aggregatorAbi = parseAbi([
  "function aggregator() view returns (address)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function getAmountsOut(uint256 amountIn, address[] path) view returns (uint256[])",
]);

const feedAbi = [...aggregatorProxyAbi, ...parseAbi(["function description() view returns (string)"])] as const;

function aggregatorHistory(address: Address) {
  return { address, abi: parseAbi(["function getAnswer(uint256 round) view returns (int256)"]) };
}

describe("chainlink", () => {
  const theFork = forkForEach();
  const { bind, bindFeed, send } = callByCall(theFork);
  let fork: ReturnType<typeof theFork>;
  beforeEach(() => {
    fork = theFork();
  });

  it("publishes rounds that the proxy returns", async () => {
    const { ethUsd } = fork.addresses.chainlink;
    const bound = await bindFeed(chainlink(ethUsd, { asset: "ETH", latencyBlocks: 3 }));
    const oracle = bound.feed;
    const first = await bound.view();
    expect(oracle.price(first)).to.equal(2_000);
    expect(oracle.model({ asset: "ETH", latencyBlocks: 3 } as never)).to.deep.equal({
      asset: "ETH",
      latencyBlocks: 3,
      deviation: 0.005,
      heartbeat: 3_600,
    });
    // below the eighth decimal: rounded to it
    for (const price of [1_234.567890126, 2_500, 0.000000001]) {
      const { from, call } = oracle.publish(bound.facts, await bound.view(), price);
      await send(from, call);
      const view = await bound.view();
      expect(view.answer).to.equal(price === 0.000000001 ? 1n : BigInt(Math.round(price * 1e8)));
      const [, answer, , updatedAt] = await fork.chain.read(
        { address: ethUsd, abi: aggregatorAbi },
        "latestRoundData",
        [],
      );
      expect([view.answer, BigInt(view.updatedAt)]).to.deep.equal([answer, updatedAt]);
    }
    expect((await bound.view()).round).to.equal(first.round + 3n);
  });

  it("accepts the aggregator itself, too", async () => {
    const proxy = { address: fork.addresses.chainlink.ethUsd, abi: aggregatorAbi };
    const bound = await bindFeed(chainlink(await fork.chain.read(proxy, "aggregator", []), { asset: "ETH" }));
    const { from, call } = bound.feed.publish(bound.facts, await bound.view(), 1_900);
    await send(from, call);
    expect((await bound.view()).price).to.equal(1_900);
  });

  it("stands in for an aggregator that a single oracle cannot move", async () => {
    const { chainlink: feeds, users, aaveV3: aave } = fork.addresses;
    const proxy = { address: feeds.ethUsd, abi: feedAbi };
    const aggregator = { address: await fork.chain.read(proxy, "aggregator", []), abi: fluxAggregatorAbi };
    const two = [[], [users.bob], [users.deployer], 2, 2, 0] as const;
    await fork.chain.write(users.deployer, aggregator, "changeOracles", two);
    const before = await fork.chain.read(proxy, "latestRoundData", []);

    const bound = await bindFeed(chainlink(feeds.ethUsd, { asset: "ETH" }));
    // nothing has changed yet for any reader
    expect(await fork.chain.read(proxy, "latestRoundData", [])).to.deep.equal(before);
    expect(await fork.chain.read(proxy, "decimals", [])).to.equal(8);
    expect(await fork.chain.read(proxy, "description", [])).to.equal("ETH / USD");
    const { round } = await bound.view();

    for (const price of [1_900, 1_800.5]) {
      const { from, call } = bound.feed.publish(bound.facts, await bound.view(), price);
      await send(from, call);
      expect((await bound.view()).price).to.equal(price);
      expect(await fork.chain.read(proxy, "latestAnswer", [])).to.equal(BigInt(price * 1e8));
      const oracle = { address: aave.oracle, abi: aaveOracleAbi };
      expect(await fork.chain.read(oracle, "getAssetPrice", [fork.addresses.weth])).to.equal(BigInt(price * 1e8));
    }
    expect((await bound.view()).round).to.equal(round + 2n);
    const [, , , updatedAt] = await fork.chain.read(proxy, "latestRoundData", []);
    expect(updatedAt).to.equal(BigInt((await fork.chain.latest()).timestamp));
    // the history continues where the original ends
    const answerOf = async (id: bigint) => fork.chain.read(aggregatorHistory(aggregator.address), "getAnswer", [id]);
    expect([await answerOf(round), await answerOf(round + 1n), await answerOf(round + 2n)]).to.deep.equal([
      before[1],
      1_900n * 10n ** 8n,
      1_800_5n * 10n ** 7n,
    ]);
    expect(await answerOf(round + 3n)).to.equal(0n);
    expect(await fork.chain.read(aggregator, "latestRound", [])).to.equal(round + 2n);

    // and no other oracle publishes
    const { call } = bound.feed.publish(bound.facts, await bound.view(), 1);
    const refused = await send(users.alice, call).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
  });

  it("refuses an address that is not a feed", async () => {
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(chainlink(fork.addresses.uniswapV2.router, { asset: "ETH" })));
  });
});

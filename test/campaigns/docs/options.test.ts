import type { Address, Hex, WalletClient } from "viem";

import type { VolatilityQuote } from "../../../src/risk/index.js";
import type { ScenarioDefinition } from "../../../src/types.js";

import { expect } from "chai";
import { createWalletClient, custom } from "viem";

import { Chain } from "../../../src/engine/chain/chain.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** What docs/options.md exports about the chain. */
interface Documented {
  deployOracle(wallet: WalletClient, quotes: readonly VolatilityQuote[]): Promise<Hex>;
  volatileMarket(oracle: Address): Pick<ScenarioDefinition, "assets" | "correlations" | "oracles">;
  soldCalls(pool: { readonly weth: Address; readonly usdc: Address; readonly pair: Address }): ScenarioDefinition;
}

describe("docs/options.md", () => {
  const theFork = siegeForkForSuite();
  let code: Documented;

  before(async () => {
    code = (await documentedCode("docs/options.md", (text) =>
      /deployOracle|soldCalls/.test(text),
    )) as unknown as Documented;
  });

  it("hedges the calls that it sells, with volatility on the chain", async () => {
    const { connection, addresses } = theFork();
    const { weth, usdc, uniswapV2: uniswap } = addresses;
    const { provider, siege } = connection;
    const wallet = createWalletClient({ transport: custom(provider) });
    const quotes = [7, 30, 90].flatMap((days) =>
      [0.7, 0.9, 1, 1.1, 1.4].map((strike) => ({
        strike,
        forward: 1,
        expiry: days / 365,
        volatility: 0.8 + 0.5 * Math.abs(Math.log(strike)) * Math.sqrt(30 / days),
      })),
    );
    const hash = await code.deployOracle(wallet, quotes);
    const receipt = await new Chain(provider).receipt(hash);
    expect(receipt?.success).to.equal(true);
    const { contractAddress } = (await provider.request({
      method: "eth_getTransactionReceipt",
      params: [hash],
    })) as { readonly contractAddress: Address };

    const calls = code.soldCalls({ weth, usdc, pair: uniswap.usdcWeth });
    const { assets, correlations, oracles = [] } = code.volatileMarket(contractAddress);
    const scenario = siege.scenario({
      ...calls,
      assets: { ...calls.assets, ...assets },
      ...(correlations === undefined ? {} : { correlations }),
      oracles,
      // the mini mainnet has a router of its own
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
    });
    const pair = { address: uniswap.usdcWeth, abi: [], name: "Pair" };
    const result = await siege.ruin(pair, scenario, { paths: 4, lanes: 1 });
    expect(result.kind).to.equal("estimated");
    expect(result.randomness.prices).to.deep.equal([
      { asset: "ETH", process: "gbm" },
      { asset: "BTC", process: "gbm" },
      { asset: "BTC_IV", process: "reverting", quote: "volatility" },
    ]);
    const reached = result.activity.reached.find(({ what }) => what === "volatility of BTC_IV");
    expect(reached?.unit).to.equal("percent");
    expect(reached?.least).to.be.below(80.5).and.above(20);
  });
});

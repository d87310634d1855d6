import type { AgentSolventOptions } from "../../../src/conditions/agent-solvent.js";
import type { CampaignResult } from "../../../src/types.js";

import { expect } from "chai";

import { arbitrageur, liquidityProvider } from "../../../src/agents/index.js";
import { agentSolvent } from "../../../src/conditions/index.js";
import { shock } from "../../../src/market/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { pairAbi } from "../../../src/protocols/uniswap-v2/abi.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

const PROVIDER = "liquidity provider";

describe("a strategy", () => {
  const theFork = siegeForkForEach();

  /** Ether falls by a half, and an arbitrageur moves the pool along. */
  async function besiege(options: Omit<AgentSolventOptions, "agent">, agent = PROVIDER): Promise<CampaignResult> {
    const { addresses, connection } = theFork();
    const pair = addresses.uniswapV2.usdcWeth;
    const scenario = connection.siege.scenario({
      name: "half of the price",
      blocks: 6,
      assets: {
        ETH: { price: 2_000, token: addresses.weth, process: shock({ drop: 0.5, between: [3, 3] }) },
        USDC: { price: 1, token: addresses.usdc },
      },
      protocols: { pool: uniswapV2(pair, { router: addresses.uniswapV2.router }) },
      agents: [
        // what it has for gas is a part of its worth
        { ...liquidityProvider({ capital: { ETH: 100, USDC: 200_000 } }), native: 1 },
        arbitrageur({ capital: { ETH: 10_000, USDC: 20_000_000 } }),
      ],
      conditions: [agentSolvent({ agent, ...options })],
    });
    return connection.siege.run({ address: pair, abi: pairAbi, name: "pool" }, scenario, { runs: 12 });
  }

  function summaryOf(result: CampaignResult): string {
    return result.kind === "violation" ? result.finding.found.evidence.summary : result.kind;
  }

  it("is broken by impermanent loss: 2√r / (1 + r) - 1 is 5.7 % at half of the price, less the fees of the way there", async () => {
    const broken = summaryOf(await besiege({ maxDrawdown: 0.05, against: "holding" }));
    expect(broken).to.match(/^liquidity provider has lost 5\.[1-7]\d* % of what it held, now \$[\d,.]+: it is worth/);
  });

  it("survives what is more than that", async () => {
    expect(summaryOf(await besiege({ maxDrawdown: 0.06, against: "holding" }))).to.equal("survived");
  });

  it("is broken by falling prices, if they count: of a half in ether, 1 - √r is lost", async () => {
    expect(summaryOf(await besiege({ maxDrawdown: 0.28 }))).to.match(/has lost 2[89][\d.]* % of its peak of \$/);
  });

  it("survives if it may lose that", async () => {
    expect(summaryOf(await besiege({ maxDrawdown: 0.3 }))).to.equal("survived");
  });

  it("refuses options that do not exist or are out of range, and agents that are not there", async () => {
    await failsWith("UNKNOWN_ACCOUNT", () => besiege({ maxDrawdown: 0.1 }, "somebody"));
    for (const maxDrawdown of [0, 1, Number.NaN]) {
      expect(() => agentSolvent({ agent: PROVIDER, maxDrawdown })).to.throw(/maxDrawdown/);
    }
    expect(() => agentSolvent({ agent: "", maxDrawdown: 0.1 })).to.throw(/agent/);
    expect(() => agentSolvent({ agent: PROVIDER, maxDrawdown: 0.1, against: "start" as never })).to.throw(/against/);
  });
});

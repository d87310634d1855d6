import type { Condition, ScenarioDefinition } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { UniswapV3Addresses } from "../../../mini-mainnet/cast/uniswap-v3.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { attacker, defineAgent, retail } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/index.js";
import { uniswapV3 } from "../../../../src/protocols/index.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { venue } from "../../../../src/protocols/roles/venue.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { deployUniswapV3 } from "../../../mini-mainnet/cast/uniswap-v3.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

/** Swaps between all pairs that the venues trade, with its quotes as minimum output. Too poor to leave the windows. */
const trader = defineAgent({
  role: "trader",
  capital: { ETH: 300, USDC: 600_000 },
  act: ({ view, self, random, submit }) => {
    for (const place of view.all(venue).values()) {
      const [one, two] = place.tokens;
      if (one === undefined || two === undefined) return;
      const [tokenIn, tokenOut] = random.next() < 0.5 ? [one.address, two.address] : [two.address, one.address];
      const amountIn = (view.balance(tokenIn, self.address) * BigInt(random.integer(1, 500))) / 1_000n;
      const minOut = place.quote(tokenIn, tokenOut, amountIn);
      submit(place.swap({ tokenIn, tokenOut, amountIn, minOut, self: self.address }));
    }
  },
});

/** Any swap with a minimum output gets exactly that. */
const paysWhatItQuotes = defineCondition<undefined, undefined>({
  id: "paysWhatItQuotes",
  results: true,
  observe: () => constant(undefined),
  judge: ({ view }) => {
    const wrong = view.results.filter(({ call, success, returned }) => {
      const [swap] = call.args as readonly [{ readonly amountOutMinimum: bigint }];
      return !success || BigInt(returned) !== swap.amountOutMinimum;
    });
    return wrong.length === 0 ? undefined : { summary: `${wrong.length} swaps paid something else`, quantities: [] };
  },
});

/** The pool's price of ether stays above a bound, US dollars. */
function priceAbove(bound: number): Condition {
  return defineCondition<undefined, undefined>({
    id: "priceAbove",
    observe: () => constant(undefined),
    judge: ({ view }) => {
      const price = view.at(uniswapV3, "pool").spotPrice(view.tokenOf("ETH").address);
      return price >= bound ? undefined : { summary: `the pool's price is ${price.toFixed(2)}`, quantities: [] };
    },
  });
}

describe("a scenario with uniswapV3", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let v3: UniswapV3Addresses;

  before(async () => {
    source = await miniMainnetSource();
  });
  after(() => source.close());
  beforeEach(async () => {
    fork = await createSiegeFork(source);
    v3 = await deployUniswapV3(fork.chain, fork.addresses);
  });
  afterEach(() => fork.close());

  async function refork(): Promise<void> {
    await fork.close();
    fork = await createSiegeFork(source);
    v3 = await deployUniswapV3(fork.chain, fork.addresses);
  }

  function definition(changes: Pick<ScenarioDefinition, "agents" | "conditions">): ScenarioDefinition {
    const { weth, usdc } = fork.addresses;
    const { router, positionManager, pools } = v3;
    return {
      name: "Uniswap V3",
      blocks: 8,
      assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
      protocols: {
        pool: uniswapV3(pools.low, { router, positionManager, twap: [36] }),
        dear: uniswapV3(pools.medium, { router, positionManager }),
      },
      ...changes,
    };
  }

  const target = () => ({ address: v3.pools.low, abi: [] });

  it("trades on it as a venue, block after block at exactly the quoted price, in the batched executor", async () => {
    const { siege } = fork.connection;
    const scenario = siege.scenario(definition({ agents: [trader], conditions: [paysWhatItQuotes] }));
    const result = await siege.run(target(), scenario, { runs: 20, seed: 1, lanes: 1 });
    expect(result.kind, JSON.stringify(result.kind === "violation" ? result.finding.steps : [])).to.equal("survived");
    expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
    expect(result.discarded).to.equal(0);
    expect(result.cost.actions, "two swaps a block").to.be.at.least(20 * 8 * 2);
  });

  it("finds the swap that moves its price among liquidity providers' moves, with either executor, and replays it", async () => {
    const findings: { readonly run: number; readonly original: unknown }[] = [];
    for (const executor of ["batched", "faithful"] as const) {
      // the second campaign would start with the first one's finding
      if (findings.length > 0) await refork();
      const { siege } = fork.connection;
      const provider = retail({ name: "provider", capital: { ETH: 300, USDC: 600_000 }, only: ["pool.*", "dear.*"] });
      const whale = attacker({ name: "whale", capital: { ETH: 900 }, only: ["pool.*"] });
      const scenario = siege.scenario(definition({ agents: [provider, whale], conditions: [priceAbove(1_500)] }));
      const result = await siege.run(target(), scenario, { runs: 100, seed: 1, lanes: 1, executor });
      expect(result.explored.executor).to.equal(executor);
      expect(result.discarded).to.equal(0);
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const { trace, certificate, reproduction, run, original } = result.finding;
      expect(trace.steps.map((step) => step.kind === "call" && [step.agent, step.function.name])).to.deep.equal([
        ["whale", "exactInputSingle"],
      ]);
      expect(certificate?.kind).to.equal("1-minimal");
      expect((await siege.replay(reproduction ?? "")).kind).to.equal("violation");
      findings.push({ run, original });
    }
    expect(findings[1]).to.deep.equal(findings[0]);
  });
});

import { expect } from "chai";
import { erc20Abi } from "viem";

import { defineAgent, trendFollower } from "../../../src/agents/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { PrefixStage } from "../../../src/engine/run/stage.js";
import { call } from "../../../src/protocols/index.js";
import { forkForEach, genomeOf, openMarket, playAgents } from "../../helpers/play-agents.js";

describe("what agents remember", () => {
  const theFork = forkForEach();

  /** Sends in each block as many base units as it has seen blocks. */
  function counter(name: string) {
    const { usdc, users } = theFork().addresses;
    return defineAgent<number>({
      role: "counter",
      name,
      capital: { USDC: 1 },
      memory: 0,
      act: ({ memory, remember, submit }) => {
        remember(memory + 1);
        const args = [users.alice, BigInt(memory + 1)] as const;
        submit(call({ address: usdc, abi: erc20Abi, functionName: "transfer", args }));
      },
    });
  }

  it("lasts for a run, and is private to each agent", async () => {
    const { usdc } = theFork().addresses;
    const agents = [counter("one"), counter("two")];
    for (let run = 0; run < 2; run++) {
      const { view } = await playAgents(theFork(), { agents, blocks: 4 });
      for (const name of ["one", "two"]) {
        expect(view.balance(usdc, view.accounts.get(name)!)).to.equal(1_000_000n - 1n - 2n - 3n - 4n);
      }
    }
  });

  it("is restored to the block from which a run continues", async () => {
    const agents = [counter("one"), trendFollower({ asset: "ETH", capital: { ETH: 50, USDC: 1e5 }, lookback: 2 })];
    const world = await openMarket(theFork(), { agents, blocks: 6 });
    try {
      const base = new Player(world, () => undefined);
      const stage = new PrefixStage(world);
      const player = base.on(stage);
      const genomes = [60_000, -60_000, 0].flatMap((change) =>
        [4, 2, 5].map((block) => genomeOf({ blocks: 6, moves: [{ block, change }] })),
      );
      const resumed = [];
      for (const genome of genomes) resumed.push(await player.genome(genome));
      expect(player.count.blocks).to.be.lessThan(genomes.length * 6);
      await stage.close();
      const fresh = [];
      for (const genome of genomes) fresh.push(await base.genome(genome));
      expect(resumed).to.deep.equal(fresh);
      expect(new Set(fresh.map((outcome) => JSON.stringify(outcome.trace, text))).size).to.equal(7);
    } finally {
      await world.close();
    }
  });
});

function text(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

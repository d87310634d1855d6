import type { Trace } from "../../../../src/engine/events/trace.js";
import type { Answer } from "../../../../src/engine/outsider/answer.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { answerTo } from "../../../../src/engine/outsider/answer.js";
import { Player } from "../../../../src/engine/run/player.js";
import { forkForEach, openMarket } from "../../../helpers/play-agents.js";

describe("an outsider in a pause", () => {
  const theFork = forkForEach();

  /** A trace on Uniswap and Aave, and whether the world is at its base again. */
  async function answered(steps: Trace["steps"]): Promise<{ answer: Answer | undefined; isRestored: boolean }> {
    const agents = [attacker({ capital: { ETH: 1_000, USDC: 2_000_000 } })];
    const world = await openMarket(theFork(), { agents, blocks: 4 });
    try {
      const { number } = await world.chain.latest();
      const player = new Player(world, () => undefined);
      const answer = await answerTo(player, { trace: { steps, blocks: 4 }, ignoring: [], seed: 1, known: [] });
      return { answer, isRestored: (await world.chain.latest()).number === number };
    } finally {
      await world.close();
    }
  }

  it("trades a pool back to the price that it was left behind by", async () => {
    const fall = { kind: "market", block: 2, asset: "ETH", change: -20_000 } as const;
    const { answer, isRestored } = await answered([fall, { kind: "pause", block: 3, seconds: 86_400 }]);
    expect(answer?.call).to.match(/swap/i);
    expect(answer?.profit.value).to.be.above(1);
    expect(answer?.pause.value).to.equal(86_400);
    expect(isRestored).to.equal(true);
  });

  it("liquidates whoever is under water", async () => {
    const fall = { kind: "market", block: 2, asset: "ETH", change: -100_000 } as const;
    const { answer } = await answered([fall, { kind: "pause", block: 3, seconds: 86_400 }]);
    expect(answer?.call).to.match(/liquidationCall\(WETH, USDC, alice/);
  });

  it("has nothing to do where nothing happened", async () => {
    const { answer, isRestored } = await answered([{ kind: "pause", block: 3, seconds: 86_400 }]);
    expect(answer).to.equal(undefined);
    expect(isRestored).to.equal(true);
  });

  it("does not act before the first block", async () => {
    const fall = { kind: "market", block: 1, asset: "ETH", change: -100_000 } as const;
    expect((await answered([{ kind: "pause", block: 1, seconds: 86_400 }, fall])).answer).to.equal(undefined);
  });
});

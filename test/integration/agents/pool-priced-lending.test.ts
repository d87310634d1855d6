import type { Agent } from "../../../src/agents/index.js";
import type { Play } from "../../helpers/play-agents.js";

import { expect } from "chai";

import {
  arbitrageur,
  liquidator,
  oracleManipulator,
  panicSeller,
  trendFollower,
  whale,
} from "../../../src/agents/index.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { pricePoolInAave } from "../../fixtures/pool-priced-aave.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** An agent, in a market where it has a reason to act; and the same one where it must not. */
interface Case {
  readonly who: string;
  readonly moves?: Play["moves"];
  readonly acts: Agent;
  readonly because: string;
  readonly restrained: Agent;
}

const capital = { ETH: 500 };
const trend = { asset: "ETH", lookback: 2, demand: 2_000_000 };

const CASES: readonly Case[] = [
  {
    who: "a whale that leaves",
    acts: whale({ asset: "ETH", capital: { ETH: 100 }, at: 2 }),
    because: "its price is not reached",
    restrained: whale({ asset: "ETH", capital: { ETH: 100 }, below: 1_900 }),
  },
  {
    who: "a panic",
    moves: [{ block: 2, change: -100_000 }],
    acts: panicSeller({ asset: "ETH", capital, drop: 0.1 }),
    because: "the fall is not deep enough for it",
    restrained: panicSeller({ asset: "ETH", capital, drop: 0.101 }),
  },
  {
    who: "a trend follower",
    moves: [{ block: 3, change: -50_000 }],
    acts: trendFollower({ ...trend, capital }),
    because: "the move is below its threshold",
    restrained: trendFollower({ ...trend, capital, threshold: 0.07 }),
  },
  {
    who: "an arbitrageur, who tells the pool what happened elsewhere,",
    moves: [{ block: 2, change: -60_000 }],
    acts: arbitrageur({ capital }),
    because: "the gap brings less than it wants",
    restrained: arbitrageur({ capital, minProfit: 2_000 }),
  },
  {
    who: "an oracle manipulator",
    acts: oracleManipulator({ asset: "ETH", move: -0.06, hold: 2, capital }),
    because: "its capital does not reach",
    restrained: oracleManipulator({ asset: "ETH", move: -0.06, hold: 2, capital: { ETH: 30 } }),
  },
];

/** Alice is 4 % away from liquidation, and no other account trades. */
describe("where a lending market takes its price from a pool", () => {
  const theFork = forkForEach();

  async function play(agents: readonly Agent[], moves: Play["moves"]) {
    await pricePoolInAave(theFork());
    const { alice } = theFork().addresses.users;
    const { deeds, view } = await playAgents(theFork(), {
      agents: [...agents, liquidator({ capital: { USDC: 200_000 } })],
      blocks: 5,
      moves,
    });
    const { positions } = view.all(lendingMarket).get("lending")!;
    return { deeds, owes: positions.find(({ account }) => account === alice)!.debtUsd };
  }

  for (const { who, moves, acts, because, restrained } of CASES) {
    it(`${who} is what makes alice lose her position`, async () => {
      expect((await play([acts], moves)).owes).to.be.lessThan(122_000);
      expect((await play([], moves)).owes).to.be.closeTo(158_500, 1);
    });

    it(`${who} does nothing, and alice keeps it, where ${because}`, async () => {
      const { deeds, owes } = await play([restrained], moves);
      expect(deeds).to.deep.equal([]);
      expect(owes).to.be.closeTo(158_500, 1);
    });
  }
});

import type { Agent } from "../../src/agents/agent.js";
import type { Condition } from "../../src/conditions/condition.js";
import type { Process } from "../../src/market/processes/process.js";
import type { FixtureFork, Variant } from "../../test/fixtures/fixture.js";
import type { Setting } from "./post-mortem.js";

import { parseAbi } from "viem";

import { defineAgent } from "../../src/agents/agent.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { path } from "../../src/market/processes/path.js";
import { chainlink } from "../../src/oracles/chainlink/chainlink.js";
import { call } from "../../src/protocols/call.js";
import { defineProtocol } from "../../src/protocols/protocol.js";
import { all, map, read } from "../../src/protocols/read-plan.js";
import { deployVariant } from "../../test/fixtures/fixture.js";
import { give } from "../../test/fixtures/give.js";

/** What was published about MakerDAO's auctions of 12 and 13 March 2020. */
export const PUBLISHED = {
  /** The part of all auctions that was won for nothing. */
  forNothing: 0.36,
  /** Gas price, gwei: the mean of the day, which was six times the usual, and the highest. */
  meanGas: 80,
  peakGas: 200,
  timesUsual: 6,
} as const;

/** Gwei. */
const USUAL_GAS = PUBLISHED.meanGas / PUBLISHED.timesUsual;

/** A day in blocks of a quarter of an hour, in each of which a vault is liquidated: an assumption, the vaults of the day are not here. */
const BLOCKS = 96;
const BLOCK_TIME = 900;

/** An assumption: the gas price falls from its peak exponentially. The mean of the day then says how fast: in 9.3 hours to 1/e of its excess. */
const DECAY_BLOCKS = (9.3 * 3_600) / BLOCK_TIME;

/**
 * What keepers pay for gas at most, gwei. The one number that is fitted, to the published share: nobody published what their
 * scripts were set to, only that these did not follow the gas price.
 */
const KEEPERS_PAY = 90;

/** A day of liquidations, keepers whose scripts do not follow the gas price, and a bidder whose script does. */
export async function blackThursday(fork: FixtureFork, variant: Variant = "flawed"): Promise<Setting> {
  const { weth, usdc, chainlink: feeds } = fork.addresses;
  const target = await deployVariant(fork, "FlipAuctions", variant, [weth, usdc, feeds.ethUsd]);
  await give(fork, "WETH", target.address, BLOCKS * 50);
  return {
    target,
    scenario: {
      name: "Black Thursday",
      blocks: BLOCKS,
      blockTime: BLOCK_TIME,
      pauses: { most: 0 },
      assets: { ETH: { token: weth }, USDC: { price: 1, token: usdc } },
      protocols: { auctions: auctions(target.address) },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      gas: { baseFee: BigInt(Math.round(USUAL_GAS * 1e9)), demand: congestion() },
      agents: [liquidations(), keepers(), lowBidder()],
      conditions: [soldAtAPrice()],
    },
  };
}

/** Demand for block space, relative to the usual. */
function congestion(): Process {
  const excess = PUBLISHED.peakGas / USUAL_GAS - 1;
  return path(
    Array.from({ length: BLOCKS }, (_, block) => 1 + excess * Math.exp(-block / DECAY_BLOCKS)),
    1,
  );
}

const abi = parseAbi([
  "struct Lot { uint256 best; address bidder; uint256 ends; bool dealt; }",
  "function openLots() view returns (uint256[] ids, Lot[] open)",
  "function value() view returns (uint256)",
  "function sold() view returns (uint256)",
  "function soldForNothing() view returns (uint256)",
  "function lost() view returns (uint256)",
  "function kick()",
  "function bid(uint256 id, uint256 amount)",
  "function deal(uint256 id)",
]);

const auctions = defineProtocol({
  kind: "auctions",
  inspect: async (_context, address) => address,
  observe: (address) =>
    map(
      all({
        lots: read({ address, abi, functionName: "openLots" }),
        value: read({ address, abi, functionName: "value" }),
      }),
      ({ lots: [ids, open], value }) => ({
        lots: ids.map((id, index) => ({ id, ...open[index]! })),
        value,
        kick: () => call({ address, abi, functionName: "kick" }),
        bid: (id: bigint, amount: bigint) => call({ address, abi, functionName: "bid", args: [id, amount] }),
        deal: (id: bigint) => call({ address, abi, functionName: "deal", args: [id] }),
      }),
    ),
});

/** Puts up a lot in each block, and hands over what is sold, whatever the gas. */
function liquidations(): Agent {
  return defineAgent({
    role: "liquidations",
    honest: true,
    native: 10_000,
    act: ({ view, submit }) => {
      const { lots, kick, deal } = view.at(auctions);
      for (const { id, bidder, ends } of lots) {
        if (!isNobody(bidder) && BigInt(view.timestamp) >= ends) submit({ call: deal(id), tip: anyGas(view) });
      }
      submit({ call: kick(), tip: anyGas(view) });
    },
  });
}

/** Bid nine tenths of a lot's value, at up to so much for gas. */
function keepers(): Agent {
  return defineAgent({
    role: "keepers",
    honest: true,
    capital: { USDC: 100_000_000 },
    act: ({ view, self, submit }) => {
      const { lots, value, bid } = view.at(auctions);
      const offer = (value * 9n) / 10n;
      for (const { id, best, bidder, ends } of lots) {
        if (bidder === self.address || BigInt(view.timestamp) >= ends || offer * 100n < best * 103n) continue;
        submit({ call: bid(id, offer), tip: anyGas(view), maxFee: BigInt(KEEPERS_PAY) * 1_000_000_000n });
      }
    },
  });
}

/** Bids next to nothing on whatever has no bid, at any price for gas. */
function lowBidder(): Agent {
  return defineAgent({
    role: "low bidder",
    capital: { USDC: 1_000 },
    native: 10_000,
    act: ({ view, submit }) => {
      const { lots, bid } = view.at(auctions);
      for (const { id, bidder } of lots) if (isNobody(bidder)) submit({ call: bid(id, 1n), tip: anyGas(view) });
    },
  });
}

/** At the end of the day, no lot has been sold for less than a hundredth of its value. */
function soldAtAPrice(): Condition {
  return defineCondition<number, Record<"sold" | "soldForNothing" | "lost", bigint>>({
    id: "soldAtAPrice",
    inspect: async ({ blocks }) => blocks,
    observe: (_blocks, { target: { address } }) =>
      all({
        sold: read({ address, abi, functionName: "sold" }),
        soldForNothing: read({ address, abi, functionName: "soldForNothing" }),
        lost: read({ address, abi, functionName: "lost" }),
      }),
    judge: ({ view, reading: { sold, soldForNothing, lost } }, blocks) => {
      if (view.block < blocks || soldForNothing === 0n) return undefined;
      const share = (100 * Number(soldForNothing)) / Number(sold);
      return {
        summary: `${soldForNothing} of ${sold} lots were sold for nothing (${share.toFixed(0)} %)`,
        quantities: [
          { label: "lots for nothing", value: share, unit: "percent" },
          { label: "value", value: Number(lost) / 1e6, unit: "USD" },
        ],
      };
    },
  });
}

function isNobody(account: string): boolean {
  return BigInt(account) === 0n;
}

/** What it takes to be in the next block, whatever that is. */
function anyGas({ gasPrice, baseFee }: { readonly gasPrice: bigint; readonly baseFee: bigint }): bigint {
  return gasPrice - baseFee;
}

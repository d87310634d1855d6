import type { Address } from "viem";

import type { Agent } from "../../../src/agents/agent.js";
import type { Condition } from "../../../src/conditions/condition.js";
import type { History } from "../../../src/market/history/history.js";
import type { View } from "../../../src/view/view.js";
import type { FixtureFork } from "../../../test/fixtures/fixture.js";
import type { Setting } from "../post-mortem.js";

import { parseUnits } from "viem";

import { defineAgent } from "../../../src/agents/agent.js";
import { defineCondition } from "../../../src/conditions/condition.js";
import { replay } from "../../../src/market/processes/replay.js";
import { chainlink } from "../../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../../src/protocols/aave-v3/aave-v3.js";
import { constant } from "../../../src/protocols/read-plan.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { addressKey } from "../../../src/quantity/address.js";
import { give, person } from "../../../test/fixtures/give.js";
import { WETH_RISK } from "../../../test/mini-mainnet/aave-v3-reserve.js";
import { erc20Abi, poolAbi } from "../../../test/mini-mainnet/abis.js";

/** US dollars: what the mini mainnet's feed says of ether before the crash. The recorded prices move it in relative terms. */
export const START = 2_000;

/** The part of a collateral's value above which a loan can be liquidated. */
export const THRESHOLD = Number(WETH_RISK.liquidationThreshold) / 10_000;

/** What a liquidator gets for a dollar that it repays, in dollars. */
export const BONUS = Number(WETH_RISK.liquidationBonus) / 10_000;

/** Twenty minutes: an hour of the history is three blocks, within which its price moves evenly. */
export const BLOCK_TIME = 1_200;

/** Aave's variable rate. */
const VARIABLE = 2n;

/**
 * An assumption: loans evenly between the health factors 1.04, as near as Aave lets one borrow, and 2.16, of as much collateral
 * each. Who had borrowed how much on those days is not in the prices.
 */
export const LOANS: readonly { readonly healthFactor: number; readonly collateral: number; readonly debt: number }[] =
  Array.from({ length: 15 }, (_, index) => {
    const healthFactor = 1.04 + 0.08 * index;
    const collateral = 100;
    return { healthFactor, collateral, debt: Math.floor((collateral * START * THRESHOLD) / healthFactor) };
  });

/** What is replayed, and who is there. */
export interface CrashOptions {
  /** Prices of ether. */
  readonly history: History;
  /** When it begins: Unix seconds, or ISO 8601. */
  readonly from: string | number;
  readonly hours: number;
  /** How many hours liquidators do nothing after they could have done something for the first time: how congested the chain is. */
  readonly late: number;
}

/** The state after a block. */
export interface Moment {
  readonly block: number;
  /** US dollars. */
  readonly fair: number;
  /** What Aave takes for the price, US dollars. */
  readonly feed: number;
  /** Accounts from which something was seized so far. */
  readonly accounts: number;
  /** Ether that liquidations seized so far. */
  readonly seized: number;
  /** Debt beyond the collateral, at fair prices, US dollars. */
  readonly badDebt: number;
}

/** The setting, and what happens in it. */
export interface Crash extends Setting {
  /** By block, once it was played. */
  readonly moments: ReadonlyMap<number, Moment>;
}

/** Loans of USDC against WETH on Aave V3's own bytecode; a recorded crash, which reaches Aave through Chainlink's aggregator; and who liquidates. */
export async function crashOnAave(fork: FixtureFork, { history, from, hours, late }: CrashOptions): Promise<Crash> {
  const { addresses } = fork;
  const accounts = await borrowers(fork);
  const moments = new Map<number, Moment>();
  return {
    target: { name: "Aave V3", address: addresses.aaveV3.pool, abi: [] },
    moments,
    scenario: {
      name: "a recorded crash",
      blocks: Math.round((hours * 3_600) / BLOCK_TIME),
      blockTime: BLOCK_TIME,
      pauses: { most: 0 },
      assets: {
        ETH: { token: addresses.weth, process: replay({ history, from }) },
        USDC: { price: 1, token: addresses.usdc },
      },
      protocols: { aave: aaveV3(addresses.aaveV3.addressesProvider, { watch: Object.values(accounts) }) },
      oracles: [chainlink(addresses.chainlink.ethUsd, { asset: "ETH" })],
      accounts,
      agents: [liquidators((late * 3_600) / BLOCK_TIME)],
      conditions: [noBadDebtAtTheEnd(Object.values(accounts), moments)],
    },
  };
}

async function borrowers(fork: FixtureFork): Promise<Readonly<Record<string, Address>>> {
  const { chain, addresses } = fork;
  const { weth, usdc } = addresses;
  const pool = { address: addresses.aaveV3.pool, abi: poolAbi };
  const people: Record<string, Address> = {};
  for (const [index, { collateral, debt }] of LOANS.entries()) {
    const name = `borrower ${index + 1}`;
    const borrower = await person(fork, name);
    const amount = parseUnits(String(collateral), 18);
    await give(fork, "WETH", borrower, collateral);
    await chain.write(borrower, { address: weth, abi: erc20Abi }, "approve", [pool.address, amount]);
    await chain.write(borrower, pool, "supply", [weth, amount, borrower, 0]);
    await chain.write(borrower, pool, "borrow", [usdc, parseUnits(String(debt), 6), VARIABLE, 0, borrower]);
    people[name] = borrower;
  }
  return people;
}

/** Repay as much as Aave allows of everybody's debt who is due, in each block, and keep the collateral. Honest: they are part of the world. */
function liquidators(waits: number): Agent {
  return defineAgent<{ readonly since: number | undefined }>({
    role: "liquidators",
    honest: true,
    capital: { USDC: 20_000_000 },
    native: 10_000,
    memory: { since: undefined },
    act: ({ view, self, submit, memory, remember }) => {
      const due = [...view.all(lendingMarket).values()].flatMap((market) =>
        market.positions.flatMap((position) => market.liquidations(position).slice(0, 1)),
      );
      if (due.length === 0) return;
      const since = memory.since ?? view.block;
      remember({ since });
      if (view.block < since + waits) return;
      for (const option of due) submit({ call: option.liquidate(option.maxRepay, self.address), gas: 1_000_000n });
    },
  });
}

/** Judged at the end; writes down what there is after each block. */
function noBadDebtAtTheEnd(accounts: readonly Address[], moments: Map<number, Moment>): Condition {
  return defineCondition<number, undefined>({
    id: "noBadDebtAtTheEnd",
    inspect: async ({ blocks }) => blocks,
    observe: () => constant(undefined),
    judge: ({ view, startView }, blocks) => {
      const moment = momentOf(view, startView, accounts);
      // the same in every run: prices, policies and blocks are
      if (view.block > 0) moments.set(view.block, moment);
      if (view.block < blocks || moment.badDebt < 1) return undefined;
      return {
        summary: `bad debt of $${moment.badDebt.toFixed(0)}`,
        quantities: [{ label: "bad debt", value: moment.badDebt, unit: "USD" }],
      };
    },
  });
}

function momentOf(view: View, start: View, accounts: readonly Address[]): Moment {
  const [weth, usdc] = [view.tokenOf("ETH"), view.tokenOf("USDC")].map(({ address }) => addressKey(address));
  const fair = view.price("ETH");
  const of = (which: View, account: Address): { readonly collateral: number; readonly debt: number } => {
    const position = which.at(aaveV3).accounts.get(addressKey(account));
    return {
      collateral: Number(position?.supplied.get(weth!) ?? 0n) / 1e18,
      debt: Number(position?.owed.get(usdc!) ?? 0n) / 1e6,
    };
  };
  const changes = accounts.map((account) => ({ before: of(start, account), now: of(view, account) }));
  // interest is credited, so a collateral that is less than at the start was seized
  const seized = changes.map(({ before, now }) => Math.max(0, before.collateral - now.collateral));
  return {
    block: view.block,
    fair,
    feed: Number(view.at(aaveV3).prices.get(weth!) ?? 0n) / 1e8,
    accounts: seized.filter((amount) => amount > 0).length,
    seized: seized.reduce((sum, amount) => sum + amount, 0),
    badDebt: changes.reduce((sum, { now }) => sum + Math.max(0, now.debt - now.collateral * fair), 0),
  };
}

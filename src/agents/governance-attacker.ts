import type { Governance, GovernanceProposal } from "../protocols/roles/governance.js";
import type { LendingMarket } from "../protocols/roles/lending-market.js";
import type { View } from "../view/view.js";
import type { ActContext, Agent, Intent } from "./agent.js";

import { oneOf, SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { governance } from "../protocols/roles/governance.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { isSameAddress } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";
import { fraction } from "../quantity/share.js";
import { gasCost } from "../view/gas-cost.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { bestSale, cheapestPurchase, lenderOf } from "./trading/vote-market.js";

/**
 * Gas of a whole attack (measured on OpenZeppelin 5 with a timelock: propose 68,000, vote 83,000, queue 145,000, execute
 * 121,000; and 115,000 for a swap before and for one after).
 */
const ATTACK_GAS = 650_000n;

/** It borrows votes only if its collateral is worth at least twice as much, a choice: about what lending markets require for volatile tokens. */
const COLLATERAL = 2;

/** If a larger share of its collateral has to stay for its remaining debt, withdrawing the rest is not worth a call; a choice. */
const SMALL = 0.1;

/** Options of {@link governanceAttacker}. */
export interface GovernanceAttackerOptions {
  readonly name?: string;
  /** The governance (`governor`). Default: the only one. */
  readonly governor?: string;
  /** The proposal, by its name in the governor's options. Default: the first. */
  readonly proposal?: string;
  /** What it gains when the proposal is executed, US dollars: a number from 0 to 1e15, or a function of the view. */
  readonly prize: number | ((view: View) => number);
  /** Whole tokens by asset, 0 to 1e15 each; to buy votes, or as collateral to borrow them. May include the governance token's own asset. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * What it expects to recover from votes that it bought, as a fraction of what it paid, 0 to 1. Default 0, a choice: the token
   * of a drained protocol may be worth nothing. It sells them after the vote in any case.
   */
  readonly resale?: number;
  /** Minimum profit, US dollars after the cost of votes and gas, 0 to 1e15. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
}

/**
 * Attacks a governor. It acquires the votes needed for the quorum, the proposal threshold and to outnumber those cast against
 * so far, and then proposes; holds them until the snapshot has passed; votes; repays or sells them, because from then on they
 * count without being held; and queues and executes as soon as the governor and its timelock allow it.
 *
 * It borrows the votes from the lending market with the most of them, if its collateral is worth at least twice as much, and
 * otherwise buys them from the cheapest venue. It assumes that no other account votes, as most do not, and does nothing if
 * votes cost more than the prize. Votes from a flash loan never count: snapshots are taken at the end of past blocks.
 * Beanstalk's governor had no snapshot, and lost 182 million dollars to a flash loan in April 2022; a quorum below what markets
 * sell or lend is the same flaw spread over several blocks.
 *
 * @throws SiegeError `INVALID_OPTION`, also in a run if the governor has no such proposal; in a run, `UNKNOWN_PROTOCOL`
 * @example `governanceAttacker({ proposal: "drain", prize: 2_000_000, capital: { USDC: 1_000_000 } })`
 */
export function governanceAttacker(options: GovernanceAttackerOptions): Agent {
  const known = ["name", "governor", "proposal", "prize", "capital", "resale", "minProfit"];
  requireKnown("governanceAttacker", options, known);
  const { name, governor: governorName, proposal, prize, capital, resale = 0, minProfit = 0 } = options;
  if (typeof prize !== "function") requireInRange("governanceAttacker", "prize", prize, { min: 0, max: 1e15 });
  requireInRange("governanceAttacker", "resale", resale, { min: 0, max: 1 });
  requireInRange("governanceAttacker", "minProfit", minProfit, { min: 0, max: 1e15 });
  return defineAgent({
    role: "governance attacker",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    act: (context) => {
      const dao = playerOf(context.view, governance, governorName);
      const [first = ""] = dao.proposals.keys();
      const made = dao.proposals.get(proposal ?? first) ?? unknownProposal(proposal ?? first, dao);
      const reward = typeof prize === "function" ? prize(context.view) : prize;
      const budget = reward - minProfit - gasCost(context.view, ATTACK_GAS);
      for (const intent of plan({ context, dao, proposal: made, budget, resale })) context.submit(intent);
    },
  });
}

interface Attack {
  readonly context: ActContext;
  readonly dao: Governance;
  readonly proposal: GovernanceProposal;
  /** The most that votes may cost, US dollars. */
  readonly budget: number;
  readonly resale: number;
}

function plan(attack: Attack): readonly Intent[] {
  const { context, dao, proposal } = attack;
  const { address } = context.self;
  switch (proposal.nextStep(context.view.timestamp)) {
    case "propose": {
      const missing = needed(attack) - dao.votesOf(address);
      if (missing > 0n) return acquire(attack, missing);
      return attack.budget > 0 ? [{ call: proposal.propose(), note: "proposes" }] : [];
    }
    case "hold": {
      const missing = needed(attack) - dao.votesOf(address);
      return missing > 0n ? acquire(attack, missing) : [];
    }
    case "vote":
      if (proposal.hasVoted(address)) return release(attack);
      return [{ call: proposal.support(), note: "votes" }, ...release(attack)];
    case "queue":
      return proposal.isPassing ? [{ call: proposal.queue(), note: "queues" }, ...release(attack)] : release(attack);
    case "execute":
      return proposal.isPassing
        ? [{ call: proposal.execute(), note: "executes" }, ...release(attack)]
        : release(attack);
    case "wait":
    case "over":
      return release(attack);
  }
}

/** Votes needed to propose, reach the quorum, and outnumber those against. */
function needed({ dao: { proposalThreshold }, proposal: { votesToPass } }: Attack): bigint {
  return votesToPass > proposalThreshold ? votesToPass : proposalThreshold;
}

function acquire(attack: Attack, missing: bigint): readonly Intent[] {
  const { context, dao, budget, resale } = attack;
  const { address } = context.self;
  if (budget <= 0) return [];
  // tokens that are not delegated have no voting power
  const delegation = isSameAddress(dao.delegateOf(address), address)
    ? []
    : [{ call: dao.delegate(address), note: "delegates" }];
  const idle = context.view.balance(dao.token.address, address);
  if (delegation.length > 0 && idle >= missing) return delegation;
  const borrowing = borrow(attack, missing);
  if (borrowing !== undefined) return [...delegation, borrowing];
  const purchase = cheapestPurchase(context, dao.token, missing);
  if (purchase === undefined || purchase.usd * (1 - resale) >= budget) return [];
  const { venue, pay, amountIn } = purchase;
  const swap = venue.swap({
    tokenIn: pay.address,
    tokenOut: dao.token.address,
    amountIn,
    minOut: missing,
    self: address,
  });
  return [...delegation, { call: swap, note: "buys votes" }];
}

/** Borrows votes, after supplying the collateral for them if needed. */
function borrow({ context, dao }: Attack, missing: bigint): Intent | undefined {
  const { address } = context.self;
  const market = lenderOf(context.view, dao.token, missing);
  if (market === undefined) return undefined;
  if (market.borrowable(address, dao.token.address) >= missing) {
    return { call: market.borrow(dao.token.address, missing, address), note: "borrows votes" };
  }
  const price = market.price(dao.token.address);
  if (price === undefined) return undefined;
  const worth = wholeUnits(missing, dao.token.decimals) * price;
  for (const token of market.tokens) {
    if (isSameAddress(token.address, dao.token.address)) continue;
    const held = context.view.balance(token.address, address);
    const usd = wholeUnits(held, token.decimals) * (market.price(token.address) ?? 0);
    if (usd >= COLLATERAL * worth) {
      return { call: market.supply(token.address, held, address), note: "supplies collateral" };
    }
  }
  return undefined;
}

/** Repays borrowed votes, withdraws its collateral, and sells the votes that it bought. */
function release(attack: Attack): readonly Intent[] {
  const { context, dao } = attack;
  const { address } = context.self;
  const markets = [...context.view.all(lendingMarket).values()];
  const repayments = markets.flatMap((market) => giveBack(attack, market));
  if (repayments.length > 0) return repayments;
  const token = dao.token.address;
  const bought = context.view.balance(token, address) - context.start.balance(token, address);
  const sale = bought > 0n ? bestSale(context, dao.token, bought) : undefined;
  if (sale === undefined) return [];
  const { venue, pay, amountIn } = sale;
  const call = venue.swap({ tokenIn: token, tokenOut: pay.address, amountIn, self: address });
  return [{ call, note: "sells the votes" }];
}

function giveBack({ context, dao }: Attack, market: LendingMarket): readonly Intent[] {
  const { address } = context.self;
  const position = market.positions.find(({ account }) => isSameAddress(account, address));
  if (position === undefined) return [];
  const held = context.view.balance(dao.token.address, address);
  const owes = position.debt.some(({ token }) => isSameAddress(token.address, dao.token.address));
  if (owes && held > 0n) {
    return [{ call: market.repay(dao.token.address, held, address), note: "gives the votes back" }];
  }
  // the interest remains as debt, and some collateral has to stay for it
  const kept = position.collateralUsd > 0 ? (COLLATERAL * position.debtUsd) / position.collateralUsd : 0;
  if (kept > SMALL) return [];
  return position.collateral.map(({ token, amount }) => ({
    call: market.withdraw(token.address, amount - fraction(Math.ceil(kept * 1e6), amount), address),
    note: "takes its collateral",
  }));
}

function unknownProposal(proposal: string, { proposals }: Governance): never {
  throw new SiegeError("INVALID_OPTION", {
    message: `governanceAttacker: the governor has no proposal "${proposal}".`,
    hint: oneOf([...proposals.keys()], "Name it in the governor's options."),
  });
}

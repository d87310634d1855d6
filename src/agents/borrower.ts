import type { AaveV3Account, AaveV3View } from "../protocols/aave-v3-view.js";
import type { ContractCall } from "../protocols/call.js";
import type { Token } from "../protocols/protocol.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { HEALTH_FACTOR_ONE } from "../protocols/aave-v3-view.js";
import { aaveV3 } from "../protocols/aave-v3.js";

import { defineAgent } from "./agent.js";

/** Options of {@link borrower}. */
export interface BorrowerOptions {
  readonly name?: string;
  /** The aaveV3 protocol. Default: the only one. */
  readonly lending?: string;
  /** The asset that it supplies, all it has of it at the start. */
  readonly collateral: string;
  /** The asset that it borrows. */
  readonly debt: string;
  /** How much collateral it has, whole tokens, 0 to 1e15. */
  readonly capital: number;
  /**
   * Debt as a fraction of the collateral's value, 0.001 to 1, at most what Aave lends. Default 0.7: three quarters of
   * the way to liquidation at mainnet's threshold for ether in 2024 (0.83), less a margin.
   */
  readonly ltv?: number;
  /**
   * The health factor, 1 to 100, below which it repays with what it borrowed until its debt is at `ltv` again. Default:
   * never.
   */
  readonly repayBelow?: number;
}

/**
 * Opens a position on Aave V3: supplies its collateral, borrows a block later, and holds. With `repayBelow` it defends
 * the position; without, it walks away.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.78 })`
 */
export function borrower(options: BorrowerOptions): Agent {
  requireKnown("borrower", options, ["name", "lending", "collateral", "debt", "capital", "ltv", "repayBelow"]);
  const { name, lending: lendingName, collateral, debt, capital, ltv = 0.7, repayBelow } = options;
  requireInRange("borrower", "capital", capital, { min: 0, max: 1e15 });
  requireInRange("borrower", "ltv", ltv, { min: 0.001, max: 1 });
  if (repayBelow !== undefined) requireInRange("borrower", "repayBelow", repayBelow, { min: 1, max: 100 });
  return defineAgent({
    role: "borrower",
    ...(name === undefined ? {} : { name }),
    capital: { [collateral]: capital },
    act: (context) => {
      const { view, self, submit } = context;
      const lending = view.at(aaveV3, lendingName);
      const account = lending.accounts.get(self.address.toLowerCase());
      if (account === undefined) return;
      const token = view.tokenOf(debt);
      const call =
        supply(lending, view.tokenOf(collateral), context) ??
        borrow({ lending, account, token, ltv }, context) ??
        repay({ lending, account, token, ltv }, repayBelow, context);
      if (call !== undefined) submit(call);
    },
  });
}

interface Position {
  readonly lending: AaveV3View;
  readonly account: AaveV3Account;
  /** The debt's. */
  readonly token: Token;
  readonly ltv: number;
}

/** Once: as long as all that it started with is still there. */
function supply(lending: AaveV3View, { address }: Token, { view, start, self }: ActContext): ContractCall | undefined {
  const held = view.balance(address, self.address);
  return held === 0n || held < start.balance(address, self.address)
    ? undefined
    : lending.supply(address, held, self.address);
}

/** Once: as long as it owes nothing and has nothing that it could have borrowed. */
function borrow(position: Position, { view, start, self }: ActContext): ContractCall | undefined {
  const { lending, account, token, ltv } = position;
  const { address } = token;
  const hasBorrowed = view.balance(address, self.address) > start.balance(address, self.address);
  if (account.collateralBase === 0n || account.debtBase > 0n || hasBorrowed) return undefined;
  const wanted = amountOf(position, share(account.collateralBase, ltv));
  const most = lending.maxBorrowable(account, address);
  const amount = wanted < most ? wanted : most;
  return amount === 0n ? undefined : lending.borrow(address, amount, self.address);
}

function repay(position: Position, below: number | undefined, { view, self }: ActContext): ContractCall | undefined {
  const { lending, account, token, ltv } = position;
  if (below === undefined || account.debtBase === 0n) return undefined;
  if (account.healthFactor >= share(HEALTH_FACTOR_ONE, below)) return undefined;
  const excess = account.debtBase - share(account.collateralBase, ltv);
  const wanted = excess > 0n ? amountOf(position, excess) : 0n;
  const held = view.balance(token.address, self.address);
  const amount = wanted < held ? wanted : held;
  return amount === 0n ? undefined : lending.repay(token.address, amount, self.address);
}

/** Base units of the debt's token for a value in the market's base currency. */
function amountOf({ lending, token }: Position, base: bigint): bigint {
  const price = lending.prices.get(token.address.toLowerCase()) ?? 0n;
  return price === 0n ? 0n : (base * 10n ** BigInt(token.decimals)) / price;
}

/** A multiple, to six digits. */
function share(amount: bigint, factor: number): bigint {
  return (amount * BigInt(Math.round(factor * 1_000_000))) / 1_000_000n;
}

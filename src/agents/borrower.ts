import type { AaveV3View } from "../protocols/aave-v3.js";
import type { ActContext, Agent } from "./agent.js";

import { parseUnits } from "viem";

import { requireInRange, requireKnown } from "../options.js";
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
  /** How much of it, whole tokens. */
  readonly capital: number;
  /** Debt as a fraction of the collateral's value, above 0 and at most 1; Aave's own limit applies. Default 0.7. */
  readonly ltv?: number;
}

/**
 * Opens a position on Aave V3: supplies its collateral in the first block, borrows in the second, and walks away.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.78 })`
 */
export function borrower(options: BorrowerOptions): Agent {
  requireKnown("borrower", options, ["name", "lending", "collateral", "debt", "capital", "ltv"]);
  const { name, lending: lendingName, collateral, debt, capital, ltv = 0.7 } = options;
  requireInRange("borrower", "capital", capital, { min: 0, max: 1e15 });
  requireInRange("borrower", "ltv", ltv, { min: 0.001, max: 1 });
  return defineAgent({
    role: "borrower",
    ...(name === undefined ? {} : { name }),
    capital: { [collateral]: capital },
    act: (context) => {
      const { view, submit } = context;
      const lending = view.at(aaveV3, lendingName);
      const call = view.block === 1 ? supply(lending, collateral, context) : borrow(lending, debt, ltv, context);
      if (call !== undefined) submit(call);
    },
  });
}

function supply(lending: AaveV3View, asset: string, { view, self }: ActContext) {
  const token = view.tokenOf(asset).address;
  const amount = view.balance(token, self.address);
  return amount === 0n ? undefined : lending.supply(token, amount, self.address);
}

function borrow(lending: AaveV3View, asset: string, ltv: number, { view, self }: ActContext) {
  const account = lending.accounts.get(self.address.toLowerCase());
  if (view.block !== 2 || account === undefined || account.collateralBase === 0n) return undefined;
  const token = view.tokenOf(asset);
  const price = lending.prices.get(token.address.toLowerCase()) ?? 0n;
  if (price === 0n) return undefined;
  const wanted = parseUnits(
    ((Number(account.collateralBase) * ltv) / Number(price)).toFixed(token.decimals),
    token.decimals,
  );
  return lending.borrow(token.address, wanted, self.address);
}

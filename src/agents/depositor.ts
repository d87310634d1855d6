import type { ContractCall } from "../protocols/call.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireText } from "../options.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { shareVault } from "../protocols/roles/share-vault.js";
import { least, shareOf } from "../view/dollars.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** The smallest share of its deposit that it tries to withdraw after failed withdrawals; a choice. */
const SMALLEST_PART = 1 / 1024;

/** Options of {@link depositor}. */
export interface DepositorOptions {
  readonly name?: string;
  /** The share vault (`erc4626`) into which it deposits. Default: the only one, unless it uses a market. */
  readonly vault?: string;
  /** The lending market into which it deposits, instead of a vault. */
  readonly market?: string;
  /** The asset that it deposits. */
  readonly asset: string;
  /** How much of it, whole tokens, 0 to 1e15. */
  readonly capital: number;
  /**
   * Runs when other accounts have withdrawn more than this fraction of their peak deposits, 0 to 1. Default 0.24: the
   * withdrawals requested from Silicon Valley Bank on 9 March 2023, before it was closed (42 of 175.4 billion dollars;
   * California's Department of Financial Protection and Innovation, 10 March 2023).
   */
  readonly withdrawals?: number;
  /** Runs when the share price is this fraction below its peak, 0 to 1; vaults only. Default 0.01, a choice. */
  readonly sharePriceDrop?: number;
  /** Runs when utilisation is above this fraction, 0 to 1; markets only. Default 0.95, a choice. */
  readonly utilisation?: number;
  /**
   * The probability, in each block, that it needs its money for reasons of its own, 0 to 1: what makes a depositor impatient in
   * Diamond & Dybvig. Default 0, a choice: it only runs because of others.
   */
  readonly impatience?: number;
  /** Priority fee of its withdrawals, gwei, 0 to 1e6: higher fees are served first. Default 1, as other agents'. */
  readonly tip?: number;
}

/** What it knows of the past. */
interface Past {
  /** The peak of other accounts' deposits, in the bank's units. */
  readonly others: number;
  /** The peak share price. */
  readonly sharePrice: number;
  readonly isRunning: boolean;
  /** Its deposit when it tried to withdraw in the last block, and the share of it that it asked for. */
  readonly asked: { readonly had: bigint; readonly part: number } | undefined;
}

/**
 * A depositor of an ERC-4626 vault or a lending market who joins a bank run (Diamond & Dybvig 1983, *Bank Runs, Deposit
 * Insurance, and Liquidity*). It deposits in the first block and waits. It withdraws everything once it needs its money
 * (`impatience`), or once it fears that late withdrawals will fail: other accounts have withdrawn more than `withdrawals`, the
 * share price has dropped by more than `sharePriceDrop`, or more than `utilisation` is lent out. Withdrawals are first come,
 * first served: if one fails, it asks for half in the next block, and so on.
 *
 * Several depositors with different thresholds make a run that feeds itself; an impatient one starts it.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `depositor({ vault: "vault", asset: "USDC", capital: 50_000, withdrawals: 0.1 })`
 */
export function depositor(options: DepositorOptions): Agent {
  const fears = ["withdrawals", "sharePriceDrop", "utilisation", "impatience"];
  requireKnown("depositor", options, ["name", "vault", "market", "asset", "capital", ...fears, "tip"]);
  const { name, asset, capital, withdrawals = 0.24, sharePriceDrop = 0.01, utilisation = 0.95 } = options;
  const { vault, market, impatience = 0, tip = 1 } = options;
  requireText("depositor", "asset", asset);
  if (vault !== undefined) requireText("depositor", "vault", vault);
  if (market !== undefined) requireText("depositor", "market", market);
  if (vault !== undefined && market !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: 'depositor: both "vault" and "market" are given.',
      hint: "Name one; let a second depositor use the other.",
    });
  }
  requireInRange("depositor", "capital", capital, { min: 0, max: 1e15 });
  requireInRange("depositor", "withdrawals", withdrawals, { min: 0, max: 1 });
  requireInRange("depositor", "sharePriceDrop", sharePriceDrop, { min: 0, max: 1 });
  requireInRange("depositor", "utilisation", utilisation, { min: 0, max: 1 });
  requireInRange("depositor", "impatience", impatience, { min: 0, max: 1 });
  requireInRange("depositor", "tip", tip, { min: 0, max: 1e6 });
  return defineAgent<Past>({
    role: "depositor",
    ...(name === undefined ? {} : { name }),
    capital: { [asset]: capital },
    memory: { others: 0, sharePrice: 0, isRunning: false, asked: undefined },
    act: ({ view, self, random, submit, memory, remember }) => {
      const bank =
        market === undefined ? vaultOf(view, vault, self.address) : marketOf(view, market, asset, self.address);
      const others = Math.max(memory.others, Number(bank.others));
      const sharePrice = Math.max(memory.sharePrice, bank.sharePrice);
      const isRunning =
        memory.isRunning ||
        random.next() < impatience ||
        Number(bank.others) < others * (1 - withdrawals) ||
        bank.sharePrice < sharePrice * (1 - sharePriceDrop) ||
        bank.utilisation > utilisation;
      if (view.block === 1) {
        const amount = view.balance(bank.token.address, self.address);
        if (amount > 0n && !isRunning) submit(bank.deposit(amount));
      }
      const part = partOf(bank.own, memory.asked);
      const amount = least(shareOf(bank.own, part), bank.available);
      const asks = isRunning && amount > 0n;
      if (asks) {
        submit({ call: bank.withdraw(amount), tip: BigInt(Math.round(tip * 1e9)), note: "runs on the bank" });
      }
      remember({ others, sharePrice, isRunning, asked: asks ? { had: bank.own, part } : undefined });
    },
  });
}

/** The share that it asks for next: half after a failed withdrawal, twice after a successful one. */
function partOf(own: bigint, asked: Past["asked"]): number {
  if (asked === undefined) return 1;
  return own < asked.had ? Math.min(1, asked.part * 2) : Math.max(SMALLEST_PART, asked.part / 2);
}

/** A vault or market that owes its depositors money, as one of them sees it. */
interface Bank {
  readonly token: Token;
  /** The depositor's claims, in the bank's units: shares of a vault, base units in a market. */
  readonly own: bigint;
  readonly others: bigint;
  /** The most that can be withdrawn, in the bank's units, where that is known. */
  readonly available: bigint;
  /** Whole units of the asset per whole share; always 1 in a market. */
  readonly sharePrice: number;
  /** Utilisation: the share of deposits that is lent out; always 0 for a vault, which does not report it. */
  readonly utilisation: number;
  deposit(amount: bigint): ContractCall;
  /** @param amount - in the bank's units */
  withdraw(amount: bigint): ContractCall;
}

function vaultOf(view: View, name: string | undefined, self: `0x${string}`): Bank {
  const vault = playerOf(view, shareVault, name);
  const own = vault.sharesOf(self);
  return {
    token: vault.asset,
    own,
    others: vault.totalSupply - own,
    available: own,
    sharePrice: vault.sharePrice,
    utilisation: 0,
    deposit: (amount) => vault.deposit(amount, self),
    withdraw: (amount) => vault.redeem(amount, self),
  };
}

function marketOf(view: View, name: string, asset: string, self: `0x${string}`): Bank {
  const market = playerOf(view, lendingMarket, name);
  const token = view.tokenOf(asset);
  const own = market.supplied(self, token.address);
  const { supplied, available } = market.liquidity(token.address);
  return {
    token,
    own,
    others: supplied > own ? supplied - own : 0n,
    available,
    sharePrice: 1,
    utilisation: supplied === 0n ? 0 : 1 - Number(available) / Number(supplied),
    deposit: (amount) => market.supply(token.address, amount, self),
    withdraw: (amount) => market.withdraw(token.address, amount, self),
  };
}

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

/** Of what it asks for when even that is refused, it asks for no smaller part; a choice. */
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
   * Runs when others have withdrawn more than this part of what they had at most, 0 to 1. Default 0.24: what was asked back
   * from Silicon Valley Bank on 9 March 2023, before it was closed (42 of 175.4 billion dollars; California's Department of
   * Financial Protection and Innovation, 10 March 2023).
   */
  readonly withdrawals?: number;
  /** Runs when a share is worth this part less than at its best, 0 to 1; vaults only. Default 0.01, a choice. */
  readonly sharePriceDrop?: number;
  /** Runs when more than this part of what was supplied is borrowed, 0 to 1; markets only. Default 0.95, a choice. */
  readonly utilisation?: number;
  /**
   * The probability, in each block, that it needs its money for reasons of its own, 0 to 1: what makes a depositor impatient
   * in Diamond & Dybvig. Default 0, a choice: it runs from others only.
   */
  readonly impatience?: number;
  /** Priority fee of its withdrawals, gwei, 0 to 1e6: who offers more is served first. Default 1, as everybody's. */
  readonly tip?: number;
}

/** What it knows of the past. */
interface Past {
  /** What others had deposited at most, in the bank's units. */
  readonly others: number;
  /** The best price of a share. */
  readonly sharePrice: number;
  readonly isRunning: boolean;
  /** What it had when it asked for its money in the last block, and the part of it that it asked for. */
  readonly asked: { readonly had: bigint; readonly part: number } | undefined;
}

/**
 * A depositor of an ERC-4626 vault or a lending market, who runs if others do (Diamond & Dybvig 1983, *Bank Runs, Deposit
 * Insurance, and Liquidity*). It deposits in the first block and waits. It asks for all its money back once it needs it
 * (`impatience`), or once it has to fear that there will be none for those who come late: others have withdrawn more than
 * `withdrawals`, a share has lost more than `sharePriceDrop`, or more than `utilisation` is lent out. Those are served first
 * who come first: if all is refused, it asks for half in the next block, and so on.
 *
 * Several depositors with different thresholds make a run that feeds itself; one that is impatient starts it.
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

/** What it asks for: half of what was refused, twice what was paid. */
function partOf(own: bigint, asked: Past["asked"]): number {
  if (asked === undefined) return 1;
  return own < asked.had ? Math.min(1, asked.part * 2) : Math.max(SMALLEST_PART, asked.part / 2);
}

/** Somebody who owes its depositors money, as one of them sees it. */
interface Bank {
  readonly token: Token;
  /** The depositor's claims, in the bank's units: shares of a vault, base units in a market. */
  readonly own: bigint;
  readonly others: bigint;
  /** What can be withdrawn at all, in the bank's units, where that is known. */
  readonly available: bigint;
  /** Whole units of the asset for a whole share; always 1 in a market. */
  readonly sharePrice: number;
  /** What part of the deposits is lent out; always 0 in a vault, which does not say. */
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

import type { Address } from "viem";

import type { OpenCall } from "../../protocols/open-amount.js";
import type { Attempt, Standstill } from "./standstill.js";

import { withFound } from "../../protocols/open-amount.js";

/** From one amount of the ladder to the next. */
const RUNG = 4n;
const RUNGS = 10;

/** Factors by which the best amount of the ladder is improved. */
const FINER = [2, 1.41, 1.19, 1.09, 1.04];

const SCALE = 1_000_000;

/**
 * The outsider's call with the amount that pays best, by trying: profits have one top, between an amount that earns little and one
 * that moves a price too far. `undefined` if the state does not accept the call. One that only pays, whatever the amount, is tried
 * with the largest.
 */
export async function largestProfit(
  standstill: Standstill,
  self: Address,
  open: OpenCall,
): Promise<Attempt | undefined> {
  const accepted = await standstill.accepted(self, open);
  if (accepted === undefined) return undefined;
  const first = await standstill.made(self, accepted.call);
  if (first?.success !== true) return undefined;
  if (!first.change.gets || open.open === undefined) return first;
  let best = { amount: accepted.amount, attempt: first };
  const tried = new Set([accepted.amount]);
  const climb = async (amount: bigint): Promise<boolean> => {
    if (amount < 1n || amount > accepted.amount || tried.has(amount)) return false;
    tried.add(amount);
    const attempt = await standstill.made(self, withFound(open, amount));
    if (attempt?.success !== true || attempt.change.dollars <= best.attempt.change.dollars) return false;
    best = { amount, attempt };
    return true;
  };
  let worse = 0;
  for (let rung = 1; rung <= RUNGS && worse < 2; rung++) {
    const isBetter = await climb(accepted.amount / RUNG ** BigInt(rung));
    worse = isBetter || best.attempt.change.dollars < 0 ? 0 : worse + 1;
  }
  // no amount of it pays
  if (best.attempt.change.dollars <= 0) return best.attempt;
  for (const factor of FINER) {
    const { amount } = best;
    if (!(await climb(scaled(amount, factor)))) await climb(scaled(amount, 1 / factor));
  }
  return best.attempt;
}

function scaled(amount: bigint, factor: number): bigint {
  return (amount * BigInt(Math.round(factor * SCALE))) / BigInt(SCALE);
}

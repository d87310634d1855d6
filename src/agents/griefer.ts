import type { ContractCall } from "../protocols/call.js";
import type { ActContext, Agent } from "./agent.js";

import { parseAbi } from "viem";

import { requireInRange, requireKnown } from "../options.js";
import { call } from "../protocols/call.js";

import { defineAgent } from "./agent.js";

/** The most that a transaction may take (EIP-7825). */
const MAX_GAS = 16_777_216;

/** Gas of one of many calls, a choice: a few storage writes. */
const SPAM_GAS = 200_000;

/** Gas of a transaction that only burns it, a choice. */
const PIECE = 1_000_000;

/** What a gas is paid above what it costs, wei: the engine's default tip. */
const DEFAULT_TIP = 1_000_000_000n;

/**
 * A call that uses up all of its gas: the precompile of BLAKE2b's compression fails on anything but 213 bytes, and a
 * precompile that fails keeps its gas (EIP-152).
 */
const BURN = call({
  address: "0x0000000000000000000000000000000000000009",
  abi: parseAbi(["function burn()"]),
  functionName: "burn",
});

/** Calls that are made for their number. */
export interface Spam {
  /** What is called: a request for the least amount, a position of dust. */
  readonly call: ContractCall;
  /** How often in a block, 1 to 1,000. */
  readonly times: number;
  /** Gas limit of one, 21,000 to 16,777,216. Default 200,000, a choice: a few storage writes. */
  readonly gas?: number;
}

/** Options of {@link griefer}. At least one of `spam` and `burns`. */
export interface GrieferOptions {
  readonly name?: string;
  /** Whole tokens by asset, 0 to 1e15 each: what the calls take. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Its budget for gas, whole native coin, 0 to 1e12. Default 100, as every agent's. */
  readonly native?: number;
  readonly spam?: Spam;
  /** Gas that it uses up in a block for nothing, to keep others out, 21,000 to 1e9. Default: none. */
  readonly burns?: number;
  /** What it pays for its place above the base fee, wei a gas. Default 1 gwei, as everybody's. */
  readonly tip?: bigint;
  /** The block in which it begins, 1 to 1e6. Default 1, a choice. */
  readonly at?: number;
  /** For how many blocks, 1 to 1e6. Default: until its budget is spent. */
  readonly blocks?: number;
}

/**
 * Somebody who pays to do harm, and gains nothing in the protocol: fills a queue or a list with so many entries that nobody can
 * work it off (GovernMental's 1,100 ether could not be paid out because the list of creditors took more gas than a block holds,
 * April 2016), or blocks with gas, so that others' transactions are late (Fomo3D's jackpot of 10,469 ether, 22 August 2018).
 * In each of `blocks` blocks from `at` on it makes `spam.times` calls, and burns `burns` gas in pieces of a million. It has no
 * view of profit: it stops when it cannot pay for a block of it, `gas · (base fee + tip)`.
 *
 * Empty blocks become full ones, and the base fee of a scenario without a demand for block space does not rise by it: what it pays
 * is a lower bound of what it would.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `griefer({ spam: { call: call({ address: queue, abi, functionName: "request", args: [1n] }), times: 200 } })`
 */
export function griefer(options: GrieferOptions): Agent {
  const own = ["spam", "burns", "tip", "at", "blocks"];
  requireKnown("griefer", options, ["name", "capital", "native", ...own]);
  const { spam, burns = 0, tip = DEFAULT_TIP, at = 1, blocks = 1e6, ...rest } = options;
  if (spam !== undefined) {
    requireKnown("griefer: spam", spam, ["call", "times", "gas"]);
    requireInRange("griefer", "spam.times", spam.times, { min: 1, max: 1_000, kind: "integer" });
    requireInRange("griefer", "spam.gas", spam.gas ?? SPAM_GAS, { min: 21_000, max: MAX_GAS, kind: "integer" });
  }
  if (spam === undefined || burns !== 0) {
    requireInRange("griefer", "burns", burns, { min: 21_000, max: 1e9, kind: "integer" });
  }
  requireInRange("griefer", "at", at, { min: 1, max: 1e6, kind: "integer" });
  requireInRange("griefer", "blocks", blocks, { min: 1, max: 1e6, kind: "integer" });
  const calls = [...spamCalls(spam), ...burningCalls(burns)];
  const gasOfAll = calls.reduce((sum, { gas }) => sum + gas, 0n);
  return defineAgent({
    role: "griefer",
    ...rest,
    act: ({ view, self, submit }: ActContext) => {
      if (view.block < at || view.block >= at + blocks) return;
      if (view.nativeBalance(self.address) < gasOfAll * (view.baseFee + tip)) return;
      for (const one of calls) submit({ ...one, tip, note: "griefs" });
    },
  });
}

interface Paid {
  readonly call: ContractCall;
  readonly gas: bigint;
}

function spamCalls(spam: Spam | undefined): readonly Paid[] {
  if (spam === undefined) return [];
  const one = { call: spam.call, gas: BigInt(spam.gas ?? SPAM_GAS) };
  return Array.from({ length: spam.times }, () => one);
}

/** Small pieces: what others leave of a block is filled, too. */
function burningCalls(gas: number): readonly Paid[] {
  const count = Math.ceil(gas / PIECE);
  return Array.from({ length: count }, () => ({ call: BURN, gas: BigInt(Math.floor(gas / count)) }));
}

import type { ContractCall } from "../protocols/call.js";
import type { ActContext, Agent } from "./agent.js";

import { parseAbi } from "viem";

import { requireInRange, requireKnown } from "../options.js";
import { call } from "../protocols/call.js";

import { defineAgent } from "./agent.js";

/** The gas limit of a transaction (EIP-7825). */
const MAX_GAS = 16_777_216;

/** Gas limit of one of many calls, a choice: a few storage writes. */
const SPAM_GAS = 200_000;

/** Gas limit of a transaction that only burns gas, a choice. */
const PIECE = 1_000_000;

/** Priority fee, wei per unit of gas: the engine's default tip. */
const DEFAULT_TIP = 1_000_000_000n;

/**
 * A call that uses up all of its gas: the BLAKE2b compression precompile fails on any input other than 213 bytes, and a failing
 * precompile consumes its gas (EIP-152).
 */
const BURN = call({
  address: "0x0000000000000000000000000000000000000009",
  abi: parseAbi(["function burn()"]),
  functionName: "burn",
});

/** Calls that do harm by their number. */
export interface Spam {
  /** The call: a request for the smallest amount, a dust position. */
  readonly call: ContractCall;
  /** Calls per block, 1 to 1,000. */
  readonly times: number;
  /** Gas limit of one call, 21,000 to 16,777,216. Default 200,000, a choice: a few storage writes. */
  readonly gas?: number;
}

/** Options of {@link griefer}. At least one of `spam` and `burns`. */
export interface GrieferOptions {
  readonly name?: string;
  /** Whole tokens by asset, 0 to 1e15 each: what the calls spend. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Its budget for gas, whole native coin, 0 to 1e12. Default 100, as other agents'. */
  readonly native?: number;
  readonly spam?: Spam;
  /** Gas that it burns per block to keep other transactions out, 21,000 to 1e9. Default: none. */
  readonly burns?: number;
  /** Priority fee, wei per unit of gas. Default 1 gwei, as other agents'. */
  readonly tip?: bigint;
  /** The block in which it begins, 1 to 1e6. Default 1, a choice. */
  readonly at?: number;
  /** For how many blocks, 1 to 1e6. Default: until its budget is spent. */
  readonly blocks?: number;
}

/**
 * Pays to do harm, and gains nothing in the protocol. It fills a queue or a list with so many entries that it can no longer be
 * processed (GovernMental's 1,100 ether could not be paid out because clearing the list of creditors took more gas than a block
 * holds, April 2016), or fills blocks with gas to delay other transactions (Fomo3D's jackpot of 10,469 ether, 22 August 2018).
 * In each of `blocks` blocks from `at` on it makes `spam.times` calls, and burns `burns` gas in pieces of a million. It does
 * not look at profit: it stops when it cannot pay for another block, `gas · (base fee + tip)`.
 *
 * Empty blocks become full, but in a scenario without block-space demand the base fee does not rise in response: its cost is a
 * lower bound of the real one.
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

/** In small pieces, which also fill the gaps that other transactions leave in a block. */
function burningCalls(gas: number): readonly Paid[] {
  const count = Math.ceil(gas / PIECE);
  return Array.from({ length: count }, () => ({ call: BURN, gas: BigInt(Math.floor(gas / count)) }));
}

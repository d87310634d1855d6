import type { Address } from "viem";

import type { Agent } from "../agents/agent.js";
import type { ContractCall } from "../protocols/call.js";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireText, shown } from "../options.js";

/**
 * How a protocol fails: transactions that really happen on the chain, in one block of a path. At least one of `calls`, `agents` and
 * `prices`. Nobody plays it but `siege.contagion`.
 */
export interface Shock {
  /** How it reads in reports, after the protocol's name: `sells all of its collateral`. Default: what is called, who acts, what moves. */
  readonly words?: string;
  /**
   * Calls, in order, before everybody else's of the block: the owner withdraws the liquidity, sells the collateral, writes a loan off.
   * 1 to 20.
   */
  readonly calls?: ContractCall | readonly ContractCall[];
  /** Who makes the calls. It needs no key and no ether. Default: what `owner()` of the first called contract returns. */
  readonly as?: Address;
  /** Agents with a policy, who take part in paths with this shock only: a `panicSeller` of the collateral, a leaving crowd. */
  readonly agents?: readonly Agent[];
  /** By how much fair prices change at once, as fractions above -1: `{ STABLE: -0.3 }`. Of assets without a process only. */
  readonly prices?: Readonly<Record<string, number>>;
}

/** A shock of a scenario, complete. */
export interface BuiltShock {
  readonly words: string;
  readonly calls: readonly ContractCall[];
  readonly as?: Address;
  /** By name. */
  readonly agents: ReadonlyMap<string, Agent>;
  readonly prices: Readonly<Record<string, number>>;
}

/** A block has room for them, and a report, too. */
const MOST_CALLS = 20;

/**
 * Describes how a protocol of a scenario fails: `shocks: { lending: shock({ calls }) }`.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * shocks: {
 *   left: shock({ calls: call({ address: left, abi, functionName: "liquidate" }) }),
 *   right: shock({ agents: [panicSeller({ asset: "ETH", capital: { ETH: 500 }, drop: 0.001, share: 1 })] }),
 * }
 * ```
 */
export function shock(options: Shock): Shock {
  requireKnown("shock", options, ["words", "calls", "as", "agents", "prices"]);
  const { words, calls, as, agents, prices } = options;
  if (words !== undefined) requireText("shock", "words", words);
  if (calls !== undefined) {
    const list = callsIn(options);
    if (list.length === 0 || list.length > MOST_CALLS || !list.every(isCall)) {
      throw invalid(
        "calls",
        calls,
        `List 1 to ${MOST_CALLS} calls: calls: call({ address, abi, functionName, args }).`,
      );
    }
  }
  if (as !== undefined && !(typeof as === "string" && isAddress(as, { strict: false }) && calls !== undefined)) {
    throw invalid("as", as, "It must be the address of the account that makes the calls, which it needs.");
  }
  if (agents !== undefined && !(Array.isArray(agents) && agents.length > 0)) {
    throw invalid("agents", agents, "List agents with a policy: agents: [panicSeller({ … })].");
  }
  if (prices !== undefined) {
    const given: unknown = prices;
    if (typeof given !== "object" || given === null || Object.keys(given).length === 0) {
      throw invalid("prices", prices, "Say by how much each changes: prices: { STABLE: -0.3 }.");
    }
    for (const [asset, change] of Object.entries(prices)) {
      requireInRange("shock", `prices.${asset}`, change, { min: -0.999999, max: 1_000 });
    }
  }
  if (calls === undefined && agents === undefined && prices === undefined) {
    throw invalid("calls", undefined, "Say how the protocol fails: calls, agents or prices.");
  }
  return Object.freeze({ ...options });
}

/** The calls of a shock, as a list. */
export function callsIn({ calls = [] }: Pick<Shock, "calls">): readonly ContractCall[] {
  return Array.isArray(calls) ? (calls as readonly ContractCall[]) : [calls as ContractCall];
}

function isCall(value: unknown): boolean {
  return typeof value === "object" && value !== null && "to" in value && "function" in value && "args" in value;
}

function invalid(option: string, value: unknown, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message: `shock: "${option}" is ${shown(value)}.`, hint });
}

import type { Address } from "viem";

import type { ActContext, Intent } from "../../agents/agent.js";
import type { ContractCall } from "../../protocols/call.js";
import type { EventValues } from "../../scenario/event-values.js";
import type { EventName } from "../../scenario/event.js";

import { isAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { encodeCall } from "../../protocols/call.js";

/** An intent with its agent. */
export interface AgentIntent {
  /** The agent's name; for an event, the actor's. */
  readonly agent: string;
  readonly from: Address;
  readonly intent: Intent;
  /**
   * Where it comes from: its agent's policy, a free move, an event of a scenario's own kind, or a trace. Transactions of events
   * and traces are always included, whatever others pay.
   */
  readonly origin: "policy" | "move" | "event" | "trace";
  /** Of a policy's call: which of those that the policy submits in this block, counted from 0. */
  readonly nth?: number;
  /** For free moves: the names of the action and of those within its flash loan, in order; `undefined` for calls without a move. */
  readonly actions?: readonly (string | undefined)[];
  /** What the calls of free moves were built from, like {@link AgentIntent.actions}. */
  readonly operands?: readonly (readonly number[])[];
  /** Of a free move: set if its call paid its agent native coin, fees aside, when it was tried, which calls the agent back. */
  readonly isPaidCoin?: true;
  /** The moves behind a free move, like {@link AgentIntent.actions}. */
  readonly genes?: readonly object[];
  /** The event behind it, if no agent sends it. */
  readonly event?: { readonly kind: EventName; readonly values: EventValues };
}

/** Whether a transaction has to bid for its place and to reach the builder, as those of agents do. */
export function bidsForItsPlace({ origin }: AgentIntent): boolean {
  return origin === "policy" || origin === "move";
}

/** Priority fee of an intent that names none: 1 gwei, what wallets suggest on a calm day. */
export const DEFAULT_TIP = 1_000_000_000n;

/** Gas limit of an intent that names none: enough for a liquidation on Aave V3 (about 500,000) with room. */
export const DEFAULT_GAS = 2_000_000n;

/** The cap of EIP-7825, which EDR enforces. */
export const MAX_GAS = 16_777_216n;

const MIN_GAS = 21_000n;

/**
 * Checks what an agent submitted and fills in the defaults.
 *
 * @throws SiegeError `INVALID_INTENT` with the agent's name and what is wrong
 */
export function checkIntent(
  agent: string,
  submitted: ContractCall | Intent,
): Required<Pick<Intent, "call" | "tip" | "gas">> & Intent {
  const garbage = (what: string, cause?: unknown): SiegeError =>
    new SiegeError("INVALID_INTENT", {
      message: `The agent "${agent}" submitted ${what}.`,
      hint: "Submit call({ address, abi, functionName, args }) or { call, tip, gas }.",
      ...(cause === undefined ? {} : { cause }),
    });
  // a user's policy may pass anything
  const value: unknown = submitted;
  if (typeof value !== "object" || value === null) throw garbage(`${String(value)} instead of a call`);
  const intent: Intent = "call" in submitted ? submitted : { call: submitted };
  const { call, tip = DEFAULT_TIP, gas = DEFAULT_GAS } = intent;
  if (typeof call !== "object" || typeof call.to !== "string" || !isAddress(call.to, { strict: false })) {
    throw garbage(`a call to ${String((call as { to?: unknown } | undefined)?.to)}, which is not an address`);
  }
  if (typeof (call.function as unknown) !== "object") throw garbage("a call without a function");
  if (typeof tip !== "bigint" || tip < 0n)
    throw garbage(`a tip of ${String(tip)}; it must be a bigint ≥ 0, in wei per unit of gas`);
  if (typeof gas !== "bigint" || gas < MIN_GAS || gas > MAX_GAS) {
    throw garbage(`a gas limit of ${String(gas)}; it must be a bigint from ${MIN_GAS} to ${MAX_GAS}`);
  }
  if (call.value !== undefined && (typeof call.value !== "bigint" || call.value < 0n)) {
    throw garbage(`a value of ${String(call.value)}; it must be a bigint ≥ 0, in wei`);
  }
  try {
    encodeCall(call);
  } catch (error) {
    throw garbage(`arguments that ${call.function.name}() does not take`, error);
  }
  return { ...intent, call, tip, gas };
}

/** Calls a policy and collects what it submits. */
export function collectIntents(
  agent: string,
  act: (context: ActContext) => unknown,
  context: Omit<ActContext, "submit">,
): readonly Intent[] {
  const intents: Intent[] = [];
  let returned: unknown;
  try {
    returned = act({ ...context, submit: (submitted) => void intents.push(checkIntent(agent, submitted)) });
  } catch (error) {
    if (SiegeError.isSiegeError(error)) throw error;
    throw new SiegeError("AGENT_FAILED", {
      message: `The policy of the agent "${agent}" threw in block ${context.view.block}: ${error instanceof Error ? error.message : String(error)}.`,
      hint: "Policies must not throw; submit nothing if there is nothing to do.",
      cause: error,
    });
  }
  if (returned instanceof Promise) {
    // its rejection would otherwise surface as a second, unrelated failure
    returned.catch(() => undefined);
    throw new SiegeError("AGENT_FAILED", {
      message: `The policy of the agent "${agent}" is asynchronous.`,
      hint: "Make act() synchronous: all it may know is in `view`, so that runs replay exactly.",
    });
  }
  return intents;
}

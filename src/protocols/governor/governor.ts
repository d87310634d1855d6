import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { ProtocolFactory } from "../protocol.js";
import type { GovernedCalls } from "./proposals.js";
import type { GovernorFacts, GovernorView } from "./view.js";

import { zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { distinctAddresses } from "../../quantity/address.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, read } from "../read-plan.js";
import { governance } from "../roles/governance.js";
import { plays } from "../roles/role.js";

import { governorAbi } from "./abi.js";
import { governorActions } from "./actions.js";
import { governorCalls } from "./calls.js";
import { governorGovernance } from "./governance.js";
import { proposalOf } from "./proposals.js";
import { governorPlan } from "./view.js";

/** Options of {@link governor}. */
export interface GovernorOptions {
  /**
   * The calls that can be proposed, by name. A proposal's id follows from its name and its calls, so these are the proposals
   * of a run, and each can be made once.
   */
  readonly proposals: Readonly<Record<string, GovernedCalls>>;
  /** The token whose votes count. Default: the governor's `token()`. */
  readonly token?: Address;
}

/**
 * An OpenZeppelin Governor (https://docs.openzeppelin.com/contracts/5.x/governance) from version 4.9 on, with simple counting,
 * with or without a timelock, whose clock counts blocks or seconds (ERC-6372).
 *
 * Agents delegate their votes to themselves before the siege. Free moves: `delegate`, `castVote`, and, for attackers,
 * `propose`, `queue`, `execute`, `cancel`.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not such a governor
 * @example
 * ```ts
 * governor(GOVERNOR, {
 *   proposals: {
 *     drain: (accounts) => [call({ address: vault, abi, functionName: "migrate", args: [accounts.get("attacker")!] })],
 *   },
 * })
 * ```
 */
export const governor: ProtocolFactory<GovernorOptions, GovernorView> = defineProtocol<
  GovernorOptions,
  GovernorFacts,
  GovernorView
>({
  kind: "governor",
  validate: (options) => {
    requireKnown("governor", options, ["proposals", "token"]);
    if (options.token !== undefined) requireAddress("governor", "token", options.token);
    if (Object.keys(options.proposals).length > 0) return;
    throw new SiegeError("INVALID_OPTION", {
      message: `governor: "proposals" is empty.`,
      hint: "Name the calls that can be proposed: { proposals: { drain: [call({ … })] } }.",
    });
  },
  inspect: inspectGovernor,
  tokens: ({ token }) => [token],
  contracts: ({ timelock }) => (timelock === undefined ? {} : { timelock }),
  onboarding: ({ governor: address, token }, self) => [governorCalls(address, token.address).delegate(self)],
  observe: (facts, { accounts }) => governorPlan(facts, distinctAddresses(accounts.values())),
  actions: governorActions,
  roles: [plays(governance, governorGovernance)],
});

async function inspectGovernor(
  context: InspectContext,
  address: Address,
  { proposals, token: given }: GovernorOptions,
): Promise<GovernorFacts> {
  const contract = { address, abi: governorAbi } as const;
  const found = await context.read(
    all({
      clock: attempt(read({ ...contract, functionName: "clock" })),
      mode: attempt(read({ ...contract, functionName: "CLOCK_MODE" })),
      token: attempt(read({ ...contract, functionName: "token" })),
      timelock: attempt(read({ ...contract, functionName: "timelock" })),
      counting: attempt(read({ ...contract, functionName: "proposalVotes", args: [0n] })),
    }),
  );
  const token = given ?? found.token;
  const missing =
    found.clock === undefined
      ? "clock()"
      : token === undefined
        ? "token()"
        : found.counting === undefined
          ? "proposalVotes()"
          : undefined;
  if (missing !== undefined || found.clock === undefined || token === undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${address} is not an OpenZeppelin Governor from version 4.9 on: ${missing ?? "clock()"} returns no value.`,
      hint: "Give the governor's address, not that of the token or the timelock; name the token if only token() is missing.",
    });
  }
  return {
    governor: address,
    token: await context.token(token),
    timelock: found.timelock === undefined || found.timelock === zeroAddress ? undefined : found.timelock,
    clockMode: found.mode?.includes("timestamp") === true ? "timestamp" : "blocknumber",
    base: found.clock - 1,
    proposals: Object.entries(proposals).map(([name, calls]) =>
      proposalOf(name, typeof calls === "function" ? calls(context.accounts) : calls),
    ),
  };
}

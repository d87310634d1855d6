import type { Address, Hex } from "viem";

import type { Chain } from "../../engine/chain/chain.js";
import type { ContractCall } from "../../protocols/call.js";
import type { ProposalAction, StorageChange } from "../../risk/proposal/proposal-result.js";
import type { Proposal, ProposedCall } from "../../risk/proposal/proposal.js";
import type { Scenario, Setting, TimedCall } from "../../scenario/scenario.js";
import type { Passed } from "./vote/pass-proposals.js";

import { parseAbi } from "viem";

import { LensReader } from "../../engine/chain/lens-reader.js";
import { SiegeError } from "../../errors.js";
import { call, encodeCall } from "../../protocols/call.js";
import { attempt, read } from "../../protocols/read-plan.js";

/** What of a provider traces. */
type Request = (request: { readonly method: string; readonly params: readonly unknown[] }) => Promise<unknown>;

const governorAbi = parseAbi([
  "function timelock() view returns (address)",
  "function state(uint256 proposalId) view returns (uint8)",
]);

const executorAbi = parseAbi([
  "function executeTransaction(address target, uint256 value, string signature, bytes data, bool withDelegatecall) payable returns (bytes)",
]);

const ownableAbi = parseAbi(["function owner() view returns (address)"]);

/** `Executed` of Governor Bravo and of OpenZeppelin's Governor. */
const EXECUTED = 7;

/** A proposal that can be executed on a chain. */
export interface Executable {
  readonly name: string;
  readonly executor: Address | "owner";
  readonly actions: readonly ProposalAction[];
  /** Votes that are held on it beforehand, and by which its governor executes it; or why none is. */
  readonly passed?: Passed;
  /** What sets it in motion, before a scenario begins. */
  readonly settings: (name: string) => readonly Setting[];
}

/**
 * Finds out who executes a proposal, and what it does by itself.
 *
 * @throws SiegeError `PROPOSAL_REFUSED` if it is for another chain, executed already, or delegates without an executor
 */
export async function executableProposal(
  proposal: Proposal,
  given: Address | undefined,
  { chain, chainId, request }: { readonly chain: Chain; readonly chainId: number; readonly request: Request },
): Promise<Executable> {
  const reader = new LensReader(chain);
  const { name, governor, id } = proposal;
  if (proposal.chainId !== undefined && proposal.chainId !== chainId) {
    throw refused(
      name,
      `is for chain ${proposal.chainId}, and this is chain ${chainId}`,
      "Fork the chain that it is for.",
    );
  }
  const state =
    governor === undefined || id === undefined
      ? undefined
      : await reader.read(attempt(read({ address: governor, abi: governorAbi, functionName: "state", args: [id] })));
  if (proposal.executed || state === EXECUTED) {
    throw refused(name, "has been executed already", "Fork a block before its execution, and give it as proposed.");
  }
  const timelock =
    governor === undefined
      ? undefined
      : await reader.read(attempt(read({ address: governor, abi: governorAbi, functionName: "timelock" })));
  // a governor without a timelock calls by itself
  const executor = given ?? timelock ?? governor;
  const isDelegating = proposal.calls.some(({ delegates }) => delegates);
  if (isDelegating && given === undefined) {
    throw refused(
      name,
      "delegates to code, and nothing says who runs it",
      "Name the executor contract whose executeTransaction makes the call: executor, --executor.",
    );
  }
  const steps = await Promise.all(proposal.calls.map(async (one) => stepOf(one, executor, reader)));
  return {
    name,
    executor: executor ?? "owner",
    actions: await Promise.all(proposal.calls.map(async (one, index) => actionOf(one, steps[index], request))),
    settings: (called) =>
      steps.map(({ as, made }, index) => ({
        name: steps.length === 1 ? called : `${called}, call ${index + 1}`,
        value: 1,
        parameter: { range: [0, 1], set: { calls: () => made, ...(as === undefined ? {} : { as }) } },
      })),
  };
}

interface Step {
  /** Default: the owner of what is called. */
  readonly as: Address | undefined;
  readonly made: ContractCall;
}

async function stepOf(
  { call: made, delegates }: ProposedCall,
  executor: Address | undefined,
  reader: LensReader,
): Promise<Step> {
  const owner = (address: Address): Promise<Address | undefined> =>
    reader.read(attempt(read({ address, abi: ownableAbi, functionName: "owner" })));
  if (!delegates || executor === undefined) return { as: executor ?? (await owner(made.to)), made };
  const args = [made.to, made.value ?? 0n, "", encodeCall(made), true] as const;
  return {
    as: await owner(executor),
    made: call({ address: executor, abi: executorAbi, functionName: "executeTransaction", args }),
  };
}

async function actionOf(
  { call: made, delegates }: ProposedCall,
  step: Step | undefined,
  request: Request,
): Promise<ProposalAction> {
  const changes = step?.as === undefined ? undefined : await changesOf(step, request);
  return {
    to: made.to,
    text: callText(made),
    ...(made.value === undefined ? {} : { value: String(made.value) }),
    delegates,
    ...(changes === undefined ? {} : { changes }),
  };
}

/** `setLoanLimit(9000)` */
function callText({ function: { name }, args }: ContractCall): string {
  const shown = (value: unknown): string =>
    Array.isArray(value)
      ? `[${value.map(shown).join(", ")}]`
      : typeof value === "object" && value !== null
        ? `{ ${Object.entries(value)
            .map(([key, one]) => `${key}: ${shown(one)}`)
            .join(", ")} }`
        : String(value);
  return `${name}(${args.map(shown).join(", ")})`;
}

/** The storage that a call changes on the latest state. @returns `undefined` if it cannot be traced, as where it reverts */
async function changesOf({ as, made }: Step, request: Request): Promise<readonly StorageChange[] | undefined> {
  const value = made.value === undefined ? {} : { value: `0x${made.value.toString(16)}` };
  const transaction = { from: as, to: made.to, data: encodeCall(made), gasPrice: "0x0", ...value };
  const options = { tracer: "prestateTracer", tracerConfig: { diffMode: true } };
  let diff: { readonly pre?: State; readonly post?: State };
  try {
    // the tracer's documented shape; what does not have it has no changes
    diff = (await request({ method: "debug_traceCall", params: [transaction, "latest", options] })) as typeof diff;
  } catch {
    return undefined;
  }
  const { pre = {}, post = {} } = diff;
  const places = [...new Set([...Object.keys(pre), ...Object.keys(post)])] as Address[];
  return places.flatMap((address) => {
    const [before, after] = [pre[address]?.storage ?? {}, post[address]?.storage ?? {}];
    const slots = [...new Set([...Object.keys(before), ...Object.keys(after)])] as Hex[];
    return slots.map((slot) => ({ address, slot, from: before[slot] ?? ZERO, to: after[slot] ?? ZERO }));
  });
}

type State = Readonly<Record<string, { readonly storage?: Readonly<Record<string, Hex>> }>>;

const ZERO: Hex = `0x${"0".repeat(64)}`;

/** The same proposal, executed by its governor if it has passed there. */
export function executedAsPassed(executable: Executable, passed: Passed | undefined): Executable {
  if (passed === undefined) return executable;
  if ("unvoted" in passed) return { ...executable, passed };
  return { ...executable, passed, settings: (name) => [sequenceOf(name, [passed.execution])] };
}

/** Steps that are made before a scenario begins. */
export function sequenceOf(name: string, sequence: readonly TimedCall[]): Setting {
  return { name, value: 1, parameter: { range: [0, 1], set: { calls: () => [] } }, sequence };
}

/** The scenario that begins once proposals have been executed. */
export function afterProposals(scenario: Scenario, settings: readonly Setting[]): Scenario {
  return settings.length === 0 ? scenario : { ...scenario, settings: [...scenario.settings, ...settings] };
}

function refused(name: string, why: string, hint: string): SiegeError {
  return new SiegeError("PROPOSAL_REFUSED", { message: `The proposal "${name}" ${why}.`, hint });
}

import type { Hex } from "viem";

import type { KnownFunctions, Proposal, ProposedCall, StoredProposal } from "./proposal.js";

import { decodeEventLog, getAddress, isAddress, isHex, parseAbi } from "viem";
import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { encodeCall } from "../../protocols/call.js";
import { legible } from "../../quantity/legible.js";

import { decodeCall, functionOf } from "./decode-call.js";
import { plainValues } from "./plain-values.js";

// Governor Bravo and OpenZeppelin's Governor have the same event, and Aave Governance V3's PayloadsController its own
const eventsAbi = parseAbi([
  "event ProposalCreated(uint256 id, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 start, uint256 end, string description)",
  "struct Action { address target; bool withDelegateCall; uint8 accessLevel; uint256 value; string signature; bytes callData; }",
  "event PayloadCreated(uint40 indexed payloadId, address indexed creator, Action[] actions, uint8 indexed maximumAccessLevelRequired)",
]);

/** Calls at most: a governor's own limit is 10, a payload's about as much. */
const MOST_CALLS = 100;

const address = z
  .string()
  .refine((value) => isAddress(value, { strict: false }))
  .transform((value) => getAddress(value));
const hex = z.custom<Hex>((value) => isHex(value));
const whole = z
  .union([
    z.string().regex(/^(\d+|0x[0-9a-fA-F]+)$/),
    z.number().int().nonnegative(),
    z.object({ hex: z.string() }).transform(({ hex: text }) => text),
  ])
  .transform(BigInt);
const chainId = z.coerce.number().int().positive().optional();

/** The simulation config of Seatbelt (Uniswap's governance simulator), as JSON. */
const seatbelt = z.object({
  type: z.enum(["new", "proposed", "executed"]),
  governorAddress: address,
  targets: z.array(address).max(MOST_CALLS),
  values: z.array(whole),
  signatures: z.array(z.string()),
  calldatas: z.array(hex),
  description: z.string().default(""),
  proposalId: whole.optional(),
  chainId,
});

const log = z.object({ address, topics: z.array(hex).min(1), data: hex, chainId });

const plain = z.object({
  target: address,
  signature: z.string(),
  args: z.array(z.unknown()).default([]),
  value: whole.default(0),
});

const list = z.object({ name: z.string().default(""), chainId, calls: z.array(plain).min(1).max(MOST_CALLS) });

/**
 * Reads a proposal: a simulation config of Seatbelt, a log of `ProposalCreated` (Governor Bravo, OpenZeppelin) or of Aave's
 * `PayloadCreated`, or calls as `{ target, signature, args }`, in a list or in `{ name, chainId, calls }`. It is data: nothing in it is run.
 *
 * @param given - parsed JSON
 * @param known - functions by their selectors, for calldata without a signature beside it
 * @param fallback - its name, if it has none
 * @throws SiegeError `PROPOSAL_INVALID`
 */
export function readProposal(given: unknown, known: KnownFunctions, fallback: string): Proposal {
  const format = Array.isArray(given) ? { calls: given as readonly unknown[] } : given;
  if (typeof format !== "object" || format === null) throw invalid("It is no object and no list.");
  if ("topics" in format) return ofLog(parsed(log, format), known, fallback);
  if ("calls" in format) return ofList(parsed(list, format), fallback);
  if ("calldatas" in format) return ofSeatbelt(parsed(seatbelt, format), known, fallback);
  throw invalid(
    `It has ${
      Object.keys(format)
        .slice(0, 8)
        .map((name) => legible(name, 40))
        .join(", ") || "nothing"
    }.`,
  );
}

function ofSeatbelt(config: z.output<typeof seatbelt>, known: KnownFunctions, fallback: string): Proposal {
  const { type, governorAddress: governor, proposalId: id, description } = config;
  return {
    name: titleOf(description, fallback),
    calls: callsOf(config, known),
    stored: storedOf(config),
    governor,
    ...(id === undefined ? {} : { id }),
    ...(config.chainId === undefined ? {} : { chainId: config.chainId }),
    executed: type === "executed",
  };
}

function ofLog(
  { address: governor, topics, data, chainId: chain }: z.output<typeof log>,
  known: KnownFunctions,
  fallback: string,
): Proposal {
  const [signature, ...indexed] = topics;
  let event;
  try {
    event = decodeEventLog({ abi: eventsAbi, data, topics: signature === undefined ? [] : [signature, ...indexed] });
  } catch (cause) {
    throw invalid("Its log is neither ProposalCreated nor PayloadCreated.", cause);
  }
  const base = { governor, ...(chain === undefined ? {} : { chainId: chain }), executed: false };
  if (event.eventName === "ProposalCreated") {
    const { id, description, proposer } = event.args;
    const stored = { ...storedOf(event.args), proposer };
    return { ...base, id, name: titleOf(description, fallback), calls: callsOf(event.args, known), stored };
  }
  const { payloadId, actions } = event.args;
  if (actions.length > MOST_CALLS) throw invalid(`It has ${actions.length} actions.`);
  return {
    ...base,
    id: BigInt(payloadId),
    name: `payload ${payloadId}`,
    calls: actions.map(({ target, withDelegateCall, value, signature: of, callData }) => ({
      call: decodeCall({ to: target, value, signature: of, calldata: callData }, known),
      delegates: withDelegateCall,
    })),
  };
}

function ofList({ name, chainId: chain, calls }: z.output<typeof list>, fallback: string): Proposal {
  const made = calls.map(({ target, signature, args, value }) => {
    const item = functionOf(signature);
    const paid = value === 0n ? {} : { value };
    return { to: target, function: item, args: plainValues(item, args), ...paid };
  });
  return {
    name: titleOf(name, fallback),
    calls: made.map((call) => ({ call, delegates: false })),
    stored: {
      targets: made.map(({ to }) => to),
      values: made.map(({ value = 0n }) => value),
      signatures: made.map(() => ""),
      calldatas: made.map(encodeCall),
      description: name,
    },
    ...(chain === undefined ? {} : { chainId: chain }),
    executed: false,
  };
}

function storedOf({ targets, values, signatures, calldatas, description }: StoredProposal): StoredProposal {
  return { targets, values, signatures, calldatas, description };
}

function callsOf(
  { targets, values, signatures, calldatas }: StoredProposal,
  known: KnownFunctions,
): readonly ProposedCall[] {
  const lengths = [values, signatures, calldatas].map(({ length }) => length);
  // OpenZeppelin's governor has no signatures beside calldata
  const [ofValues = 0, ofSignatures = 0, ofCalldatas = 0] = lengths;
  if (
    targets.length === 0 ||
    ofValues !== targets.length ||
    ofCalldatas !== targets.length ||
    ofSignatures > targets.length
  ) {
    throw invalid(`It has ${targets.length} targets, ${lengths.join(", ")} values, signatures and calldatas.`);
  }
  return targets.map((to, index) => ({
    call: decodeCall(
      { to, value: values[index] ?? 0n, signature: signatures[index] ?? "", calldata: calldatas[index] ?? "0x" },
      known,
    ),
    delegates: false,
  }));
}

function titleOf(description: string, fallback: string): string {
  const [first = ""] = description.trim().split("\n");
  const title = first.replace(/^#+\s*/, "").trim();
  return legible(title === "" ? fallback : title, 120);
}

function parsed<T extends z.ZodTypeAny>(schema: T, given: unknown): z.output<T> {
  const result = schema.safeParse(given);
  // zod's own output type
  if (result.success) return result.data as z.output<T>;
  const [issue] = result.error.issues;
  throw invalid(`Its ${issue?.path.join(".") ?? "content"} is wrong: ${issue?.message ?? "it does not fit"}.`);
}

function invalid(why: string, cause?: unknown): SiegeError {
  return new SiegeError("PROPOSAL_INVALID", {
    message: `This is not a proposal. ${why}`,
    hint: "Give a simulation config of Seatbelt, a log of ProposalCreated or PayloadCreated, or calls: [{ target, signature, args }].",
    ...(cause === undefined ? {} : { cause }),
  });
}

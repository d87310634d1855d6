import type { AbiParameter } from "viem";

import type { Things } from "./things.js";

import { parameterKey } from "./parameter-key.js";

/** What an integer parameter seems to be: a guess from its name, its type and its place among others. */
export type Role = "amount" | "id" | "time" | "duration" | "days" | "price" | "floor" | "ceiling" | "member" | "small";

const DAYS = /days|weeks|months|epochs$/;
const DURATION =
  /duration|period|delay|tenor|interval|cooldown|vesting|lockfor|locktime|lockup|seconds|(^|lock|loan)term$/;
const TIME = /deadline|expir|until|timestamp|maturity|unlock|^(start|end)?time|(start|end)$/;
/** `tokenId`, `ids`, `order_id`; a `bid` is none. */
const NAMED_ID =
  /(^|_)ids?$|I[dD]s?$|(token|position|auction|lot|order|loan|pool|market|vault|option|proposal|bid)ids?$/;
const ID = /(index|indices|indexes|idx|nonce|round|epoch|key|count|option|proposal|auction|lot)s?$/;
const FLOOR = /^min|minimum|slippage|atleast/;
const CEILING = /^max|maximum|limit|atmost|^cap$/;
const PRICE = /price|strike|trigger|barrier|stop(loss)?$|takeprofit|quote$/;
const AMOUNT =
  /amount|asset|share|value|wad|qty|quantity|size|bid|collateral|debt|repay|borrow|deposit|stake|liquidity|premium|wei|token(s)?in|^(x|y|a|b|dx|dy)$/;

/** Bits below which a number hardly is an amount: an enum, basis points, a count. */
const AMOUNT_BITS = 64;

/**
 * @param isLast - whether it is the last integer of its function: of several without a telling name, the last is the amount and
 * the others are ids
 * @param things - what the contract numbers
 */
export function roleOf(parameter: AbiParameter, bits: number, isLast: boolean, things: Things): Role {
  const guessed = guesses.get(parameter);
  if (guessed?.things === things && guessed.isLast === isLast) return guessed.role;
  const role = guess(parameter, bits, isLast, things);
  guesses.set(parameter, { things, isLast, role });
  return role;
}

/** The same of an unsigned integer of whatever width; `undefined` for a parameter of another type. */
export function roleOfUnsigned(parameter: AbiParameter, isLast: boolean, things: Things): Role | undefined {
  const [, bits] = /^uint(\d*)$/.exec(parameter.type) ?? [];
  return bits === undefined ? undefined : roleOf(parameter, bits === "" ? 256 : Number(bits), isLast, things);
}

/** The place of the last integer among parameters, see {@link roleOf}; -1 if there is none. */
export function lastInteger(parameters: readonly AbiParameter[]): number {
  return parameters.findLastIndex(({ type }) => /^u?int/.test(type));
}

/** Whether a name says that a number is an id: `tokenId`, `lot`. */
export function isCalledId(name = ""): boolean {
  return NAMED_ID.test(name) || ID.test(name.toLowerCase().replaceAll(/[^a-z]/g, ""));
}

/** What was guessed last of a parameter: it is asked for with every call. */
const guesses = new WeakMap<AbiParameter, { readonly things: Things; readonly isLast: boolean; readonly role: Role }>();

function guess(parameter: AbiParameter, bits: number, isLast: boolean, things: Things): Role {
  if (parameter.internalType?.startsWith("enum ") === true) return "member";
  const name = (parameter.name ?? "").toLowerCase().replaceAll(/[^a-z]/g, "");
  if (DAYS.test(name)) return "days";
  if (DURATION.test(name)) return "duration";
  if (TIME.test(name)) return "time";
  if (FLOOR.test(name)) return "floor";
  if (CEILING.test(name)) return "ceiling";
  if (isCalledId(parameter.name)) return "id";
  if (PRICE.test(name) && bits >= AMOUNT_BITS) return "price";
  if (!AMOUNT.test(name) && things.has(parameterKey(name))) return "id";
  if (bits < AMOUNT_BITS) return "small";
  return AMOUNT.test(name) || isLast ? "amount" : "id";
}

import type { AbiFunction, AbiParameter, Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { TokenUnit } from "../../quantity/amount.js";
import type { Callback } from "../run/callback-log.js";
import type { EffectData } from "./effect-data.js";
import type { EventWords, TellingContext } from "./kind.js";

import { isAddress, maxUint256, toFunctionSignature } from "viem";

import { PLAIN } from "../../protocols/call.js";
import { loanIn } from "../../protocols/roles/raid.js";
import { addressKey } from "../../quantity/address.js";
import { format, formatInteger } from "../../quantity/format.js";
import { isCalledBack, partsIn } from "../run/call-tree.js";
import { callbacksOf } from "../run/callback-log.js";
import { refusalOf } from "../run/refusals.js";

import { nameOfCallback } from "./callback-names.js";
import { effectData, effectWords, netChanges } from "./effect-data.js";

const ETHER: TokenUnit = { symbol: "ETH", decimals: 18 };

/** An address with its name in reports. */
export interface NamedAddress {
  readonly name: string;
  readonly address: Address;
}

/** A decoded argument of a call. */
export interface ArgumentData {
  /** The parameter's name; empty where the ABI has none. */
  readonly name: string;
  /** The parameter's type: `uint256`. */
  readonly type: string;
  readonly value: unknown;
  /** Of an amount of a token: its unit, and the token's address. */
  readonly unit?: TokenUnit;
  readonly token?: Address;
  /** Of an address: its name. */
  readonly named?: string;
  /** Of a list or a tuple: its parts. */
  readonly items?: readonly ArgumentData[];
}

/** A call, described. */
export interface InnerCallData {
  readonly target: NamedAddress;
  /** Its name, its selector if it has none, or `0x` for a call without calldata. */
  readonly function: string;
  readonly arguments: readonly ArgumentData[];
  /** wei sent along */
  readonly value: bigint;
  /** The calls that are made in a callback of it. */
  readonly inside?: InsideData;
}

/** A transaction of an agent, described. */
export interface CallData extends InnerCallData {
  readonly kind: "call";
  /** The flash loan that it takes. */
  readonly loan?: LoanData;
  /** The calls that it makes. */
  readonly inner?: readonly InnerCallData[];
  /** What it did; absent if it was not observed. */
  readonly effect?: EffectData;
}

/** Calls in a callback, described. */
export interface InsideData {
  /** The callback: `receive()`, or its selector if its name is not known; absent if it did not come. */
  readonly callback?: string;
  readonly calls: readonly InnerCallData[];
}

/** A flash loan, described. */
export interface LoanData {
  readonly token: Address;
  readonly value: bigint;
  /** Absent if the token is not known. */
  readonly unit?: TokenUnit;
  readonly lender: NamedAddress;
}

interface Call {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value?: bigint;
  readonly inner?: readonly Call[];
}

/** A call to describe. */
interface Telling {
  readonly call: Call;
  /** Who sends the transaction. */
  readonly self: Address | undefined;
  readonly context: TellingContext;
}

/** Describes a transaction. @param self - who sends it */
export function callData(call: Call, self: Address | undefined, context: TellingContext): CallData {
  const [outer] = call.inner ?? [];
  const first = isCalledBack(call) ? (outer ?? call) : call;
  const errorCode = refusalOf(first, [first], context.effect?.refusals ?? []);
  const effect = effectData(self, context, beneficiariesOf(call, self), errorCode);
  if (outer !== undefined && isCalledBack(call)) {
    const callbacks = callbacksOf<Call>(call, self, context.effect?.callbacks ?? []);
    return {
      kind: "call",
      ...waitingCall({ call, self, context }, callbacks),
      ...(effect === undefined ? {} : { effect }),
    };
  }
  const loan = call.inner === undefined ? undefined : loanData(call.args, context);
  return {
    kind: "call",
    ...oneCall({ call, self, context }),
    ...(loan === undefined ? {} : { loan }),
    ...(call.inner === undefined ? {} : { inner: call.inner.map((made) => oneCall({ call: made, self, context })) }),
    ...(effect === undefined ? {} : { effect }),
  };
}

/** A call with those inside it. */
function waitingCall(telling: Telling, callbacks: ReadonlyMap<Call, Callback>): InnerCallData {
  const { call } = telling;
  const [outer, ...inside] = isCalledBack(call) ? (call.inner ?? []) : [];
  if (outer === undefined) return oneCall(telling);
  const selector = callbacks.get(call)?.selector;
  return {
    ...oneCall({ ...telling, call: outer }),
    inside: {
      ...(selector === undefined ? {} : { callback: nameOfCallback(selector) }),
      calls: inside.map((made) => waitingCall({ ...telling, call: made }, callbacks)),
    },
  };
}

/** The other accounts that a call names, without the contracts that it goes to. */
function beneficiariesOf({ to, args, inner: made }: Call, self: Address | undefined): readonly Address[] {
  const inner = partsIn(made);
  const contracts = new Set([to, ...inner.map((one) => one.to), ...(self === undefined ? [] : [self])].map(addressKey));
  const named = [...args, ...inner.flatMap((one) => one.args)].filter(
    (arg): arg is Address => typeof arg === "string" && isAddress(arg, { strict: false }),
  );
  return [...new Set(named.map(addressKey))].filter((address) => !contracts.has(address));
}

/** The sentences about a transaction. */
export function callWords(data: CallData): EventWords {
  const consequence = effectWords(data.effect);
  if (data.inner === undefined) return { action: oneCallWords(data), consequence };
  return { action: `in one transaction${loanWords(data)}`, consequence, inner: data.inner.map(oneCallWords) };
}

function oneCall(telling: Telling): InnerCallData {
  const { call, context } = telling;
  return {
    target: { name: context.nameOf(call.to), address: call.to },
    function: call.function.name,
    arguments: call.function.inputs.map((input, index) => argumentData(telling, input, call.args[index])),
    value: call.value ?? 0n,
  };
}

function loanData(args: readonly unknown[], context: TellingContext): LoanData | undefined {
  const loan = loanIn(args);
  if (loan === undefined) return undefined;
  const token = context.token(loan.token);
  return {
    token: loan.token,
    value: loan.amount,
    ...(token === undefined ? {} : { unit: unitOf(token) }),
    lender: { name: context.nameOf(loan.lender), address: loan.lender },
  };
}

function argumentData(telling: Telling, parameter: AbiParameter, value: unknown): ArgumentData {
  const data = { name: parameter.name ?? "", type: parameter.type, value };
  if (typeof value === "bigint") {
    const token = value === maxUint256 ? undefined : tokenOf(telling, data.name, value);
    return token === undefined ? data : { ...data, unit: unitOf(token), token: token.address };
  }
  if (typeof value === "string") {
    return isAddress(value, { strict: false }) ? { ...data, named: telling.context.nameOf(value) } : data;
  }
  if (Array.isArray(value)) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    return { ...data, items: (value as readonly unknown[]).map((item) => argumentData(telling, element, item)) };
  }
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([name, item]) => argumentData(telling, partOf(parameter, name), item));
    return { ...data, items: parts };
  }
  return data;
}

/** A component of a tuple, by its name, which says nothing about what it counts. */
function partOf(parameter: AbiParameter, name: string): AbiParameter {
  const components = "components" in parameter ? parameter.components : [];
  return { type: components.find((component) => component.name === name)?.type ?? "" };
}

/** ERC-20 functions whose amounts count the token that is called. */
const OF_TOKEN = new Set([
  "approve",
  "burn",
  "decreaseAllowance",
  "increaseAllowance",
  "mint",
  "transfer",
  "transferFrom",
]);

/** The functions of ERC-4626 that take an amount, with what it counts. */
const OF_VAULT: ReadonlyMap<string, "assets" | "shares"> = new Map([
  ["deposit(uint256,address)", "assets"],
  ["withdraw(uint256,address,address)", "assets"],
  ["mint(uint256,address)", "shares"],
  ["redeem(uint256,address,address)", "shares"],
]);

/** What an argument of a vault counts, by its name or, of an ERC-4626 vault, by the standard. */
function vaultUnit({ function: item }: Call, name: string, isVault: boolean): "assets" | "shares" | undefined {
  if (/assets/i.test(name)) return "assets";
  if (/shares/i.test(name)) return "shares";
  return isVault ? OF_VAULT.get(toFunctionSignature(item)) : undefined;
}

/**
 * The token that an argument counts, if that is known: of an ERC-4626 vault by the standard; from what the call did (a transfer
 * of exactly that amount, or such a change of what the caller has), or else from the arguments (the path of a swap, the only token
 * next to the amount) or the token that is called. A number that could count either of two tokens counts neither. Assets are never
 * the shares of the vault that is called.
 */
function tokenOf({ call, self, context }: Telling, name: string, value: bigint): Token | undefined {
  const transfers = context.effect?.transfers ?? [];
  const own = self && addressKey(self);
  const asset = context.assetOf(call.to);
  const counts = vaultUnit(call, name, asset !== undefined);
  const shares = context.token(call.to);
  if (counts === "assets" && asset !== undefined) return asset;
  if (counts === "shares" && asset !== undefined && shares !== undefined) return shares;
  const known = (address: unknown): Token | undefined =>
    typeof address === "string" ? context.token(address as Address) : undefined;
  const only = (addresses: readonly unknown[]): Token | undefined => {
    const tokens = new Set(addresses.map(known).filter((token) => token !== undefined));
    if (counts === "shares" && shares !== undefined && tokens.has(shares)) return shares;
    const [first, ...others] = [...tokens].filter((token) => counts !== "assets" || token !== shares);
    return others.length === 0 ? first : undefined;
  };
  const exact = transfers.filter(({ amount }) => amount === value);
  const net = [...netChanges(self, transfers)].filter(([, change]) => change === value || change === -value);
  const ofOwn = [
    ...exact.filter(({ from, to }) => addressKey(from) === own || addressKey(to) === own).map(({ token }) => token),
    ...net.map(([token]) => token),
  ];
  const moved = only(ofOwn.length > 0 ? ofOwn : exact.map(({ token }) => token));
  if (moved !== undefined) return moved;
  if (counts === undefined && !/amount|value|debt|wad/i.test(name)) return undefined;
  const path = call.args.find((arg): arg is readonly unknown[] => Array.isArray(arg));
  if (path !== undefined && known(path[0]) !== undefined) return known(/out/i.test(name) ? path.at(-1) : path[0]);
  const tokens = call.args.filter((arg) => known(arg) !== undefined);
  if (tokens.length > 0) return only(tokens);
  // an amount that the contract clamped: it counts what the caller paid or, if it paid nothing, what it received
  const clamped = (way: "from" | "to"): readonly Address[] =>
    transfers.filter((transfer) => addressKey(transfer[way]) === own).map(({ token }) => token);
  if (exact.length === 0 && counts !== "shares" && transfers.length > 0) {
    return only(clamped("from").length > 0 ? clamped("from") : clamped("to"));
  }
  return counts === "shares" || (counts === undefined && OF_TOKEN.has(call.function.name)) ? shares : undefined;
}

function unitOf({ symbol, decimals }: Token): TokenUnit {
  return { symbol, decimals };
}

/** A call, and those inside it in braces. */
function oneCallWords(data: InnerCallData): string {
  const { inside } = data;
  if (inside === undefined) return callAloneWords(data);
  return `${callAloneWords(data)} { in ${inside.callback ?? "a callback"}: ${inside.calls.map(oneCallWords).join("; ")} }`;
}

function callAloneWords(data: InnerCallData): string {
  if (data.function === PLAIN) return plainCallWords(data);
  const sent = data.value === 0n ? "" : ` with ${format({ value: data.value, unit: ETHER })}`;
  return `${data.target.name}.${data.function}(${data.arguments.map(argumentWords).join(", ")})${sent}`;
}

/** A call without a function. */
function plainCallWords({ target, value }: InnerCallData): string {
  if (value === 0n) return `an empty call of ${target.name}`;
  return `a plain transfer of ${format({ value, unit: ETHER })} to ${target.name}`;
}

/** `, with 1,000 WETH lent by pool` */
function loanWords({ loan }: CallData): string {
  return loan === undefined ? "" : `, with ${amountWords(loan.value, loan.unit)} lent by ${loan.lender.name}`;
}

function argumentWords({ value, unit, named, items }: ArgumentData): string {
  if (named !== undefined) return named;
  if (items !== undefined) {
    const parts = items.map(argumentWords).join(", ");
    return Array.isArray(value) ? `[${parts}]` : `{ ${parts} }`;
  }
  if (typeof value === "bigint") return value === maxUint256 ? "max" : amountWords(value, unit);
  if (typeof value === "string") return value.length > 20 ? `${value.slice(0, 18)}…` : value;
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

function amountWords(value: bigint, unit: TokenUnit | undefined): string {
  return unit === undefined ? formatInteger(value) : format({ value, unit });
}

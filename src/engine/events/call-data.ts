import type { AbiFunction, AbiParameter, Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { EffectData, TokenAmount } from "./effect-data.js";
import type { EventWords, TellingContext } from "./kind.js";

import { isAddress, maxUint256 } from "viem";

import { loanIn } from "../../protocols/roles/raid.js";
import { addressKey } from "../../quantity/address.js";
import { formatAmount } from "../../quantity/format.js";

import { effectData, effectWords } from "./effect-data.js";

/** An address with the name that a report gives it. */
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
  /** Of an amount: the token that it counts. */
  readonly token?: Omit<TokenAmount, "amount">;
  /** Of an address: what it is called. */
  readonly named?: string;
  /** Of a list or a record: its parts. */
  readonly items?: readonly ArgumentData[];
}

/** A call, described. */
export interface InnerCallData {
  readonly target: NamedAddress;
  readonly function: string;
  readonly arguments: readonly ArgumentData[];
  /** wei sent along */
  readonly value: bigint;
}

/** A transaction of an agent, described. */
export interface CallData extends InnerCallData {
  readonly kind: "call";
  /** The flash loan that it takes. */
  readonly loan?: TokenAmountOrNumber & { readonly lender: NamedAddress };
  /** What it calls in turn. */
  readonly inner?: readonly InnerCallData[];
  /** What it did; left out where it was not observed. */
  readonly effect?: EffectData;
}

/** An amount whose token may not be known. */
interface TokenAmountOrNumber {
  readonly amount: bigint;
  readonly token?: Omit<TokenAmount, "amount">;
}

interface Call {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value?: bigint;
}

/** A call of which the data is made. */
interface Telling {
  readonly call: Call;
  /** Who sends the transaction. */
  readonly self: Address | undefined;
  readonly context: TellingContext;
}

/** Describes a transaction. @param self - who sends it */
export function callData(
  call: Call & { readonly inner?: readonly Call[] },
  self: Address | undefined,
  context: TellingContext,
): CallData {
  const effect = effectData(self, context);
  const loan = call.inner === undefined ? undefined : loanData(call.args, context);
  return {
    kind: "call",
    ...oneCall({ call, self, context }),
    ...(loan === undefined ? {} : { loan }),
    ...(call.inner === undefined ? {} : { inner: call.inner.map((made) => oneCall({ call: made, self, context })) }),
    ...(effect === undefined ? {} : { effect }),
  };
}

/** The sentences of a transaction. */
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

function loanData(args: readonly unknown[], context: TellingContext): CallData["loan"] {
  const loan = loanIn(args);
  if (loan === undefined) return undefined;
  const token = context.token(loan.token);
  return {
    amount: loan.amount,
    ...(token === undefined ? {} : { token: unitOf(token) }),
    lender: { name: context.nameOf(loan.lender), address: loan.lender },
  };
}

function argumentData(telling: Telling, parameter: AbiParameter, value: unknown): ArgumentData {
  const data = { name: parameter.name ?? "", type: parameter.type, value };
  if (typeof value === "bigint") {
    const token = value === maxUint256 ? undefined : tokenOf(telling, data.name, value);
    return token === undefined ? data : { ...data, token: unitOf(token) };
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

/** A part of a record, by its name. Its own name tells nothing of what it counts. */
function partOf(parameter: AbiParameter, name: string): AbiParameter {
  const components = "components" in parameter ? parameter.components : [];
  return { type: components.find((component) => component.name === name)?.type ?? "" };
}

/**
 * The token that a number counts. It is taken from what the call did (a transfer of exactly that amount names it), else from
 * the arguments: a path of a swap, a token beside an amount, the token that is called.
 */
function tokenOf({ call, self, context }: Telling, name: string, value: bigint): Token | undefined {
  const transfers = context.effect?.transfers ?? [];
  const known = (address: unknown): Token | undefined =>
    typeof address === "string" ? context.token(address as Address) : undefined;
  for (const { token, amount } of transfers) {
    if (amount === value && known(token) !== undefined) return known(token);
  }
  if (!/amount|assets|value|debt|wad|shares/i.test(name)) return undefined;
  const path = call.args.find((arg): arg is readonly unknown[] => Array.isArray(arg));
  if (path !== undefined && known(path[0]) !== undefined) return known(/out/i.test(name) ? path.at(-1) : path[0]);
  const named = call.args.map(known).find((token) => token !== undefined);
  if (named !== undefined) return named;
  // an amount that the contract clamped: what the caller paid is what it counts, or what it got if it paid nothing
  const own = self && addressKey(self);
  const moved = (way: "from" | "to"): readonly Address[] => [
    ...new Set(transfers.filter((transfer) => addressKey(transfer[way]) === own).map(({ token }) => token)),
  ];
  const [only, ...others] = moved("from").length > 0 ? moved("from") : moved("to");
  return only !== undefined && others.length === 0 ? known(only) : known(call.to);
}

function unitOf({ address, symbol, decimals }: Token): Omit<TokenAmount, "amount"> {
  return { token: address, symbol, decimals };
}

function oneCallWords(data: InnerCallData): string {
  const sent = data.value === 0n ? "" : ` with ${formatAmount(data.value, 18, "ETH")}`;
  return `${data.target.name}.${data.function}(${data.arguments.map(argumentWords).join(", ")})${sent}`;
}

/** `, with 1,000 WETH lent by pool` */
function loanWords({ loan }: CallData): string {
  return loan === undefined ? "" : `, with ${amountWords(loan.amount, loan.token)} lent by ${loan.lender.name}`;
}

function argumentWords({ value, token, named, items }: ArgumentData): string {
  if (named !== undefined) return named;
  if (items !== undefined) {
    const parts = items.map(argumentWords).join(", ");
    return Array.isArray(value) ? `[${parts}]` : `{ ${parts} }`;
  }
  if (typeof value === "bigint") return value === maxUint256 ? "max" : amountWords(value, token);
  if (typeof value === "string") return value.length > 20 ? `${value.slice(0, 18)}…` : value;
  return String(value);
}

function amountWords(amount: bigint, token: Omit<TokenAmount, "amount"> | undefined): string {
  return token === undefined ? amount.toLocaleString("en-US") : formatAmount(amount, token.decimals, token.symbol);
}

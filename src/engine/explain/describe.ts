import type { AbiParameter, Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { StepDescription } from "../events/step-description.js";
import type { BuilderStep, CallStep, Trace, TraceStep } from "../events/trace.js";
import type { Threshold } from "../minimise/certificate.js";
import type { CallEffect } from "../reproduction/effect.js";
import type { World } from "../world/world.js";

import { isAddress, maxUint256 } from "viem";

import { loanIn } from "../../protocols/roles/raid.js";
import { formatAmount, formatPercent } from "../../quantity/format.js";
import { describeFactor, describeFault } from "../describe-fault.js";
import { isReaction } from "../events/trace.js";

/** Turns a trace into lines that a person reads: names for addresses, amounts with their tokens, thresholds. */
export function describeSteps(
  world: World,
  trace: Trace,
  effects: ReadonlyMap<number, CallEffect>,
  thresholds: readonly Threshold[],
): readonly StepDescription[] {
  return trace.steps.map((step, index) => ({
    step: index,
    block: step.block,
    ...("again" in step ? { again: true as const } : {}),
    ...(isReaction(step) ? { reaction: true as const } : {}),
    ...describeStep(
      world,
      step,
      effects.get(index),
      thresholds.find((threshold) => threshold.step === index),
    ),
  }));
}

function describeStep(
  world: World,
  step: TraceStep,
  effect: CallEffect | undefined,
  threshold: Threshold | undefined,
): Pick<StepDescription, "actor" | "action" | "consequence" | "inner"> {
  switch (step.kind) {
    case "market":
      return {
        actor: "market",
        action: `${step.asset} ${verb(step.change)} ${percent(step.change)}`,
        consequence: threshold === undefined ? undefined : `(${percent(threshold.survives)} survives)`,
      };
    case "oracle":
      return {
        actor: `${step.oracle} feed`,
        action: describeFault(step),
        consequence: threshold === undefined ? undefined : `(${describeFactor(threshold.survives)} survives)`,
      };
    case "gas":
      return {
        actor: "block space",
        action: `others want ${times(1 + step.change / 1_000_000)} as much`,
        consequence: threshold === undefined ? undefined : `(${times(1 + threshold.survives / 1_000_000)} survives)`,
      };
    case "builder":
      return { actor: "builder", action: describeAct(step), consequence: undefined };
    case "call": {
      const consequence = effect === undefined ? undefined : consequenceOf(world, step, effect);
      if (step.inner === undefined) {
        return { actor: step.agent, action: describeCall(world, step, effect), consequence };
      }
      return {
        actor: step.agent,
        action: `in one transaction${loanText(world, step)}`,
        consequence,
        inner: step.inner.map((call) => describeCall(world, { ...step, ...call }, effect)),
      };
    }
  }
}

function describeCall(world: World, step: CallStep, effect: CallEffect | undefined): string {
  return `${nameOf(world, step.to)}.${step.function.name}(${describeArgs(world, step, effect)})${sent(step)}`;
}

/** `, with 1,000 WETH lent by pool` */
function loanText(world: World, { args }: CallStep): string {
  const loan = loanIn(args);
  if (loan === undefined) return "";
  const token = world.tokens.known(loan.token);
  const amount =
    token === undefined ? loan.amount.toLocaleString("en-US") : formatAmount(loan.amount, token.decimals, token.symbol);
  return `, with ${amount} lent by ${nameOf(world, loan.lender)}`;
}

function describeAct({ act, sender, blocks }: BuilderStep): string {
  const span = `${blocks} block${blocks === 1 ? "" : "s"}`;
  switch (act) {
    case "censor":
      return `keeps ${sender} out for ${span}`;
    case "first":
      return `puts ${sender} first`;
    case "last":
      return `puts ${sender} last`;
    case "reorg":
      return `replaces the last ${span}`;
  }
}

/** `20 times`, to four digits. */
function times(factor: number): string {
  return `${Number(factor.toPrecision(4))} times`;
}

function verb(change: number): string {
  return change < 0 ? "falls" : "rises";
}

function percent(change: number): string {
  return formatPercent(Math.abs(change) / 1_000_000);
}

function sent({ value }: CallStep): string {
  return value === 0n ? "" : ` with ${formatAmount(value, 18, "ETH")}`;
}

function describeArgs(world: World, step: CallStep, effect: CallEffect | undefined): string {
  return step.function.inputs
    .map((input, index) => describeArg(world, step, effect, input, step.args[index]))
    .join(", ");
}

function describeArg(
  world: World,
  step: CallStep,
  effect: CallEffect | undefined,
  parameter: AbiParameter,
  value: unknown,
): string {
  if (typeof value === "bigint") return describeInteger(world, step, effect, parameter, value);
  if (typeof value === "string") {
    if (isAddress(value, { strict: false })) return nameOf(world, value);
    return value.length > 20 ? `${value.slice(0, 18)}…` : value;
  }
  if (Array.isArray(value)) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    return `[${(value as readonly unknown[]).map((item) => describeArg(world, step, effect, element, item)).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.values(value)
      .map((item) => describeArg(world, step, effect, { type: "" }, item))
      .join(", ")} }`;
  }
  return String(value);
}

/**
 * A number with its token. Which token it counts is taken from what the call did (a transfer of exactly that amount
 * names it), else from the arguments: a path of a swap, a token beside an amount, the token that is called.
 */
function describeInteger(
  world: World,
  step: CallStep,
  effect: CallEffect | undefined,
  parameter: AbiParameter,
  value: bigint,
): string {
  if (value === maxUint256) return "max";
  const token = tokenOf(world, step, effect, parameter.name ?? "", value);
  return token === undefined ? value.toLocaleString("en-US") : formatAmount(value, token.decimals, token.symbol);
}

function tokenOf(
  world: World,
  step: CallStep,
  effect: CallEffect | undefined,
  name: string,
  value: bigint,
): Token | undefined {
  const known = (address: unknown): Token | undefined =>
    typeof address === "string" ? world.tokens.known(address as Address) : undefined;
  for (const { token, amount } of effect?.transfers ?? []) {
    if (amount === value && known(token) !== undefined) return known(token);
  }
  if (!/amount|assets|value|debt|wad|shares/i.test(name)) return undefined;
  const path = step.args.find((arg): arg is readonly unknown[] => Array.isArray(arg));
  if (path !== undefined && known(path[0]) !== undefined) return known(/out/i.test(name) ? path.at(-1) : path[0]);
  const named = step.args.map(known).find((token) => token !== undefined);
  if (named !== undefined) return named;
  // an amount that the contract clamped: what the caller paid is what it counts, or what it got if it paid nothing
  const self = world.frame.accounts.get(step.agent)?.toLowerCase();
  const moved = (way: "from" | "to"): readonly Address[] => [
    ...new Set(
      (effect?.transfers ?? []).filter((transfer) => transfer[way].toLowerCase() === self).map(({ token }) => token),
    ),
  ];
  const [only, ...others] = moved("from").length > 0 ? moved("from") : moved("to");
  return only !== undefined && others.length === 0 ? known(only) : known(step.to);
}

/** What the caller paid and got, net, in the tokens that moved. */
function consequenceOf(world: World, step: CallStep, effect: CallEffect): string | undefined {
  if (!effect.success) return "reverts";
  const self = world.frame.accounts.get(step.agent)?.toLowerCase();
  const net = new Map<Address, bigint>();
  for (const { token, from, to, amount } of effect.transfers) {
    const change = (to.toLowerCase() === self ? amount : 0n) - (from.toLowerCase() === self ? amount : 0n);
    if (change !== 0n) net.set(token, (net.get(token) ?? 0n) + change);
  }
  const parts = [...net].flatMap(([address, change]) => {
    const token = world.tokens.known(address);
    if (token === undefined || change === 0n) return [];
    const amount = formatAmount(change < 0n ? -change : change, token.decimals, token.symbol);
    return [`${change < 0n ? "pays" : "gets"} ${amount}`];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
}

function nameOf(world: World, address: string): string {
  return world.names.get(address.toLowerCase()) ?? `${address.slice(0, 6)}…${address.slice(-4)}`;
}

import type { Abi, AbiFunction, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { Token } from "../protocols/token.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition, ConditionInspectContext, ConditionTarget } from "./condition.js";
import type { GivenEvidence, Quantity } from "./evidence.js";

import { erc20Abi, erc4626Abi, getAbiItem } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { attempt, map, read, simulate } from "../protocols/read-plan.js";
import { isSameAddress } from "../quantity/address.js";
import { percent, tokens } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { numberIn, readCall, requireFunctions } from "../target/functions.js";

import { accountsNamed, accountsOf, requireAccountList } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { quantity, statement } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { revertReason } from "./revert-reason.js";

const ID = "withdrawable";

/** Offset of the first argument in calldata: after the selector. */
const FIRST_ARGUMENT = 4;

/** Base units lost to rounding. */
const DUST = 2n;

const DEFAULT_MINIMUM = 0.999;

const MILLION = 1_000_000n;

const balanceOf: AbiFunction = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/** Options of {@link withdrawable}. */
export interface WithdrawableOptions {
  /**
   * Who redeems, in this order, by name or address. Default: the scenario's agents and accounts, except those that
   * are contracts.
   */
  readonly depositors?: readonly string[];
  /** The share of `convertToAssets` of their shares that depositors must receive, as a fraction, 0 to 1. Default 0.999. */
  readonly minimum?: number;
}

interface Facts {
  readonly depositors: readonly NamedAccount[];
  readonly convertToAssets: AbiFunction;
  readonly redeem: AbiFunction;
  readonly asset: Token;
}

/** The result of one depositor's full redemption. */
interface Withdrawal {
  readonly name: string;
  /** Base units of the shares. */
  readonly shares: bigint;
  /** What the shares convert to before the first redemption, base units of the asset; `undefined`: the call reverts. */
  readonly promised: bigint | undefined;
  /** What arrives, base units of the asset. */
  readonly paid: bigint;
  /** The revert data if the call reverted. */
  readonly reverted: Hex | undefined;
}

/**
 * Every depositor of an ERC-4626 vault can really redeem everything: one after the other, in a simulation of which
 * nothing persists. What arrives is compared with what the vault promised before the first redemption.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_TARGET` if the target is not an ERC-4626
 * vault, `UNKNOWN_ACCOUNT`
 * @example `withdrawable({ depositors: ["alice", "bob"], minimum: 0.99 })`
 */
export function withdrawable(options: WithdrawableOptions = {}): Condition {
  requireKnown(ID, options, ["depositors", "minimum"]);
  const { depositors, minimum = DEFAULT_MINIMUM } = options;
  requireInRange(ID, "minimum", minimum, { min: 0, max: 1 });
  requireAccountList(ID, "depositors", depositors);
  return defineCondition<Facts, readonly Withdrawal[]>({
    id: ID,
    inspect: async (context) => inspect(context, depositors),
    observe: (facts, { target }) => withdrawalsPlan(facts, target),
    judge: ({ reading, target }, { asset }) => judge(reading, { minimum, asset, abi: target.abi }),
  });
}

async function inspect(context: ConditionInspectContext, chosen: readonly string[] | undefined): Promise<Facts> {
  const { target } = context;
  const [, convertToAssets, redeem] = requireFunctions(ID, target, [
    { name: "balanceOf", inputs: ["address"], standard: "ERC-4626" },
    { name: "convertToAssets", inputs: ["uint256"], standard: "ERC-4626" },
    { name: "redeem", inputs: ["uint256", "address", "address"], standard: "ERC-4626" },
  ]);
  const asset = await context.read(attempt(read({ address: target.address, abi: erc4626Abi, functionName: "asset" })));
  if (asset === undefined) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${ID} needs an ERC-4626 vault, but asset() of ${target.name} returns no value.`,
      hint: "Use it on the vault whose shares depositors hold.",
    });
  }
  return {
    depositors: await depositorsOf(context, chosen),
    convertToAssets,
    redeem,
    asset: await context.token(asset),
  };
}

async function depositorsOf(
  { accounts, target, hasCode }: ConditionInspectContext,
  chosen: readonly string[] | undefined,
): Promise<readonly NamedAccount[]> {
  if (chosen !== undefined) {
    const named = accountsNamed(chosen, accounts);
    if (named.every(({ address }) => !isSameAddress(address, target.address))) return named;
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID}: "depositors" lists the target itself, which cannot redeem its own shares in a simulation.`,
      hint: "List the accounts that hold its shares.",
    });
  }
  const depositors: NamedAccount[] = [];
  for (const account of accountsOf(accounts, { except: target.address })) {
    // redeeming for a contract would replace its code, and others may call it while they redeem
    if (!(await hasCode(account.address))) depositors.push(account);
  }
  return depositors;
}

/**
 * One group of calls: each depositor's shares and what they convert to; then, for each in turn, its balance of the
 * asset, `redeem`, and its balance afterwards.
 */
function withdrawalsPlan(facts: Facts, target: ConditionTarget): ReadPlan<readonly Withdrawal[]> {
  const { depositors, convertToAssets, redeem, asset } = facts;
  const promises = depositors.flatMap(({ address }, index): readonly ReadCall[] => [
    readCall(target.address, balanceOf, [address]),
    { ...readCall(target.address, convertToAssets, [0n]), splice: { from: 2 * index, offset: FIRST_ARGUMENT } },
  ]);
  const withdrawals = depositors.flatMap(({ address }, index): readonly ReadCall[] => [
    readCall(asset.address, balanceOf, [address]),
    {
      ...readCall(target.address, redeem, [0n, address, address], address),
      splice: { from: 2 * index, offset: FIRST_ARGUMENT },
    },
    readCall(asset.address, balanceOf, [address]),
  ]);
  return map(simulate([...promises, ...withdrawals]), (results) =>
    depositors.map(({ name }, index) =>
      withdrawalIn(name, results.slice(2 * index), results.slice(promises.length + 3 * index)),
    ),
  );
}

function withdrawalIn(
  name: string,
  [shares, promised]: readonly ReadResult[],
  [before, redeemed, after]: readonly ReadResult[],
): Withdrawal {
  return {
    name,
    shares: numberIn(shares) ?? 0n,
    promised: numberIn(promised),
    paid: (numberIn(after) ?? 0n) - (numberIn(before) ?? 0n),
    reverted: redeemed?.success === false ? redeemed.data : undefined,
  };
}

function judge(
  withdrawals: readonly Withdrawal[],
  { minimum, asset, abi }: { readonly minimum: number; readonly asset: Token; readonly abi: Abi },
): readonly GivenEvidence[] {
  const share = BigInt(Math.floor(minimum * 1e6));
  const failed = withdrawals.filter((withdrawal) => {
    const { shares, promised, paid, reverted } = withdrawal;
    if (shares === 0n) return false;
    // an amount that rounds to nothing may be refused
    if (reverted !== undefined) return promised === undefined || promised > DUST;
    return promised !== undefined && paid + DUST < (promised * share) / MILLION;
  });
  const others = failed.length === 1 ? "" : `, and ${failed.length - 1} more`;
  return eachFirst(failed).map((ordered) => ({
    cause: ordered[0].name,
    summary: `${summaryOf(ordered[0], asset, abi)}${others}`,
    quantities: ordered.flatMap((withdrawal) => quantitiesOf(withdrawal, asset, abi)),
  }));
}

function quantitiesOf({ name, promised, paid, reverted }: Withdrawal, asset: Token, abi: Abi): readonly Quantity[] {
  return [
    ...(promised === undefined ? [] : [quantity("value of shares", tokens(promised, asset), name)]),
    ...(reverted === undefined
      ? [quantity("payout", tokens(paid, asset), name)]
      : [statement("redeem", `reverts (${revertReason(reverted, abi)})`, name)]),
  ];
}

function summaryOf({ name, promised, paid, reverted }: Withdrawal, asset: Token, abi: Abi): string {
  if (reverted !== undefined) {
    const what = promised === undefined ? "its shares" : `shares worth ${format(tokens(promised, asset))}`;
    return `${name} cannot redeem ${what}: redeem reverts (${revertReason(reverted, abi)})`;
  }
  // without a promise there is nothing to fall short of
  const due = promised ?? 0n;
  const share = percent(Number(paid) / Number(due));
  return `${name} gets ${format(tokens(paid, asset))} for shares worth ${format(tokens(due, asset))} (${format(share)})`;
}

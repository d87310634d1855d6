import type { AbiFunction, Hex } from "viem";

import type { Token } from "../protocols/token.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition, ConditionInspectContext, ConditionTarget } from "./condition.js";
import type { GivenEvidence, Quantity } from "./evidence.js";
import type { Stuck } from "./stuck.js";
import type { Redemption, Withdrawal } from "./withdrawals.js";

import { erc4626Abi } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireText } from "../options.js";
import { attempt, read } from "../protocols/read-plan.js";
import { addressKey, isSameAddress } from "../quantity/address.js";
import { blocks, percent, tokens } from "../quantity/amount.js";
import { format, formatApart } from "../quantity/format.js";
import { functionsOf, requireFunctions } from "../target/functions.js";
import { agentAddress } from "../view/accounts.js";

import { accountsNamed, accountsOf, accountsWithoutCode, requireAccountList } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { quantity, statement } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { notOnChain } from "./on-chain.js";
import { revertReason } from "./revert-reason.js";
import { stuckAfter } from "./stuck.js";
import { nothingToJudge } from "./unjudged.js";
import { requireSomeJudged, WAITED } from "./wait.js";
import { withdrawalsPlan } from "./withdrawals.js";

const ID = "withdrawable";

/** Base units lost to rounding. */
const DUST = 2n;

const DEFAULT_MINIMUM = 0.999;

const MILLION = 1_000_000n;

/** Options of {@link withdrawable}. */
export interface WithdrawableOptions {
  /**
   * Who redeems, in this order, by name or address. Default: the scenario's agents and accounts, except those that
   * are contracts.
   */
  readonly depositors?: readonly string[];
  /** The share of `convertToAssets` of their shares that depositors must receive, as a fraction, 0 to 1. Default 0.999. */
  readonly minimum?: number;
  /**
   * For how many blocks in a row an account may be unable to redeem: the length of a cooldown, of an epoch, of a keeper's
   * round; a whole number from 0 to 1,000,000, and less than the scenario's `blocks`. Default 0. What begins less than that
   * before the end of a run is not judged.
   *
   * The count begins again when the account's shares become fewer, and when it withdraws or deposits itself. It does not when
   * somebody else gives it shares: nobody's deposit may keep another waiting.
   */
  readonly within?: number;
  /**
   * The function with which an account asks for a withdrawal in two steps: `requestRedeem`. Its first whole number is the shares,
   * every address the account. An account that cannot redeem, but whose request would be accepted, is not stuck. What becomes of
   * an accepted request is not followed. Default: none, `redeem` must pay at once.
   */
  readonly request?: string;
}

/**
 * Every depositor of an ERC-4626 vault can really redeem everything: one after the other, in a simulation of which
 * nothing persists. What arrives is compared with what the vault promised before the first redemption.
 *
 * @throws SiegeError `INVALID_OPTION`, also when the scenario is bound, if `within` is as long as a run; `UNSUPPORTED_TARGET`
 * if the target is not an ERC-4626 vault, `UNKNOWN_ACCOUNT`
 * @example `withdrawable({ depositors: ["alice", "bob"], minimum: 0.99, within: 5 })`
 */
export function withdrawable(options: WithdrawableOptions = {}): Condition {
  requireKnown(ID, options, ["depositors", "minimum", "within", "request"]);
  const { depositors, minimum = DEFAULT_MINIMUM, within = 0, request } = options;
  requireInRange(ID, "minimum", minimum, { min: 0, max: 1 });
  requireInRange(ID, "within", within, { min: 0, max: 1_000_000, kind: "integer" });
  if (request !== undefined) requireText(ID, "request", request);
  requireAccountList(ID, "depositors", depositors);
  return defineCondition<Redemption, readonly Withdrawal[], Stuck>({
    id: ID,
    // who withdrew and deposited again in one block is known by its calls
    results: within > 0,
    inspect: async (context) => {
      requireSomeJudged(ID, within, context);
      return inspect(context, depositors, request);
    },
    observe: (facts, { target }) => withdrawalsPlan(facts, target),
    onChain: ({ reading, target }, { depositors, convertToAssets, redeem, request: asks, asset }) => {
      if (within > 0) return notOnChain(WAITED);
      const failed = new Set(failedOf(reading, minimum).map(({ address }) => addressKey(address)));
      return {
        kind: "redemptions",
        says: "every depositor redeems everything, one after the other",
        vault: target.address,
        asset: asset.address,
        convert: convertToAssets,
        redeem,
        ...(asks === undefined
          ? {}
          : { request: { function: asks, at: asks.inputs.findIndex(({ type }) => type === "uint256") } }),
        redemptions: depositors.map(({ name, address }) => ({
          name,
          account: address,
          failed: failed.has(addressKey(address)),
        })),
        minimum: BigInt(Math.floor(minimum * 1e6)),
        dust: DUST,
      };
    },
    judge: ({ reading, target, view, paused, memory = {}, remember }, { asset, depositors }) => {
      const failed = failedOf(reading, minimum);
      const stuck = within === 0 ? {} : stuckAfter(failed, memory, { view, target, paused });
      if (within > 0) remember(stuck);
      if (reading.every(({ shares }) => shares === 0n)) return nothingToJudge("no account holds shares");
      if (failed.length === 0) return undefined;
      const names = namesOf([
        ...accountsOf(view.accounts),
        ...depositors,
        { name: asset.symbol, address: asset.address },
        target,
      ]);
      const why = (reverted: Hex): string => `reverts (${revertReason(reverted, target, names)})`;
      if (within === 0) return evidence(failed, { asset, why });
      const since = ({ name }: Withdrawal): number => stuck[name]?.since ?? view.block;
      const late = failed.filter((withdrawal) => view.block - since(withdrawal) >= within);
      return evidence(late, { asset, why, since, within });
    },
  });
}

async function inspect(
  context: ConditionInspectContext,
  chosen: readonly string[] | undefined,
  request: string | undefined,
): Promise<Redemption> {
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
    request: request === undefined ? undefined : requestOf(target, request),
    asset: await context.token(asset),
  };
}

/** @throws SiegeError `UNSUPPORTED_TARGET` if it has other arguments than shares and accounts */
function requestOf(target: ConditionTarget, name: string): AbiFunction {
  const { inputs } = functionsOf(target.abi).find((item) => item.name === name) ?? { inputs: [{ type: "uint256" }] };
  const types = inputs.map(({ type }) => type);
  const isKnown = types.every((type) => type === "address" || type === "uint256");
  if (isKnown && types.filter((type) => type === "uint256").length === 1) {
    return requireFunctions(ID, target, [{ name, inputs: types }])[0];
  }
  throw new SiegeError("UNSUPPORTED_TARGET", {
    message: `${ID} cannot call ${name}(${types.join()}) of ${target.name}: it fills in one uint256, the shares, and addresses.`,
    hint: "Name a function such as requestRedeem(uint256,address,address), or write the condition with defineCondition.",
  });
}

async function depositorsOf(
  context: ConditionInspectContext,
  chosen: readonly string[] | undefined,
): Promise<readonly NamedAccount[]> {
  const { accounts, target } = context;
  if (chosen !== undefined) {
    const named = accountsNamed(chosen, accounts);
    if (named.every(({ address }) => !isSameAddress(address, target.address))) return named;
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID}: "depositors" lists the target itself, which cannot redeem its own shares in a simulation.`,
      hint: "List the accounts that hold its shares.",
    });
  }
  return accountsWithoutCode(context);
}

/**
 * Those who hold shares, and can neither redeem them for what they are worth nor ask for it: who misses most first, and of two
 * who miss the same, whoever the scenario names rather than one of its agents.
 */
function failedOf(withdrawals: readonly Withdrawal[], minimum: number): readonly Withdrawal[] {
  const share = BigInt(Math.floor(minimum * 1e6));
  const failed = withdrawals.filter(({ shares, promised, paid, reverted, mayAsk }) => {
    if (shares === 0n) return false;
    // an amount that rounds to nothing may be refused
    if (reverted !== undefined) return !mayAsk && (promised === undefined || promised > DUST);
    return promised !== undefined && paid + DUST < (promised * share) / MILLION;
  });
  return failed.sort((a, b) => Number(missing(b) - missing(a)) || Number(isAgent(a)) - Number(isAgent(b)));
}

/** Base units of the asset. */
function missing({ promised = 0n, paid }: Withdrawal): bigint {
  return promised - paid;
}

function isAgent({ name, address }: Withdrawal): boolean {
  return isSameAddress(agentAddress(name), address);
}

function namesOf(accounts: readonly NamedAccount[]): ReadonlyMap<string, string> {
  return new Map(accounts.map(({ name, address }) => [addressKey(address), name]));
}

interface Wording {
  readonly asset: Token;
  /** What a revert means: `reverts (Locked())`. */
  readonly why: (reverted: Hex) => string;
  /** The block since which an account has been unable to redeem, if that is allowed for some time. */
  readonly since?: (withdrawal: Withdrawal) => number;
  readonly within?: number;
}

function evidence(failed: readonly Withdrawal[], wording: Wording): readonly GivenEvidence[] {
  const { since, within = 0 } = wording;
  const others = failed.length === 1 ? "" : `, and ${failed.length - 1} more`;
  return eachFirst(failed).map((ordered) => {
    const [first] = ordered;
    const block = since?.(first);
    const waited =
      block === undefined ? "" : `, in every block since block ${block} (${format(blocks(within))} allowed)`;
    return {
      cause: first.name,
      summary: `${summaryOf(first, wording)}${waited}${others}`,
      quantities: ordered.flatMap((withdrawal) => quantitiesOf(withdrawal, wording)),
    };
  });
}

function quantitiesOf({ name, promised, paid, reverted }: Withdrawal, { asset, why }: Wording): readonly Quantity[] {
  return [
    ...(promised === undefined ? [] : [quantity("value of shares", tokens(promised, asset), name)]),
    ...(reverted === undefined
      ? [quantity("payout", tokens(paid, asset), name)]
      : [statement("redeem", why(reverted), name)]),
  ];
}

function summaryOf({ name, promised, paid, reverted }: Withdrawal, { asset, why }: Wording): string {
  if (reverted !== undefined) {
    const what = promised === undefined ? "its shares" : `shares worth ${format(tokens(promised, asset))}`;
    return `${name} cannot redeem ${what}: redeem ${why(reverted)}`;
  }
  // without a promise there is nothing to fall short of
  const due = promised ?? 0n;
  const share = percent(Number(paid) / Number(due));
  const [got, worth] = formatApart(tokens(paid, asset), tokens(due, asset));
  return `${name} gets ${got} for shares worth ${worth} (${format(share)})`;
}

import type { Address, Hex } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { ReadCall, ReadPlan } from "../protocols/read-plan.js";
import type { Token } from "../protocols/token.js";
import type { AccountView, ViewOf } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition, ConditionInspectContext, ConditionTarget, Purse } from "./condition.js";
import type { GivenEvidence } from "./evidence.js";
import type { ChainPossibility } from "./on-chain.js";
import type { SimulatedArgument, SimulatedFunction } from "./simulated-call.js";
import type { Moment, Wait } from "./wait.js";

import { erc20Abi, maxUint256 } from "viem";

import { SiegeError } from "../errors.js";
import { requireKnown, requireNames, requireText } from "../options.js";
import { call, encodeCall } from "../protocols/call.js";
import { list, map, simulate } from "../protocols/read-plan.js";
import { addressKey, isSameAddress } from "../quantity/address.js";
import { numberIn } from "../target/functions.js";

import { accountView, requireViewOf, viewCall } from "./account-view.js";
import { accountsNamed, accountsOf, accountsWithoutCode, requireAccountList } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { statement } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { notOnChain } from "./on-chain.js";
import { actedIn } from "./own-calls.js";
import { told, triedCall } from "./possible.js";
import { purseOf } from "./purse.js";
import { allowedReverts, isAllowedRevert, revertReason } from "./revert-reason.js";
import { callText, castOf, simulatedCall, simulatedFunction } from "./simulated-call.js";
import { paidToken } from "./unit.js";
import { nothingToJudge, notJudged } from "./unjudged.js";
import { isNoWait, isOver, requireSomeJudged, requireWait, WAITED, waitText } from "./wait.js";

const ID = "liveness";

/** Options of {@link liveness}. */
export interface LivenessOptions {
  /** The target's function that must stay possible: its name, or its signature if there are several of that name. */
  readonly function: string;
  /**
   * What it is called with: values; for addresses, `"account"` or the name of an account of the scenario; or, once, the number
   * that a view returns for the account, such as `{ view: "balanceOf" }` or `{ view: "debtOf", args: [token, "account"] }`. An account for which the view returns 0 has nothing,
   * and is not judged. Default: the account for every address; anything else must be given.
   */
  readonly args?: readonly SimulatedArgument[];
  /** Who must be able to call it, by name or address. Default: the scenario's agents and accounts that are not contracts. */
  readonly accounts?: readonly string[];
  /**
   * For how many blocks in a row (`5`, `{ blocks: 5 }`), or seconds (`{ seconds: 3_600 }`), it may be impossible for an account:
   * less than a run lasts. Default 0. The count begins again when the account has fewer of what the view returns, when it
   * calls the target itself with success, and after a pause, in which nobody acts.
   */
  readonly within?: Wait;
  /**
   * Legitimate reasons to refuse: names of custom errors (`"CoolingDown"`), or revert texts (`"paused"`). Whoever can bring one
   * about for others is not noticed: better name a view with `unless`, or a time with `within`. Default: none.
   */
  readonly errors?: readonly string[];
  /**
   * A view without arguments, or of an account, while whose result is not 0 and not false nothing is judged: `paused`. One that
   * takes more has its arguments with it: `{ function: "paused", args: [token] }`. Default: none.
   */
  readonly unless?: ViewOf;
  /**
   * A view of an account that says whether it has anything to call the function for, where no argument does: `claimableOf` for
   * `claim()`. An account for which it returns 0 or false has nothing, and is not judged. One that takes more than the account has
   * its arguments with it: `{ function: "earned", args: [token, "account"] }`. Default: every account has.
   */
  readonly owed?: ViewOf;
  /**
   * The scenario's asset that a caller pays, such as the debt that it repays: in the simulation it has as much as it takes, and
   * the target has its allowance. Default: it pays from what it has.
   */
  readonly pays?: string;
}

interface Facts {
  readonly accounts: readonly NamedAccount[];
  readonly simulated: SimulatedFunction;
  readonly unless: AccountView | undefined;
  readonly owed: AccountView | undefined;
  readonly pays: Token | undefined;
  /** The scenario's, by name, which arguments may name. */
  readonly known: ConditionInspectContext["accounts"];
}

type Payment = ContractCall & { readonly from: Address };

/** What a simulated call of one account did. */
interface Attempt {
  readonly account: NamedAccount;
  /** What the view of an argument returned, or else what is owed; `undefined`: it reverts, or there is no such view */
  readonly amount: bigint | undefined;
  readonly hasNothing: boolean;
  readonly isUnreadable: boolean;
  readonly isExcused: boolean;
  /** The revert data if the call reverted. */
  readonly reverted: Hex | undefined;
}

/** Since when accounts have been unable to, by name. */
type Stuck = Readonly<Record<string, Moment & { readonly amount: bigint | undefined }>>;

/**
 * A function of the target stays possible for those who need it: to withdraw, to repay, to claim. Each account's call is tried
 * after every block, in a simulation of its own that leaves nothing behind; the call carries no native coin.
 *
 * There is nothing to judge while nobody has anything, or all are excused or refused for a reason that `errors` allows; not judged
 * while the view that an argument comes from reverts for everybody.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `INVALID_OPTION` if the arguments do not fit the function or
 * `within` is as long as a run, `UNSUPPORTED_TARGET` if the target does not have the functions, `UNKNOWN_ACCOUNT`,
 * `UNKNOWN_ASSET`, `UNFUNDABLE_TOKEN`
 * @example
 * ```ts
 * liveness({ function: "withdraw", args: [{ view: "balanceOf" }], unless: "paused" });
 * liveness({ function: "claim", owed: "claimableOf" });
 * liveness({ function: "repay", args: [{ view: "debtOf" }], pays: "USDC", within: { seconds: 3_600 } });
 * ```
 */
export function liveness(options: LivenessOptions): Condition {
  requireKnown(ID, options, ["function", "args", "accounts", "within", "errors", "unless", "owed", "pays"]);
  const { within = 0, errors = [] } = options;
  requireText(ID, "function", options.function);
  if (options.unless !== undefined) requireViewOf(ID, "unless", options.unless);
  if (options.owed !== undefined) requireViewOf(ID, "owed", options.owed);
  if (options.pays !== undefined) requireText(ID, "pays", options.pays);
  requireNames(ID, "errors", options.errors);
  requireAccountList(ID, "accounts", options.accounts);
  requireWait(ID, within);
  return defineCondition<Facts, readonly Attempt[], Stuck>({
    // one per function
    id: `${ID}(${options.function})`,
    // who acts itself begins its own wait
    results: !isNoWait(within),
    inspect: async (context) => {
      requireSomeJudged(ID, within, context);
      return inspect(context, options);
    },
    purses: ({ pays }): readonly Purse[] => (pays === undefined ? [] : [purseOf(pays)]),
    observe: (facts, { target }) => list(facts.accounts.map((account) => attemptPlan(facts, target, account))),
    onChain: ({ reading, target }, facts) => {
      if (!isNoWait(within)) return notOnChain(WAITED);
      const failed = new Set(failedOf(judgedOf(reading), target, errors).map(({ account }) => account.name));
      return {
        kind: "possible",
        says: `whoever needs ${facts.simulated.item.name}() can call it`,
        possibilities: facts.accounts.map((account) => ({
          of: account.name,
          ...possibleFor(facts, target, account),
          failed: failed.has(account.name),
        })),
        errors: allowedReverts(target, errors),
      };
    },
    judge: ({ reading, target, view, paused, memory = {}, remember }, { simulated, owed }) => {
      const judged = judgedOf(reading);
      const failed = failedOf(judged, target, errors);
      const acted = isNoWait(within) ? new Set<string>() : actedIn(view, target.address);
      const stuck: Stuck = Object.fromEntries(
        failed.map(({ account, amount }) => {
          const known = memory[account.name];
          const isNew =
            known === undefined ||
            // in a pause nobody could try
            paused.before > 0 ||
            (amount ?? 0n) < (known.amount ?? 0n) ||
            acted.has(addressKey(account.address));
          const { block, timestamp } = isNew ? view : known;
          return [account.name, { block, timestamp, amount }];
        }),
      );
      if (!isNoWait(within)) remember(stuck);
      if (judged.length === 0) {
        const unreadable = reading.filter(({ isUnreadable }) => isUnreadable);
        if (unreadable.length > 0) {
          const views = [simulated.view, owed].flatMap((one) => (one === undefined ? [] : [`${one.item.name}()`]));
          return notJudged(`${views.join(" or ")} reverts for every account`);
        }
        return nothingToJudge(`no account needs ${simulated.item.name}()`);
      }
      const names = new Map(
        [...accountsOf(view.accounts), target].map(({ name, address }) => [addressKey(address), name]),
      );
      const [refused] = judged;
      if (failed.length === 0 && judged.every(({ reverted }) => reverted !== undefined)) {
        const reason = revertReason(refused?.reverted ?? "0x", target, names);
        return nothingToJudge(`every ${simulated.item.name}() is refused for a reason that errors allows: ${reason}`);
      }
      const late = failed.filter(({ account }) => isOver(within, stuck[account.name] ?? view, view));
      return eachFirst(late).map((ordered) =>
        evidence(ordered, simulated, {
          why: (reverted) => revertReason(reverted, target, names),
          waited: (name) =>
            isNoWait(within)
              ? ""
              : `, in every block since block ${stuck[name]?.block ?? view.block} (${waitText(within)} allowed)`,
        }),
      );
    },
  });
}

async function inspect(context: ConditionInspectContext, options: LivenessOptions): Promise<Facts> {
  const { target, accounts: known } = context;
  const pays = options.pays === undefined ? undefined : paidToken(ID, "pays", context, options.pays);
  const chosen = options.accounts === undefined ? undefined : accountsNamed(options.accounts, known);
  if (chosen?.some(({ address }) => isSameAddress(address, target.address)) === true) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID}: "accounts" lists the target itself, which cannot call itself in a simulation.`,
      hint: "List the accounts that use it.",
    });
  }
  const facts: Facts = {
    accounts: chosen ?? (await accountsWithoutCode(context)),
    simulated: simulatedFunction(ID, target, { name: options.function, args: options.args, accounts: known }),
    unless: options.unless === undefined ? undefined : accountView(ID, target, options.unless, known),
    owed: options.owed === undefined ? undefined : accountView(ID, target, options.owed, known),
    pays,
    known,
  };
  return facts;
}

function attemptPlan(facts: Facts, target: ConditionTarget, account: NamedAccount): ReadPlan<Attempt> {
  const { simulated, unless, owed, known } = facts;
  // the call takes its argument from the first
  const asked = [simulated.view, owed, unless].flatMap((view) => (view === undefined ? [] : [view]));
  const first: readonly ReadCall[] = [
    ...asked.map((view) => viewCall(target, view, account.address)),
    ...paymentOf(facts, target, account).map((payment) => ({
      to: payment.to,
      data: encodeCall(payment),
      from: payment.from,
    })),
  ];
  const made = simulatedCall(ID, target, simulated, {
    from: account.address,
    cast: castOf(account),
    accounts: known,
    viewAt: 0,
  });
  return map(simulate([...first, made]), (results) => {
    const called = results[first.length];
    const numberOf = (view: AccountView): bigint | undefined => numberIn(results[asked.indexOf(view)]);
    const amounts = [simulated.view, owed].flatMap((view) => (view === undefined ? [] : [numberOf(view)]));
    return {
      account,
      amount: amounts[0],
      hasNothing: amounts.includes(0n),
      isUnreadable: amounts.includes(undefined),
      isExcused: unless !== undefined && (numberOf(unless) ?? 0n) !== 0n,
      reverted: called?.success === false ? called.data : undefined,
    };
  });
}

function judgedOf(reading: readonly Attempt[]): readonly Attempt[] {
  return reading.filter(({ hasNothing, isUnreadable, isExcused }) => !isUnreadable && !isExcused && !hasNothing);
}

function failedOf(judged: readonly Attempt[], target: ConditionTarget, errors: readonly string[]): readonly Attempt[] {
  return judged.filter(({ reverted }) => reverted !== undefined && !isAllowedRevert(reverted, target, errors));
}

/** When an account must be able to make its call, and the call, for a contract that tries it. */
function possibleFor(
  facts: Facts,
  target: ConditionTarget,
  account: NamedAccount,
): Pick<ChainPossibility, "ways" | "when"> {
  const { simulated, owed, unless, known } = facts;
  const { address } = account;
  const needs = [simulated.view, owed].flatMap((view) => (view === undefined ? [] : [told(target, view, address)]));
  return {
    when: [
      ...needs.map((number) => ({ kind: "number", number, is: "above zero" }) as const),
      ...(unless === undefined
        ? []
        : [{ kind: "number", number: told(target, unless, address), is: "nothing" } as const]),
    ],
    ways: [
      {
        first: paymentOf(facts, target, account),
        call: triedCall(target, simulated, { from: address, about: address, cast: castOf(account), accounts: known }),
      },
    ],
  };
}

/** What the account pays arrives, and the target may take it. */
function paymentOf({ pays }: Facts, target: ConditionTarget, { address }: NamedAccount): readonly Payment[] {
  if (pays === undefined) return [];
  const purse = purseOf(pays);
  const token = { address: pays.address, abi: erc20Abi } as const;
  return [
    { from: purse.account, ...call({ ...token, functionName: "transfer", args: [address, purse.amount] }) },
    { from: address, ...call({ ...token, functionName: "approve", args: [target.address, maxUint256] }) },
  ];
}

function evidence(
  failed: readonly [Attempt, ...Attempt[]],
  simulated: SimulatedFunction,
  { why, waited }: { readonly why: (reverted: Hex) => string; readonly waited: (name: string) => string },
): GivenEvidence {
  const [{ account, amount, reverted = "0x" }] = failed;
  const others = failed.length === 1 ? "" : `, and ${failed.length - 1} more`;
  return {
    cause: account.name,
    summary: `${account.name} cannot call ${callText(simulated, account, amount)}: it reverts (${why(reverted)})${waited(account.name)}${others}`,
    quantities: failed.map((one) =>
      statement(simulated.item.name, `reverts (${why(one.reverted ?? "0x")})`, one.account.name),
    ),
  };
}

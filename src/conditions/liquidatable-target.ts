import type { AbiFunction, Address, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { View } from "../view/view.js";
import type { ViewOf, ViewValue } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { AmountOf } from "./amount-of.js";
import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "./condition.js";
import type { LiquidationFacts } from "./liquidatable-on-chain.js";
import type { Cast, SimulatedArgument, SimulatedFunction, ViewArgument } from "./simulated-call.js";
import type { UnderWater, Unliquidated } from "./under-water.js";
import type { Unjudged } from "./unjudged.js";
import type { Wait } from "./wait.js";

import { erc20Abi, getAbiItem, maxUint256, toFunctionSignature, zeroAddress } from "viem";

import { SiegeError } from "../errors.js";
import { call, encodeCall } from "../protocols/call.js";
import { list, map, simulate } from "../protocols/read-plan.js";
import { wholeUnits } from "../quantity/amount.js";
import { numberIn, readCall } from "../target/functions.js";
import { dollarsOf } from "../view/dollars.js";

import { accountView, viewCall } from "./account-view.js";
import { accountsNamed, accountsOf } from "./accounts.js";
import { amountViews, valueOf } from "./amount-of.js";
import { defineCondition } from "./condition.js";
import { liquidationsOnChain, LIQUIDATOR } from "./liquidatable-on-chain.js";
import { notOnChain } from "./on-chain.js";
import { purseOf } from "./purse.js";
import { allowedReverts, isAllowedRevert, revertReason } from "./revert-reason.js";
import { simulatedCall, simulatedFunction } from "./simulated-call.js";
import { isStuck, unliquidated } from "./under-water.js";
import { paidToken } from "./unit.js";
import { isUnjudged, nothingToJudge, notJudged } from "./unjudged.js";
import { isNoWait, requireSomeJudged, WAITED } from "./wait.js";

const BALANCE_OF: AbiFunction = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/** Amounts that are tried besides the whole debt, hundredths of whole units: a protocol may take only part of it at a time. */
const PARTS = [1n, 100n, 10_000n, 1_000_000n];

/**
 * Whether a position may be liquidated, by a view of the target about the account: one that returns true or false, or a number
 * below which it may.
 */
export type Health = {
  /** Its name: `isLiquidatable`, `healthFactor`. */
  readonly function: string;
  /** Its arguments, if it takes more than the account: `[market, "account"]`. */
  readonly args?: readonly ViewValue[];
} & ({ readonly is: boolean } | { readonly below: bigint });

/** What is needed to judge the target's own liquidations. */
export interface TargetLiquidation {
  readonly liquidate: string;
  readonly args: readonly SimulatedArgument[] | undefined;
  readonly debt: AmountOf;
  readonly collateral: AmountOf;
  readonly health: Health | undefined;
  readonly threshold: number;
  readonly accounts: readonly string[] | undefined;
  readonly errors: readonly string[];
  readonly dust: number;
  readonly within: Wait;
}

/** What a liquidator has: base units of the tokens, wei, and its position in the target. */
interface Pocket {
  readonly tokens: readonly bigint[];
  readonly native: bigint;
  readonly debt: bigint;
  readonly collateral: bigint;
}

interface Trial {
  readonly before: Pocket;
  readonly after: Pocket;
  /** The revert data if the call reverted. */
  readonly reverted: Hex | undefined;
}

/** An account's position, base units, and the trials of liquidating it. */
interface Position {
  readonly account: NamedAccount;
  readonly debt: bigint | undefined;
  readonly collateral: bigint | undefined;
  readonly health: bigint | undefined;
  readonly trials: readonly Trial[];
}

/** Judges the target's own liquidations, in simulations by an account with as much of the debt's asset as it takes. */
export function liquidatableTarget(id: string, options: TargetLiquidation): Condition {
  const { within, errors } = options;
  return defineCondition<LiquidationFacts, readonly Position[], Unliquidated>({
    id,
    inspect: async (context) => {
      requireSomeJudged(id, within, context);
      return inspect(id, context, options);
    },
    purses: ({ paid }) => [purseOf(paid)],
    observe: (facts, { target }) => list(facts.accounts.map((account) => positionPlan(id, facts, target, account))),
    onChain: (context, facts) => {
      if (!isNoWait(within)) return notOnChain(WAITED);
      const { target, view } = context;
      const judged = judgedOf(context, facts, options);
      const failed = new Set((isUnjudged(judged) ? [] : judged.filter(isStuck)).map(({ name }) => name));
      return {
        kind: "possible",
        says: "whoever is under water can be liquidated at a profit, before gas",
        possibilities: facts.accounts.map((account) => ({
          of: account.name,
          ...liquidationsOnChain(view, target, facts, { account, rule: options }),
          failed: failed.has(account.name),
        })),
        errors: allowedReverts(target, errors),
      };
    },
    judge: (context, facts) => {
      const judged = judgedOf(context, facts, options);
      return isUnjudged(judged) ? judged : unliquidated(judged, within, context);
    },
  });
}

/** Who is under water, with what became of trying to liquidate them. */
function judgedOf(
  { reading, target, view }: Pick<JudgeContext<readonly Position[]>, "reading" | "target" | "view">,
  facts: LiquidationFacts,
  options: TargetLiquidation,
): readonly UnderWater[] | Unjudged {
  const { debt: owed, collateral: given, dust, errors } = options;
  const positions = reading.flatMap(({ debt, collateral, ...position }) =>
    debt === undefined || collateral === undefined || (facts.health !== undefined && position.health === undefined)
      ? []
      : [
          {
            ...position,
            debt: valueOf(view, facts.debt.unit, debt),
            collateral: valueOf(view, facts.collateral.unit, collateral),
          },
        ],
  );
  if (positions.length === 0 && reading.length > 0) {
    return notJudged(`${owed.function}() or ${given.function}() or the health reverts for every account`);
  }
  const owing = positions.filter(({ debt }) => debt > dust);
  if (owing.length === 0) return nothingToJudge("no account owes anything");
  return owing.flatMap(({ account: { name }, debt, collateral, health, trials }): readonly UnderWater[] => {
    // without collateral there is nothing to take: that is bad debt
    if (collateral <= dust || !isUnderWater({ debt, collateral, health }, options)) return [];
    const reverts = trials.flatMap(({ reverted }) => reverted ?? []);
    if (reverts.length === trials.length && reverts.every((data) => isAllowedRevert(data, target, errors))) return [];
    const gains = trials.flatMap((trial) => (trial.reverted === undefined ? [gainOf(view, facts, trial)] : []));
    const [first = "0x"] = reverts;
    return [
      {
        name,
        debt,
        collateral,
        profit: gains.length === 0 ? undefined : Math.max(...gains),
        why: `${options.liquidate} reverts (${revertReason(first, target)})`,
      },
    ];
  });
}

async function inspect(
  id: string,
  context: ConditionInspectContext,
  options: TargetLiquidation,
): Promise<LiquidationFacts> {
  const { target, accounts: known, assetTokens } = context;
  const { health } = options;
  const { debt, collateral } = amountViews(id, context, options);
  const paid = paidToken(id, "debt", context, options.debt.asset);
  return {
    accounts:
      options.accounts === undefined
        ? accountsOf(known, { except: target.address })
        : accountsNamed(options.accounts, known),
    known,
    debt,
    collateral,
    health: health === undefined ? undefined : accountView(id, target, viewOfHealth(health), known),
    trials: trialsOf(id, target, options, { paid, known }),
    paid,
    tokens: assetTokens,
  };
}

/** The call with the arguments that were given; or with the whole debt, and with round parts of it. */
function trialsOf(
  id: string,
  target: ConditionTarget,
  { liquidate: name, args, debt }: TargetLiquidation,
  { paid, known: accounts }: Pick<LiquidationFacts, "paid" | "known">,
): readonly SimulatedFunction[] {
  const made =
    args === undefined
      ? [viewOfDebt(debt), ...PARTS.map((part) => (part * 10n ** BigInt(paid.decimals)) / 100n)].map((amount) =>
          simulatedFunction(id, target, { name, args, accounts }, (item) => standIns(item, amount)),
        )
      : [simulatedFunction(id, target, { name, args, accounts })];
  const [first] = made;
  if (first?.item.stateMutability === "payable") {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${id} cannot call ${toFunctionSignature(first.item)} of ${target.name}: it is payable, and simulated calls send no native coin.`,
      hint: "Judge bad debt instead: noBadDebt({ collateral, debt }).",
    });
  }
  // without an amount, all of them are the same call
  return first?.view === undefined && args === undefined ? made.slice(0, 1) : made;
}

function viewOfHealth({ function: name, args }: Health): ViewOf {
  return { function: name, ...(args && { args }) };
}

function viewOfDebt({ function: view, args }: AmountOf): ViewArgument {
  return { view, ...(args && { args }) };
}

/** The first address is the borrower, further ones are the liquidator; the first number is the amount. */
function standIns({ inputs }: AbiFunction, amount: SimulatedArgument): readonly (SimulatedArgument | undefined)[] {
  const borrower = inputs.findIndex(({ type }) => type === "address");
  const repaid = inputs.findIndex(({ type }) => type === "uint256");
  return inputs.map(({ type }, index) => {
    if (type === "address") return index === borrower ? "account" : LIQUIDATOR;
    return index === repaid ? amount : undefined;
  });
}

function positionPlan(
  id: string,
  facts: LiquidationFacts,
  target: ConditionTarget,
  account: NamedAccount,
): ReadPlan<Position> {
  const about = [
    viewCall(target, facts.debt, account.address),
    viewCall(target, facts.collateral, account.address),
    ...(facts.health === undefined ? [] : [viewCall(target, facts.health, account.address)]),
  ];
  const trials = list(facts.trials.map((trial) => trialPlan(id, facts, target, { account, trial })));
  return map(list<readonly ReadResult[] | readonly Trial[]>([simulate(about), trials]), ([views, tried]) => {
    // in the order of the list
    const [debt, collateral, health] = views as readonly ReadResult[];
    return {
      account,
      debt: numberIn(debt),
      collateral: numberIn(collateral),
      health: numberIn(health),
      trials: tried as readonly Trial[],
    };
  });
}

function trialPlan(
  id: string,
  facts: LiquidationFacts,
  target: ConditionTarget,
  { account, trial }: { readonly account: NamedAccount; readonly trial: SimulatedFunction },
): ReadPlan<Trial> {
  const liquidator = purseOf(facts.paid).account;
  const cast: Cast = new Map([
    ["account", account.address],
    [LIQUIDATOR, liquidator],
  ]);
  const pocket = pocketCalls(facts, target, liquidator);
  const allow = call({
    address: facts.paid.address,
    abi: erc20Abi,
    functionName: "approve",
    args: [target.address, maxUint256],
  });
  const amount = trial.view === undefined ? [] : [viewCall(target, trial.view, account.address)];
  const first = [...amount, { to: facts.paid.address, data: encodeCall(allow), from: liquidator }, ...pocket];
  const made = simulatedCall(id, target, trial, { from: liquidator, cast, accounts: facts.known, viewAt: 0 });
  return map(simulate([...first, made, ...pocket]), (results) => {
    const called = results[first.length];
    return {
      before: pocketIn(results.slice(first.length - pocket.length, first.length)),
      after: pocketIn(results.slice(first.length + 1)),
      reverted: called?.success === false ? called.data : undefined,
    };
  });
}

function pocketCalls(
  { tokens, debt, collateral }: LiquidationFacts,
  target: ConditionTarget,
  of: Address,
): readonly ReadCall[] {
  return [
    viewCall(target, debt, of),
    viewCall(target, collateral, of),
    // the Lens reads the native coin of the address in the data
    { to: zeroAddress, data: of },
    ...tokens.map(({ address }) => readCall(address, BALANCE_OF, [of])),
  ];
}

function pocketIn([debt, collateral, native, ...tokens]: readonly ReadResult[]): Pocket {
  return {
    debt: numberIn(debt) ?? 0n,
    collateral: numberIn(collateral) ?? 0n,
    native: numberIn(native) ?? 0n,
    tokens: tokens.map((result) => numberIn(result) ?? 0n),
  };
}

function isUnderWater(
  {
    debt,
    collateral,
    health,
  }: { readonly debt: number; readonly collateral: number; readonly health: bigint | undefined },
  options: TargetLiquidation,
): boolean {
  if (options.health === undefined) return debt > collateral * options.threshold;
  if (health === undefined) return false;
  return "is" in options.health ? (health !== 0n) === options.health.is : health < options.health.below;
}

/** US dollars at fair prices, before gas. */
function gainOf(view: View, { tokens, debt, collateral }: LiquidationFacts, { before, after }: Trial): number {
  const inTokens = tokens.reduce(
    (sum, token, index) => sum + dollarsOf(view, token, (after.tokens[index] ?? 0n) - (before.tokens[index] ?? 0n)),
    0,
  );
  const native =
    view.nativeAsset === undefined ? 0 : wholeUnits(after.native - before.native, 18) * view.price(view.nativeAsset);
  const position =
    valueOf(view, collateral.unit, after.collateral - before.collateral) -
    valueOf(view, debt.unit, after.debt - before.debt);
  return inTokens + native + position;
}

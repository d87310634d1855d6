import type { AbiFunction } from "viem";

import type { Amount } from "../quantity/amount.js";
import type { ViewOf } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { ClaimReading, Claims } from "./claims.js";
import type { Condition, ConditionInspectContext, JudgeContext } from "./condition.js";
import type { GivenEvidence } from "./evidence.js";
import type { MarketMemory } from "./market-factor.js";
import type { AssetUnit } from "./unit.js";

import { erc4626Abi } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireText } from "../options.js";
import { attempt, read } from "../protocols/read-plan.js";
import { addressKey, isSameAddress } from "../quantity/address.js";
import { count, percent, tokens, usd, wholeUnits } from "../quantity/amount.js";
import { agentAddress } from "../view/accounts.js";

import { accountView, requireViewOf } from "./account-view.js";
import { accountsNamed, accountsWithoutCode, requireAccountList } from "./accounts.js";
import { claimOnChain, claimReading, claimsPlan } from "./claims.js";
import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { marketFactor } from "./market-factor.js";
import { actedIn } from "./own-calls.js";
import { unitOf } from "./unit.js";
import { nothingToJudge, notJudged } from "./unjudged.js";

const ID = "fairShare";

/** What {@link FairShareOptions.claim} says instead of a function name. */
const FAIR = "fair";

/** Base units lost to rounding. */
const DUST = 2n;

const BILLION = 1_000_000_000n;

/** US dollars: dust at fair prices. */
const CENT = 0.01;

const DEFAULT_TOLERANCE = 0.001;

/** Options of {@link fairShare}. */
export interface FairShareOptions {
  /**
   * The target's view of what an account could take out: `balanceOf`, `claimOf`. It takes the account; one that takes more has its
   * arguments with it: `{ function: "balanceOf", args: ["account", 1n] }`. `"fair"`: instead, all
   * that the account owns anywhere, at fair prices: native coin, tokens, shares and positions in the scenario's protocols.
   * Default: what its ERC-4626 shares convert to.
   */
  readonly claim?: ViewOf;
  /** The scenario's asset that `claim` counts. Default: the token that the target's `asset()` returns, or else no unit. */
  readonly asset?: string;
  /** Who must not lose, by name or address. Default: the scenario's accounts that are neither agents nor contracts. */
  readonly accounts?: readonly string[];
  /** The share of a claim that fees may take in a run, as a fraction, 0 to 1. Default 0.001. */
  readonly tolerance?: number;
  /**
   * A view of the target, without arguments, that changes when it books a legitimate loss, such as slashing or a strategy's:
   * `totalLosses`, `lastReport`. In a block in which it changes, claims may fall; what is left then is the new measure. Whoever
   * can change it can hide a theft behind it. Default: none.
   */
  readonly losses?: string;
}

/** The asset is that of the scenario, if it is one. */
type ClaimUnit = Pick<AssetUnit, "decimals" | "symbol"> & { readonly asset: string | undefined };

interface Facts {
  readonly accounts: readonly NamedAccount[];
  /** `undefined`: all that an account owns, at fair prices */
  readonly claim: ClaimReading | undefined;
  readonly losses: AbiFunction | undefined;
  /** What claims are counted in; `undefined`: a token that is not known */
  readonly token: ClaimUnit | undefined;
}

/** What it remembers: what is kept of each account, by name, the last booked loss, and the state of the market. */
interface Memory {
  readonly due: Readonly<Record<string, bigint | number>>;
  readonly losses: bigint | undefined;
  readonly market: MarketMemory | undefined;
}

/** What an account has, and what it must have: base units, or US dollars at fair prices. */
interface Holding {
  readonly name: string;
  readonly has: bigint | number;
  readonly due: bigint | number;
}

/**
 * Nobody ends with less than was theirs: what accounts that do nothing could take out of the target never falls below what it
 * was at the start, but for fees (`tolerance`) and for what prices alone took from what the target holds. What an account does
 * itself begins its measure anew, so a loss in its own transaction does not count.
 *
 * There is nothing to judge while none of the accounts has had a claim; not judged while the claims of all of them revert.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_TARGET` if the target is neither an ERC-4626
 * vault nor has the view, `UNKNOWN_ACCOUNT`, `UNKNOWN_ASSET`
 * @example
 * ```ts
 * fairShare();
 * fairShare({ claim: "balanceOf", asset: "USDC", accounts: ["alice"], losses: "totalSlashed" });
 * ```
 */
export function fairShare(options: FairShareOptions = {}): Condition {
  requireKnown(ID, options, ["claim", "asset", "accounts", "tolerance", "losses"]);
  const { tolerance = DEFAULT_TOLERANCE } = options;
  requireInRange(ID, "tolerance", tolerance, { min: 0, max: 1 });
  if (options.claim !== undefined) requireViewOf(ID, "claim", options.claim);
  for (const option of ["asset", "losses"] as const) {
    if (options[option] !== undefined) requireText(ID, option, options[option]);
  }
  requireAccountList(ID, "accounts", options.accounts);
  return defineCondition<Facts, Claims, Memory>({
    id: ID,
    // what an account does itself is no theft
    results: true,
    inspect: async (context) => inspect(context, options),
    observe: ({ accounts, claim, losses }, { target }) => claimsPlan(accounts, claim, losses, target),
    onChain: (context, { claim, ...facts }) => {
      if (claim === undefined) return undefined;
      const { holdings, market } = holdingsOf(context, { claim, ...facts });
      const { target } = context;
      const share = BigInt(Math.round((1 - tolerance) * (market?.least ?? 1) * Number(BILLION)));
      return {
        kind: "shortfalls",
        says: "nobody who does nothing loses a part of their claim",
        shortfalls: facts.accounts.flatMap(({ name, address }) => {
          const holding = holdings.find((one) => one.name === name);
          if (holding === undefined) return [];
          const number = claimOnChain(target.address, claim, { address, was: BigInt(holding.has) });
          const plus = (BigInt(holding.due) * share) / BILLION - DUST;
          return [{ of: name, terms: [{ what: "claim", number, times: -1n, over: 1n }], plus }];
        }),
        most: 0n,
        unit: facts.token ?? { symbol: "base units", decimals: 0 },
      };
    },
    judge: (context, facts) => {
      const { remember } = context;
      const { holdings, booked, market } = holdingsOf(context, facts);
      remember({ due: Object.fromEntries(holdings.map((one) => [one.name, kept(one)])), losses: booked, market });
      if (holdings.length === 0 && facts.accounts.length > 0) {
        return notJudged(`${claimName(facts)} reverts for every account`);
      }
      if (holdings.every(({ due }) => Number(due) === 0)) {
        return nothingToJudge("no account that does not act has a claim");
      }
      const share = (1 - tolerance) * (market?.least ?? 1);
      return eachFirst(worst(holdings.filter((one) => isShort(one, share)))).map((ordered) => evidence(ordered, facts));
    },
  });
}

/** What everybody has and must have, the last booked loss, and the state of the market. */
function holdingsOf(
  context: JudgeContext<Claims, Memory>,
  facts: Facts,
): {
  readonly holdings: readonly Holding[];
  readonly booked: bigint | undefined;
  readonly market: MarketMemory | undefined;
} {
  const { reading, start, memory, view } = context;
  const known = memory ?? { due: {}, losses: start.losses, market: undefined };
  const booked = reading.losses ?? known.losses;
  const acted = actedIn(view);
  const holdings = facts.accounts.flatMap((account, index): readonly Holding[] => {
    const holding = holdingOf(context, facts, index, known.due[account.name]);
    if (holding === undefined) return [];
    const isNew = booked !== known.losses || acted.has(addressKey(account.address));
    return [{ ...holding, name: account.name, due: isNew ? holding.has : holding.due }];
  });
  return { holdings, booked, market: marketOf(context, facts, known.market) };
}

/** What an account has and what it must have; `undefined` if that cannot be read. @param known - what was kept of it */
function holdingOf(
  { reading, start, worth }: JudgeContext<Claims, Memory>,
  { accounts, claim }: Facts,
  index: number,
  known: bigint | number | undefined,
): Omit<Holding, "name"> | undefined {
  const account = accounts[index];
  if (account === undefined) return undefined;
  if (claim === undefined) {
    const has = worth(account.address, "now");
    // what is taken is valued when it is taken: prices that move later are the market's doing
    const lost = Number(known ?? 0) + worth(account.address, "before") - has;
    return { has, due: has + lost };
  }
  const [has, due] = [reading.of[index], known ?? start.of[index]];
  return has === undefined || due === undefined ? undefined : { has, due };
}

/** What is kept of a holding for the next block: what it must be, or at fair prices what was lost so far. */
function kept({ has, due }: Holding): bigint | number {
  return typeof has === "number" || typeof due === "number" ? Number(due) - Number(has) : due;
}

async function inspect(context: ConditionInspectContext, options: FairShareOptions): Promise<Facts> {
  const { target } = context;
  const accounts =
    options.accounts === undefined
      ? (await accountsWithoutCode(context)).filter(({ name, address }) => !isSameAddress(address, agentAddress(name)))
      : accountsNamed(options.accounts, context.accounts);
  const losses =
    options.losses === undefined ? undefined : accountView(ID, target, options.losses, context.accounts).item;
  if (losses !== undefined && losses.inputs.length > 0) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${ID} needs a view without arguments to know of losses, but ${losses.name} of ${target.name} takes ${losses.inputs.map(({ type }) => type).join(", ")}.`,
      hint: "Name one that changes whenever a loss is booked, whoever bears it.",
    });
  }
  if (options.claim === FAIR) return { accounts, claim: undefined, losses, token: undefined };
  return {
    accounts,
    claim: claimReading(ID, target, options.claim, context.accounts),
    losses,
    token: await tokenOf(context, options.asset),
  };
}

/** @throws SiegeError `UNKNOWN_ASSET` */
async function tokenOf(context: ConditionInspectContext, asset: string | undefined): Promise<ClaimUnit | undefined> {
  if (asset !== undefined) return unitOf(ID, "claim", context, asset);
  const { address } = context.target;
  const own = await context.read(attempt(read({ address, abi: erc4626Abi, functionName: "asset" })));
  return own === undefined ? undefined : context.token(own);
}

/** At fair prices, or without prices, the market moves nothing. */
function marketOf(
  context: JudgeContext<Claims, Memory>,
  { claim, token }: Facts,
  before: MarketMemory | undefined,
): MarketMemory | undefined {
  if (claim === undefined || token?.asset === undefined) return undefined;
  const { decimals } = token;
  const stated = ({ total }: Claims): number | undefined =>
    total === undefined ? undefined : wholeUnits(total, decimals);
  return marketFactor(context, token.asset, { start: stated(context.start), now: stated(context.reading) }, before);
}

/** @param share - what may be left of it at least */
function isShort({ has, due }: Holding, share: number): boolean {
  if (typeof has === "number" || typeof due === "number") return Number(due) * share - Number(has) > CENT;
  return Number(due - has - DUST) > Number(due) * (1 - share);
}

/** Who lost the greatest share first. */
function worst(losses: readonly Holding[]): readonly Holding[] {
  const left = ({ has, due }: Holding): number => Number(has) / Number(due);
  return [...losses].sort((one, other) => left(one) - left(other));
}

function evidence(losses: readonly [Holding, ...Holding[]], facts: Facts): GivenEvidence {
  const [{ name, has, due }] = losses;
  const others = losses.length === 1 ? "" : `, and ${losses.length - 1} more`;
  const [left, was] = apart(
    quantity("claim", amountOf(has, facts), name),
    quantity("claim before", amountOf(due, facts), name),
  );
  const lost = quantity("loss", percent(1 - Number(has) / Number(due)), name);
  return {
    cause: name,
    summary: `${name}, who did nothing, has ${left.text} of ${was.text} left (lost ${lost.text})${others}`,
    quantities: [left, was, lost],
  };
}

function amountOf(amount: bigint | number, { token }: Facts): Amount {
  if (typeof amount === "number") return usd(amount);
  return token === undefined ? count(amount) : tokens(amount, token);
}

function claimName({ claim }: Facts): string {
  return claim?.kind === "view" ? `${claim.view.item.name}()` : "convertToAssets()";
}

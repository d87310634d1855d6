import type { AbiFunction } from "viem";

import type { Token } from "../protocols/token.js";
import type { Amount } from "../quantity/amount.js";
import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "./condition.js";
import type { GivenEvidence } from "./evidence.js";
import type { AssetUnit } from "./unit.js";
import type { Unjudged } from "./unjudged.js";

import { erc4626Abi } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { all, attempt, constant, read } from "../protocols/read-plan.js";
import { tokens, usd, wholeUnits } from "../quantity/amount.js";
import { readNumber, requireFunctions } from "../target/functions.js";

import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { chainDollars, IN_DOLLARS, minus, notOnChain, WORKED_OUT } from "./on-chain.js";
import { unitOf } from "./unit.js";
import { notJudged } from "./unjudged.js";

const ID = "solvent";

/** What {@link SolventOptions.assets} says instead of a function name. */
const FAIR = "fair";

/** Sums of US dollars in floating point are only this exact. */
const ROUNDING = 1e-9;

/** US dollars. Less than that is dust, which a minimal trace would otherwise end at. */
const CENT = 0.01;

const MILLION = 1_000_000n;

/** Options of {@link solvent}. */
export interface SolventOptions {
  /**
   * The target's zero-argument function that returns its assets, in base units of the asset's token. Default
   * `totalAssets`. `"fair"`: not what the target reports, but what it really holds, at fair prices: native coin, tokens,
   * shares and positions in the scenario's protocols.
   */
  readonly assets?: string;
  /** The target's function that returns its liabilities, in the same units. Default `totalLiabilities`. */
  readonly liabilities?: string;
  /** The scenario's asset that both are denominated in: base units of its token, or wei of native coin. Default: the token that the target's `asset()` returns. */
  readonly asset?: string;
  /** Shortfall to ignore, as a fraction of the liabilities, 0 to 1. Default 0. At fair prices, less than a cent is ignored, too. */
  readonly tolerance?: number;
}

/** What both are denominated in; the asset is that of the scenario, if it is one. */
type Denomination = Pick<AssetUnit, "decimals" | "symbol"> & { readonly asset: string | undefined };

interface Facts {
  /** `undefined`: valued at fair prices */
  readonly assets: AbiFunction | undefined;
  readonly liabilities: AbiFunction;
  readonly unit: Denomination;
}

interface Reading {
  readonly assets: bigint | undefined;
  readonly liabilities: bigint | undefined;
}

/**
 * The target's assets cover its liabilities. Not judged after a block in which one of the two functions reverts, as
 * those of a protocol that refuses stale prices do; at the start, both must return a number.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_TARGET` if the target does not have the
 * functions, `UNKNOWN_ASSET` if it is to be valued at fair prices in a token that is not an asset of the scenario, or in an asset that
 * has neither a token nor is native coin
 * @example `solvent({ assets: "liquidity", liabilities: "reserved", asset: "USDC" })`
 */
export function solvent(options: SolventOptions = {}): Condition {
  requireKnown(ID, options, ["assets", "liabilities", "asset", "tolerance"]);
  const { tolerance = 0 } = options;
  requireInRange(ID, "tolerance", tolerance, { min: 0, max: 1 });
  return defineCondition<Facts, Reading>({
    id: ID,
    inspect: async (context) => inspect(context, options),
    observe: ({ assets, liabilities }, { target }) =>
      all({
        assets: assets === undefined ? constant(undefined) : readNumber(target.address, assets),
        liabilities: readNumber(target.address, liabilities),
      }),
    judge: (context, facts) =>
      facts.assets === undefined
        ? judgeFair(context, facts, tolerance)
        : judgeStated(context.reading, facts, tolerance),
    onChain: (context, facts) => {
      const { reading, view, target, owned } = context;
      const { liabilities } = reading;
      if (liabilities === undefined) return undefined;
      const { asset, symbol, decimals } = facts.unit;
      const owes = {
        what: "liabilities",
        number: { kind: "view", to: target.address, function: facts.liabilities, args: [], was: liabilities },
      } as const;
      const says = "the assets cover the liabilities";
      const notTolerated = MILLION - BigInt(Math.round(tolerance * 1e6));
      if (facts.assets === undefined) {
        const has = owned(target.address);
        if (has === undefined) return notOnChain(WORKED_OUT);
        if (asset === undefined) return undefined;
        const worthOfOne = (chainDollars(view.price(asset)) * notTolerated) / MILLION;
        const due = { ...owes, times: worthOfOne, over: 10n ** BigInt(decimals) };
        const shortfalls = [{ of: target.name, terms: [due, ...minus(has)], plus: 0n }];
        return {
          kind: "shortfalls",
          says,
          shortfalls,
          most: tolerance > 0 ? 0n : chainDollars(CENT),
          unit: IN_DOLLARS,
        };
      }
      if (reading.assets === undefined) return undefined;
      const has = {
        what: "assets",
        number: { kind: "view", to: target.address, function: facts.assets, args: [], was: reading.assets },
        times: -1n,
        over: 1n,
      } as const;
      const terms = [{ ...owes, times: notTolerated, over: MILLION }, has];
      const shortfalls = [{ of: target.name, terms, plus: 0n }];
      return { kind: "shortfalls", says, shortfalls, most: 0n, unit: { symbol, decimals } };
    },
    margin: ({ reading, view, worth, target }, facts) => {
      const { assets, liabilities } = reading;
      if (liabilities === undefined || liabilities === 0n) return undefined;
      if (facts.assets !== undefined) {
        return assets === undefined ? undefined : 1 - (Number(liabilities) * (1 - tolerance)) / Number(assets);
      }
      const { asset, decimals } = facts.unit;
      if (asset === undefined) return undefined;
      const owed = wholeUnits(liabilities, decimals) * view.price(asset);
      return 1 - (owed * (1 - tolerance)) / worth(target.address, "now");
    },
  });
}

async function inspect(context: ConditionInspectContext, options: SolventOptions): Promise<Facts> {
  const { target } = context;
  const { assets, liabilities } = functionsOfTarget(target, options);
  for (const item of assets === undefined ? [liabilities] : [assets, liabilities]) {
    if ((await context.read(readNumber(target.address, item))) !== undefined) continue;
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${ID} needs ${item.name}() of ${target.name}, which returns no number at the start.`,
      hint: "Name functions that return a uint256: solvent({ assets, liabilities }).",
    });
  }
  const unit =
    options.asset === undefined
      ? await tokenOfTarget(context, assets === undefined)
      : unitOf(ID, "liabilities", context, options.asset);
  return { assets, liabilities, unit };
}

function functionsOfTarget(target: ConditionTarget, options: SolventOptions): Pick<Facts, "assets" | "liabilities"> {
  const { assets = "totalAssets", liabilities = "totalLiabilities" } = options;
  const owed = { name: liabilities, inputs: [] };
  if (assets === FAIR) return { assets: undefined, liabilities: requireFunctions(ID, target, [owed])[0] };
  const [owns, owes] = requireFunctions(ID, target, [{ name: assets, inputs: [] }, owed]);
  return { assets: owns, liabilities: owes };
}

async function tokenOfTarget(context: ConditionInspectContext, isPriced: boolean): Promise<Token> {
  const { target } = context;
  const address = await context.read(
    attempt(read({ address: target.address, abi: erc4626Abi, functionName: "asset" })),
  );
  if (address === undefined) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${ID} cannot tell which token ${target.name} is denominated in: it has no asset().`,
      hint: 'Name the asset of the scenario: solvent({ asset: "USDC" }).',
    });
  }
  const token = await context.token(address);
  if (isPriced && token.asset === undefined) {
    throw new SiegeError("UNKNOWN_ASSET", {
      message: `${ID} needs a fair price of ${token.symbol}, the asset of ${target.name}, which is not an asset of the scenario.`,
      hint: `Add it: assets: { ${token.symbol}: { price: 1, token: "${address}" } }.`,
    });
  }
  return token;
}

function judgeStated(
  { assets, liabilities }: Reading,
  facts: Facts,
  tolerance: number,
): GivenEvidence | Unjudged | undefined {
  if (assets === undefined) return notJudged(`${facts.assets?.name ?? ""}() reverts`);
  if (liabilities === undefined) return notJudged(`${facts.liabilities.name}() reverts`);
  const tolerated = (liabilities * BigInt(Math.round(tolerance * 1e6))) / MILLION;
  if (assets + tolerated >= liabilities) return undefined;
  const { unit } = facts;
  return evidence(tokens(assets, unit), tokens(liabilities, unit), tokens(liabilities - assets, unit));
}

function judgeFair(
  { reading, view, worth, target }: JudgeContext<Reading>,
  { unit: { asset, decimals }, liabilities: stated }: Facts,
  tolerance: number,
): GivenEvidence | Unjudged | undefined {
  if (reading.liabilities === undefined) return notJudged(`${stated.name}() reverts`);
  if (asset === undefined) return undefined;
  const assets = worth(target.address, "now");
  const liabilities = wholeUnits(reading.liabilities, decimals) * view.price(asset);
  if (assets >= liabilities * (1 - tolerance - ROUNDING) || liabilities - assets < CENT) return undefined;
  return evidence(usd(assets), usd(liabilities), usd(liabilities - assets));
}

function evidence(assets: Amount, liabilities: Amount, short: Amount): GivenEvidence {
  const [owned, owed] = apart(quantity("assets", assets), quantity("liabilities", liabilities));
  const shortfall = quantity("shortfall", short);
  return {
    summary: `assets ${owned.text} < liabilities ${owed.text} (short ${shortfall.text})`,
    quantities: [owned, owed, shortfall],
  };
}

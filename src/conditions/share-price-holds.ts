import type { AbiFunction } from "viem";

import type { Token } from "../protocols/token.js";
import type { Condition } from "./condition.js";

import { erc20Abi, erc4626Abi } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { all, attempt, read } from "../protocols/read-plan.js";
import { percent, tokens } from "../quantity/amount.js";
import { readNumber, requireFunctions } from "../target/functions.js";

import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { nothingToJudge, notJudged } from "./unjudged.js";

const ID = "sharePriceHolds";

const DEFAULT_MAX_FALL = 0.001;

const MILLION = 1_000_000n;

/** Options of {@link sharePriceHolds}. */
export interface SharePriceHoldsOptions {
  /** How far the share price may fall below its starting value, as a fraction, 0 to 1. Default 0.001. */
  readonly maxFall?: number;
}

interface Facts {
  readonly convertToAssets: AbiFunction;
  readonly totalSupply: AbiFunction;
  readonly asset: Token;
  /** One whole share, base units. */
  readonly share: bigint;
}

interface Reading {
  /** Base units of the asset for a whole share. */
  readonly price: bigint | undefined;
  /** Base units of the shares. */
  readonly supply: bigint | undefined;
}

/**
 * A share of an ERC-4626 vault is worth no less of its asset than at the start. Without shares at the start there is nothing
 * to judge; not judged while `convertToAssets` reverts.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_TARGET` if the target is not an ERC-4626
 * vault
 * @example `sharePriceHolds({ maxFall: 0.01 })`
 */
export function sharePriceHolds(options: SharePriceHoldsOptions = {}): Condition {
  requireKnown(ID, options, ["maxFall"]);
  const { maxFall = DEFAULT_MAX_FALL } = options;
  requireInRange(ID, "maxFall", maxFall, { min: 0, max: 1 });
  return defineCondition<Facts, Reading>({
    id: ID,
    inspect: async ({ target, read: readNow, token }) => {
      const [convertToAssets, totalSupply] = requireFunctions(ID, target, [
        { name: "convertToAssets", inputs: ["uint256"], standard: "ERC-4626" },
        { name: "totalSupply", inputs: [], standard: "ERC-4626" },
      ]);
      const { address } = target;
      const { asset, decimals } = await readNow(
        all({
          asset: attempt(read({ address, abi: erc4626Abi, functionName: "asset" })),
          decimals: attempt(read({ address, abi: erc20Abi, functionName: "decimals" })),
        }),
      );
      if (asset === undefined || decimals === undefined) {
        throw new SiegeError("UNSUPPORTED_TARGET", {
          message: `${ID} needs an ERC-4626 vault, but ${asset === undefined ? "asset" : "decimals"}() of ${target.name} returns no value.`,
          hint: "Use it on the vault whose shares depositors hold.",
        });
      }
      return { convertToAssets, totalSupply, asset: await token(asset), share: 10n ** BigInt(decimals) };
    },
    observe: ({ convertToAssets, totalSupply, share }, { target }) =>
      all({
        price: readNumber(target.address, convertToAssets, [share]),
        supply: readNumber(target.address, totalSupply),
      }),
    margin: ({ reading: { price }, start }) =>
      price === undefined || start.price === undefined || start.price === 0n || maxFall === 0
        ? undefined
        : 1 - Number(start.price - price) / Number(start.price) / maxFall,
    onChain: ({ reading, start, target }, { convertToAssets, share, asset: { symbol, decimals } }) => {
      if (reading.price === undefined || start.price === undefined) return undefined;
      const price = {
        what: "share price",
        number: { kind: "view", to: target.address, function: convertToAssets, args: [share], was: reading.price },
        times: -1n,
        over: 1n,
      } as const;
      const least = (start.price * (MILLION - BigInt(Math.round(maxFall * 1e6)))) / MILLION;
      return {
        kind: "shortfalls",
        says: "a share is worth no less than at the start",
        shortfalls: [{ of: target.name, terms: [price], plus: least }],
        most: 0n,
        unit: { symbol, decimals },
      };
    },
    judge: ({ reading, start }, { asset }) => {
      const { price } = reading;
      if ((start.supply ?? 0n) === 0n) return nothingToJudge("there are no shares at the start");
      if (price === undefined || start.price === undefined) return notJudged("convertToAssets() reverts");
      if (start.price === 0n || (reading.supply ?? 0n) === 0n) return undefined;
      const fall = Number(start.price - price) / Number(start.price);
      if (fall <= maxFall) return undefined;
      const [now, before] = apart(
        quantity("share price", tokens(price, asset)),
        quantity("share price at the start", tokens(start.price, asset)),
      );
      const fallen = quantity("fall", percent(fall));
      return {
        summary: `a share is worth ${now.text} < ${before.text} at the start (fell ${fallen.text})`,
        quantities: [now, before, fallen],
      };
    },
  });
}

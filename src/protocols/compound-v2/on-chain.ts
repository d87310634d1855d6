import type { Address } from "viem";

import type { ChainNumber } from "../on-chain.js";
import type { HoldingOnChain } from "../roles/lending-market.js";
import type { CompoundV2View } from "./view.js";

import { getAbiItem } from "viem";

import { addressKey } from "../../quantity/address.js";

import { cTokenAbi } from "./abi.js";
import { MANTISSA, underlyingOf } from "./math.js";
import { keyOf } from "./view.js";

const SNAPSHOT = getAbiItem({ abi: cTokenAbi, name: "getAccountSnapshot" });
const EXCHANGE_RATE = getAbiItem({ abi: cTokenAbi, name: "exchangeRateStored" });
const ACCRUE_INTEREST = getAbiItem({ abi: cTokenAbi, name: "accrueInterest" });

/** What an account has supplied and borrowed, as the words of `getAccountSnapshot` after `accrueInterest` of its market. */
export function compoundV2OnChain(
  { markets, accounts }: CompoundV2View,
  account: Address,
): { readonly supplied: readonly HoldingOnChain[]; readonly owed: readonly HoldingOnChain[] } {
  const held = accounts.get(addressKey(account));
  const told = markets.map((market) => {
    const { underlying, exchangeRate, cToken } = market;
    const to = cToken.address;
    const after = [{ to, function: ACCRUE_INTEREST, args: [] }];
    const snapshot = (word: number): ChainNumber => ({
      kind: "view",
      to,
      function: SNAPSHOT,
      args: [account],
      word,
      after,
    });
    const rate: ChainNumber = { kind: "view", to, function: EXCHANGE_RATE, args: [], after };
    const supplied: ChainNumber = {
      kind: "ratio",
      factors: [
        { number: snapshot(1), plus: 0n },
        { number: rate, plus: 0n },
      ],
      over: { plus: MANTISSA },
      rounds: "down",
      was: underlyingOf(held?.cTokens.get(keyOf(market)) ?? 0n, exchangeRate),
    };
    const owed: ChainNumber = { ...snapshot(2), was: held?.owed.get(keyOf(market)) ?? 0n };
    return { supplied: { token: underlying, number: supplied }, owed: { token: underlying, number: owed } };
  });
  return { supplied: told.map(({ supplied }) => supplied), owed: told.map(({ owed }) => owed) };
}

import type { Address } from "viem";

import type { ChainNumber } from "../on-chain.js";
import type { HoldingOnChain } from "../roles/lending-market.js";
import type { MorphoBlueView } from "./view.js";

import { getAbiItem } from "viem";

import { addressKey } from "../../quantity/address.js";

import { morphoBlueAbi } from "./abi.js";
import { VIRTUAL_ASSETS, VIRTUAL_SHARES } from "./math.js";

const MARKET = getAbiItem({ abi: morphoBlueAbi, name: "market" });
const POSITION = getAbiItem({ abi: morphoBlueAbi, name: "position" });
const ACCRUE_INTEREST = getAbiItem({ abi: morphoBlueAbi, name: "accrueInterest" });

/** What an account has lent, pledged and borrowed, as the words of `position` and `market` after `accrueInterest`. */
export function morphoBlueOnChain(
  { morpho, id, params, loan, collateral, accounts }: MorphoBlueView,
  account: Address,
): {
  readonly lent: HoldingOnChain;
  readonly pledged: HoldingOnChain;
  readonly borrowed: HoldingOnChain;
} {
  const held = accounts.get(addressKey(account));
  const position = (word: number): ChainNumber => ({
    kind: "view",
    to: morpho,
    function: POSITION,
    args: [id, account],
    word,
  });
  const market = (word: number): ChainNumber => ({
    kind: "view",
    to: morpho,
    function: MARKET,
    args: [id],
    word,
    after: [{ to: morpho, function: ACCRUE_INTEREST, args: [params] }],
  });
  const worth = (shares: number, assets: number, rounds: "down" | "up", was = 0n): ChainNumber => ({
    kind: "ratio",
    factors: [
      { number: position(shares), plus: 0n },
      { number: market(assets), plus: VIRTUAL_ASSETS },
    ],
    over: { number: market(assets + 1), plus: VIRTUAL_SHARES },
    rounds,
    was,
  });
  return {
    lent: { token: loan, number: worth(0, 0, "down", held?.supplied) },
    pledged: { token: collateral, number: { ...position(2), was: held?.collateral ?? 0n } },
    borrowed: { token: loan, number: worth(1, 2, "up", held?.owed) },
  };
}

import type { Address, Hex } from "viem";

import type { ReadPlan, ReadResult } from "../read-plan.js";
import type { Token } from "../token.js";
import type { MorphoBlueCalls } from "./calls.js";
import type { MorphoBlueFacts, MorphoBlueMarketParams } from "./inspect.js";
import type { LiquidationTerms, MorphoBlueSide } from "./math.js";

import { encodeFunctionData, erc20Abi, maxUint256 } from "viem";

import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { feedAbi } from "../price-feed-abi.js";
import { all, attempt, constant, list, map, read, simulate } from "../read-plan.js";

import { morphoBlueAbi, morphoOracleAbi } from "./abi.js";
import { morphoBlueCalls } from "./calls.js";
import { maxBorrow, toAssetsDown, toAssetsUp, WAD } from "./math.js";

/** A position. */
export interface MorphoBlueAccount {
  readonly address: Address;
  readonly supplyShares: bigint;
  readonly borrowShares: bigint;
  /** Base units of the collateral's token. */
  readonly collateral: bigint;
  /** The value of its supply shares, base units of the loan token. */
  readonly supplied: bigint;
  /** Its debt, base units of the loan token. */
  readonly owed: bigint;
  /**
   * 18 decimals; below 1 it can be liquidated. `maxUint256` without debt; `undefined` while the oracle fails, which also
   * blocks liquidations.
   */
  readonly healthFactor: bigint | undefined;
}

/** What agents see of a Morpho Blue market, with interest accrued up to the observed block. */
export interface MorphoBlueView extends MorphoBlueCalls {
  readonly morpho: Address;
  readonly id: Hex;
  readonly params: MorphoBlueMarketParams;
  readonly loan: Token;
  readonly collateral: Token;
  readonly supplied: MorphoBlueSide;
  readonly borrowed: MorphoBlueSide;
  /** The oracle's price: base units of the loan token per base unit of collateral, scaled by 1e36. */
  readonly price: bigint | undefined;
  /** US dollars per whole unit of the loan token; `undefined` while its feed fails. */
  readonly loanUsd: number | undefined;
  /** Morpho's holdings of the two tokens over all its markets: what its flash loans can lend. Base units. */
  readonly held: { readonly loan: bigint; readonly collateral: bigint };
  /** Positions by lower-case account address. */
  readonly accounts: ReadonlyMap<string, MorphoBlueAccount>;
  /** The supply that is not borrowed, base units of the loan token. */
  readonly available: bigint;
  /**
   * How much an account may still borrow, base units. One thousandth of its limit less than Morpho allows: interest and
   * price updates move the limit before a call is mined, and borrowing all of it would always revert.
   */
  maxBorrowable(account: MorphoBlueAccount): bigint;
  /** The inputs of a liquidation of an account; `undefined` while the oracle fails. */
  terms(account: MorphoBlueAccount): LiquidationTerms | undefined;
}

/** The reads of a market in every block: its two sides, its price, and the positions of some accounts. */
export function morphoBluePlan(facts: MorphoBlueFacts, accounts: readonly Address[]): ReadPlan<MorphoBlueView> {
  const { morpho, id, params, loan, collateral, loanFeed } = facts;
  const contract = { address: morpho, abi: morphoBlueAbi } as const;
  const held = (token: Token): ReadPlan<bigint> =>
    read({ address: token.address, abi: erc20Abi, functionName: "balanceOf", args: [morpho] });
  const plan = all({
    market: accrued(facts),
    positions: list(accounts.map((account) => read({ ...contract, functionName: "position", args: [id, account] }))),
    // reverts while the underlying feeds return nothing usable
    price: attempt(read({ address: params.oracle, abi: morphoOracleAbi, functionName: "price" })),
    loanUsd: loanFeed === undefined ? constant(1) : usdOf(loanFeed),
    held: all({ loan: held(loan), collateral: held(collateral) }),
  });
  return map(plan, ({ market, positions, price, loanUsd, held: holdings }) => {
    const { supplied, borrowed } = market;
    const isPriced = price !== undefined && price > 0n;
    const positionOf = (address: Address, index: number): MorphoBlueAccount => {
      const [supplyShares = 0n, borrowShares = 0n, pledged = 0n] = positions[index] ?? [];
      const owed = toAssetsUp(borrowShares, borrowed);
      return {
        address,
        supplyShares,
        borrowShares,
        collateral: pledged,
        supplied: toAssetsDown(supplyShares, supplied),
        owed,
        healthFactor:
          borrowShares === 0n
            ? maxUint256
            : isPriced
              ? (maxBorrow(pledged, price, params.lltv) * WAD) / owed
              : undefined,
      };
    };
    const available = supplied.assets - borrowed.assets;
    return {
      morpho,
      id,
      params,
      loan,
      collateral,
      supplied,
      borrowed,
      price,
      loanUsd,
      held: holdings,
      accounts: new Map(accounts.map((address, index) => [addressKey(address), positionOf(address, index)])),
      available,
      maxBorrowable: (account) => {
        const limit = isPriced ? (maxBorrow(account.collateral, price, params.lltv) * 999n) / 1000n : 0n;
        const room = limit > account.owed ? limit - account.owed : 0n;
        return room < available ? room : available;
      },
      terms: ({ borrowShares, collateral: pledged }) =>
        isPriced ? { price, lltv: params.lltv, borrowed, borrowShares, collateral: pledged } : undefined,
      ...morphoBlueCalls(morpho, params),
    };
  });
}

interface Sides {
  readonly supplied: MorphoBlueSide;
  readonly borrowed: MorphoBlueSide;
}

/** `market()` after `accrueInterest()`, in one simulation: Morpho only accrues interest when the market is used. */
function accrued({ morpho, id, params }: MorphoBlueFacts): ReadPlan<Sides> {
  const market = read({ address: morpho, abi: morphoBlueAbi, functionName: "market", args: [id] });
  const data = encodeFunctionData({ abi: morphoBlueAbi, functionName: "accrueInterest", args: [params] });
  const plan = simulate([{ to: morpho, data }, ...market.calls]);
  return map(plan, ([, answer]: readonly ReadResult[]) => {
    const [supplyAssets, supplyShares, borrowAssets, borrowShares] = market.decode(
      answer === undefined ? [] : [answer],
      [],
    );
    return {
      supplied: { assets: supplyAssets, shares: supplyShares },
      borrowed: { assets: borrowAssets, shares: borrowShares },
    };
  });
}

function usdOf({ address, decimals }: NonNullable<MorphoBlueFacts["loanFeed"]>): ReadPlan<number | undefined> {
  const round = attempt(read({ address, abi: feedAbi, functionName: "latestRoundData" }));
  return map(round, (answered) => (answered === undefined ? undefined : wholeUnits(answered[1], decimals)));
}

import type { Address } from "viem";

import type { ReadPlan } from "../read-plan.js";
import type { Token } from "../token.js";
import type { PerpV2Calls } from "./calls.js";
import type { PerpV2Facts } from "./inspect.js";
import type { LiquidationState, PoolState } from "./math.js";

import { addressKey } from "../../quantity/address.js";
import { all, attempt, list, map, read } from "../read-plan.js";

import { accountBalanceAbi, baseTokenAbi, insuranceFundAbi, orderBookAbi, poolAbi, vaultAbi } from "./abi.js";
import { perpV2Calls } from "./calls.js";
import { isLiquidatable, liquidatableSize } from "./math.js";

/** An account's position in a market. */
export interface PerpV2Account {
  readonly address: Address;
  /** Collateral, realised and unrealised gains, fees and funding; base units of the settlement token. */
  readonly accountValue: bigint;
  /** What it may still put at risk or withdraw, base units of the settlement token. */
  readonly freeCollateral: bigint;
  /** Above 0 long, below 0 short; 18 decimals. Includes the position of its liquidity. */
  readonly size: bigint;
  /** The quote amount at which the position was opened: below 0 what a long paid, above 0 what a short received; 18 decimals. */
  readonly openNotional: bigint;
  /** Over all markets, 18 decimals. */
  readonly unrealizedPnl: bigint;
  /** Realised gains not yet settled in the vault, over all markets, 18 decimals. */
  readonly owedRealizedPnl: bigint;
  /** Sum of the absolute values of the positions in all markets; 18 decimals. */
  readonly absPositionValue: bigint;
  /** The account's value as a fraction of that; infinite without a position. */
  readonly marginRatio: number;
  /** Whether its value is below the maintenance margin. While it has orders, they have to be cancelled first. */
  readonly isLiquidatable: boolean;
  /** How much of the position one liquidation may take over, 18 decimals, with its sign; 0 if none. */
  readonly liquidatableSize: bigint;
  /** Whether it provides liquidity, in this or another market. */
  readonly hasOrder: boolean;
  /** Its liquidity in the range that the adapter uses. */
  readonly liquidity: bigint;
}

/** What agents see of a Perpetual Protocol V2 market. */
export interface PerpV2View extends PerpV2Calls {
  readonly asset: string;
  readonly collateral: Token;
  /** 18 decimals; `undefined` while it cannot be computed. */
  readonly markPrice: bigint | undefined;
  /** 18 decimals; `undefined` while the feed fails. */
  readonly indexPrice: bigint | undefined;
  readonly pool: PoolState;
  /** The insurance fund's cover for bad debt, base units of the settlement token. Below 0: the fund itself is short. */
  readonly insurance: bigint;
  /** What accounts owe beyond their collateral, base units of the settlement token. */
  readonly badDebt: bigint;
  readonly ratios: PerpV2Facts["ratios"];
  /** By lower-case address; accounts that cannot be valued now are left out. */
  readonly accounts: ReadonlyMap<string, PerpV2Account>;
  /** An account as the liquidation formulas take it. `undefined` while there is no mark price. */
  stateOf(account: PerpV2Account): LiquidationState | undefined;
}

/** The reads of a market in every block. */
export function perpV2Plan(facts: PerpV2Facts, accounts: readonly Address[]): ReadPlan<PerpV2View> {
  const { accountBalance, baseToken, insuranceFund, pool } = facts;
  const plan = all({
    markPrice: attempt(
      read({ address: accountBalance, abi: accountBalanceAbi, functionName: "getMarkPrice", args: [baseToken] }),
    ),
    indexPrice: attempt(read({ address: baseToken, abi: baseTokenAbi, functionName: "getIndexPrice", args: [0n] })),
    slot0: read({ address: pool, abi: poolAbi, functionName: "slot0" }),
    liquidity: read({ address: pool, abi: poolAbi, functionName: "liquidity" }),
    insurance: attempt(
      read({ address: insuranceFund, abi: insuranceFundAbi, functionName: "getInsuranceFundCapacity" }),
    ),
    accounts: list(accounts.map((account) => attempt(accountPlan(facts, account)))),
  });
  const calls = perpV2Calls(facts);
  const toWad = 10n ** BigInt(18 - facts.collateral.decimals);
  return map(plan, ({ markPrice, indexPrice, slot0, liquidity, insurance = 0n, accounts: readings }) => {
    const [sqrtPriceX96] = slot0;
    const stateOf = (account: Pick<PerpV2Account, "accountValue" | "absPositionValue" | "size">) =>
      markPrice === undefined ? undefined : { ...account, accountValue: account.accountValue * toWad, markPrice };
    const positions = readings.flatMap((reading, index): readonly PerpV2Account[] => {
      const address = accounts[index];
      if (address === undefined || reading === undefined) return [];
      const state = stateOf(reading);
      const { accountValue, absPositionValue } = reading;
      return [
        {
          ...reading,
          address,
          marginRatio: absPositionValue === 0n ? Infinity : Number(accountValue * toWad) / Number(absPositionValue),
          isLiquidatable: state !== undefined && isLiquidatable(state, facts.ratios.mm),
          liquidatableSize: state === undefined ? 0n : liquidatableSize(state, facts.ratios.mm),
        },
      ];
    });
    return {
      asset: facts.asset,
      collateral: facts.collateral,
      markPrice,
      indexPrice,
      pool: { sqrtPriceX96, liquidity },
      insurance,
      badDebt: positions.reduce((sum, { accountValue }) => (accountValue < 0n ? sum - accountValue : sum), 0n),
      ratios: facts.ratios,
      accounts: new Map(positions.map((position) => [addressKey(position.address), position])),
      stateOf,
      ...calls,
    };
  });
}

function accountPlan(
  { accountBalance, baseToken, orderBook, range, vault }: PerpV2Facts,
  account: Address,
): ReadPlan<Omit<PerpV2Account, "address" | "marginRatio" | "isLiquidatable" | "liquidatableSize">> {
  const balance = { address: accountBalance, abi: accountBalanceAbi } as const;
  const plan = all({
    accountValue: read({ address: vault, abi: vaultAbi, functionName: "getAccountValue", args: [account] }),
    freeCollateral: read({ address: vault, abi: vaultAbi, functionName: "getFreeCollateral", args: [account] }),
    size: read({ ...balance, functionName: "getTotalPositionSize", args: [account, baseToken] }),
    openNotional: read({ ...balance, functionName: "getTotalOpenNotional", args: [account, baseToken] }),
    pnl: read({ ...balance, functionName: "getPnlAndPendingFee", args: [account] }),
    absPositionValue: read({ ...balance, functionName: "getTotalAbsPositionValue", args: [account] }),
    hasOrder: read({ ...balance, functionName: "hasOrder", args: [account] }),
    order: read({
      address: orderBook,
      abi: orderBookAbi,
      functionName: "getOpenOrder",
      args: [account, baseToken, range.lower, range.upper],
    }),
  });
  return map(plan, ({ pnl, order, ...rest }) => {
    const [owedRealizedPnl, unrealizedPnl] = pnl;
    return { ...rest, owedRealizedPnl, unrealizedPnl, liquidity: order.liquidity };
  });
}

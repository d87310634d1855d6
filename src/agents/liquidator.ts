import type { Address } from "viem";

import type { AaveV3Account, AaveV3Reserve, AaveV3View } from "../protocols/aave-v3.js";
import type { ContractCall } from "../protocols/call.js";
import type { UniswapV2View } from "../protocols/uniswap-v2.js";
import type { ActContext, Agent, View } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { HEALTH_FACTOR_ONE, aaveV3 } from "../protocols/aave-v3.js";
import { uniswapV2 } from "../protocols/uniswap-v2.js";

import { gasCost } from "./arbitrageur.js";
import { defineAgent } from "./agent.js";

/** Gas of a liquidation and of the sale that follows it (a liquidationCall on Aave V3 measures 350,000 to 500,000). */
const LIQUIDATION_GAS = 615_000n;

/** Options of {@link liquidator}. */
export interface LiquidatorOptions {
  readonly name?: string;
  /** The aaveV3 protocol whose positions it watches. Default: the only one. */
  readonly lending?: string;
  /** The uniswapV2 protocol on which it sells what it seized. Default: the only one. */
  readonly pool?: string;
  /** Whole tokens by asset; it repays debts with what it has. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Profit below which it stays away, US dollars after slippage and gas. Default 0. */
  readonly minProfit?: number;
}

/**
 * Liquidates positions on Aave V3 whose health factor is below 1, with its own capital, and sells what it seized on a
 * pool in the next block. It takes the liquidation that pays most (bonus, minus the slippage of the sale, minus gas)
 * and stays away from one that does not pay.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `liquidator({ capital: { USDC: 500_000 } })`
 */
export function liquidator(options: LiquidatorOptions = {}): Agent {
  requireKnown("liquidator", options, ["name", "lending", "pool", "capital", "minProfit"]);
  const { lending: lendingName, pool: poolName, minProfit = 0, ...rest } = options;
  requireInRange("liquidator", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "liquidator",
    ...rest,
    act: (context) => {
      const { view, submit } = context;
      const pool = view.at(uniswapV2, poolName);
      const sale = saleOfSeized(context, pool);
      if (sale !== undefined) submit({ call: sale, note: "sells what it seized" });
      const best = bestLiquidation(view.at(aaveV3, lendingName), pool, context);
      if (best === undefined || best.profit - gasCost(view, LIQUIDATION_GAS) <= minProfit) return;
      submit({ call: best.call, note: "liquidation" });
    },
  });
}

/** Sells what it has more of than at the start and that is not what it repays debts with. */
function saleOfSeized({ view, start, self }: ActContext, pool: UniswapV2View): ContractCall | undefined {
  for (const token of pool.tokens) {
    const seized = view.balance(token.address, self.address) - start.balance(token.address, self.address);
    const other = pool.other(token.address);
    const spent = start.balance(other.address, self.address) - view.balance(other.address, self.address);
    if (seized > 0n && spent > 0n) return pool.swap({ tokenIn: token.address, amountIn: seized, to: self.address });
  }
  return undefined;
}

interface Liquidation {
  readonly call: ContractCall;
  /** US dollars before gas */
  readonly profit: number;
}

function bestLiquidation(lending: AaveV3View, pool: UniswapV2View, context: ActContext): Liquidation | undefined {
  let best: Liquidation | undefined;
  for (const account of lending.accounts.values()) {
    if (
      account.healthFactor >= HEALTH_FACTOR_ONE ||
      account.address.toLowerCase() === context.self.address.toLowerCase()
    ) {
      continue;
    }
    for (const debt of lending.reserves) {
      for (const collateral of lending.reserves) {
        const candidate = liquidation({ lending, pool, account, debt, collateral }, context);
        if (candidate !== undefined && candidate.profit > (best?.profit ?? 0)) best = candidate;
      }
    }
  }
  return best;
}

function liquidation(
  market: {
    readonly lending: AaveV3View;
    readonly pool: UniswapV2View;
    readonly account: AaveV3Account;
    readonly debt: AaveV3Reserve;
    readonly collateral: AaveV3Reserve;
  },
  { view, self }: ActContext,
): Liquidation | undefined {
  const { lending, pool, account, debt, collateral } = market;
  const supplied = account.supplied.get(collateral.token.address.toLowerCase()) ?? 0n;
  const price = (token: Address): bigint => lending.prices.get(token.toLowerCase()) ?? 0n;
  const debtPrice = price(debt.token.address);
  const collateralPrice = price(collateral.token.address);
  if (supplied === 0n || collateralPrice === 0n || debtPrice === 0n) return undefined;
  const held = view.balance(debt.token.address, self.address);
  const allowed = lending.maxRepayable(account, debt.token.address);
  const repaid = allowed < held ? allowed : held;
  if (repaid === 0n) return undefined;
  // Aave gives no more than there is, and takes less of the debt for it
  const bonus = BigInt(Math.round((1 + collateral.liquidationBonus) * 10_000));
  const units = 10n ** BigInt(collateral.token.decimals);
  const debtUnits = 10n ** BigInt(debt.token.decimals);
  const wanted = (repaid * debtPrice * units * bonus) / (collateralPrice * debtUnits * 10_000n);
  const seized = wanted < supplied ? wanted : supplied;
  const paid = wanted === 0n ? 0n : (repaid * seized) / wanted;
  const proceeds = usd(view, debt, proceedsOf(pool, collateral, debt, seized));
  return {
    call: lending.liquidationCall(collateral.token.address, debt.token.address, account.address, repaid),
    profit: proceeds - usd(view, debt, paid),
  };
}

/** What the seized collateral brings on the pool, in base units of the debt's token. */
function proceedsOf(pool: UniswapV2View, collateral: AaveV3Reserve, debt: AaveV3Reserve, seized: bigint): bigint {
  const isOnPool = pool.tokens.some(({ address }) => address.toLowerCase() === collateral.token.address.toLowerCase());
  const isPaidInDebt =
    isOnPool && pool.other(collateral.token.address).address.toLowerCase() === debt.token.address.toLowerCase();
  return isPaidInDebt ? pool.amountOut(collateral.token.address, seized) : 0n;
}

function usd(view: View, { token }: AaveV3Reserve, amount: bigint): number {
  return token.asset === undefined ? 0 : (Number(amount) / 10 ** token.decimals) * view.price(token.asset);
}

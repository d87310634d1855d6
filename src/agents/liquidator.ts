import type { AaveV3Reserve } from "../protocols/aave-v3-inspect.js";
import type { AaveV3Account, AaveV3View } from "../protocols/aave-v3-view.js";
import type { ContractCall } from "../protocols/call.js";
import type { UniswapV2View } from "../protocols/uniswap-v2.js";
import type { ActContext, Agent, View } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { HEALTH_FACTOR_ONE } from "../protocols/aave-v3-view.js";
import { aaveV3 } from "../protocols/aave-v3.js";
import { optimalAmountIn } from "../protocols/uniswap-v2-math.js";
import { uniswapV2 } from "../protocols/uniswap-v2.js";

import { defineAgent } from "./agent.js";
import { gasCost } from "./gas-cost.js";

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
 * pool in the next block. It takes the liquidation that pays most (bonus, minus the protocol's fee, minus the slippage
 * of the sale, minus gas), repays no more than pays, the close factor allows and it has, and stays away where nothing
 * pays.
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

interface Market {
  readonly lending: AaveV3View;
  readonly pool: UniswapV2View;
  readonly account: AaveV3Account;
  readonly debt: AaveV3Reserve;
  readonly collateral: AaveV3Reserve;
}

function liquidation(market: Market, { view, self }: ActContext): Liquidation | undefined {
  const { lending, pool, account, debt, collateral } = market;
  if (!isSoldFor(pool, collateral, debt)) return undefined;
  const held = view.balance(debt.token.address, self.address);
  const debtToCover = mostProfitable(market, least(held, lending.maxRepayable(account, debt.token.address)));
  const amounts = lending.liquidation(account, collateral, debt, debtToCover);
  if (amounts === undefined || amounts.received === 0n) return undefined;
  const proceeds = pool.amountOut(collateral.token.address, amounts.received);
  return {
    call: lending.liquidationCall(collateral.token.address, debt.token.address, account.address, debtToCover),
    profit: usd(view, debt, proceeds) - usd(view, debt, amounts.paid),
  };
}

/**
 * How much of a debt to repay, at most `most`: until what the last unit of the seized collateral brings on the pool is
 * what it cost. Aave's exchange is linear, so this is the pool's optimal trade at Aave's rate.
 */
function mostProfitable({ lending, pool, account, debt, collateral }: Market, most: bigint): bigint {
  const amounts = lending.liquidation(account, collateral, debt, most);
  if (amounts === undefined || amounts.received === 0n) return 0n;
  const { paid, received } = amounts;
  const reserves = pool.reservesFrom(collateral.token.address);
  const sold = optimalAmountIn(...reserves, Number(paid) / Number(received));
  return sold >= received ? most : (sold * paid) / received;
}

function isSoldFor(pool: UniswapV2View, collateral: AaveV3Reserve, debt: AaveV3Reserve): boolean {
  const has = ({ token }: AaveV3Reserve): boolean =>
    pool.tokens.some(({ address }) => address.toLowerCase() === token.address.toLowerCase());
  return has(collateral) && has(debt) && collateral !== debt;
}

function usd(view: View, { token }: AaveV3Reserve, amount: bigint): number {
  return token.asset === undefined ? 0 : (Number(amount) / 10 ** token.decimals) * view.price(token.asset);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

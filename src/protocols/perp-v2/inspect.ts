import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { Token } from "../token.js";

import { SiegeError } from "../../errors.js";
import { all, attempt, read } from "../read-plan.js";

import { clearingHouseAbi, clearingHouseConfigAbi, exchangeAbi, marketRegistryAbi, poolAbi, vaultAbi } from "./abi.js";

/** Ticks between a price and its double: ln 2 / ln 1.0001. */
const TICKS_OF_DOUBLE = 6_932;

/** The properties of a market that never change during a run. */
export interface PerpV2Facts {
  readonly clearingHouse: Address;
  readonly accountBalance: Address;
  readonly orderBook: Address;
  readonly vault: Address;
  readonly insuranceFund: Address;
  readonly baseToken: Address;
  readonly pool: Address;
  /** The scenario's asset whose price the market follows. */
  readonly asset: string;
  /** The settlement token. */
  readonly collateral: Token;
  /** Initial and maintenance margin, liquidation penalty and the exchange's fee; six decimals. */
  readonly ratios: { readonly im: number; readonly mm: number; readonly penalty: number; readonly fee: number };
  /** Ticks between which agents provide liquidity: from half to double the price at the start. */
  readonly range: { readonly lower: number; readonly upper: number };
  readonly watch: readonly Address[];
}

/**
 * Finds a market's contracts and terms.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address is not a clearing house, or it has no such market
 */
export async function inspectPerpV2(
  context: InspectContext,
  address: Address,
  options: { readonly baseToken: Address; readonly asset: string; readonly watch: readonly Address[] },
): Promise<PerpV2Facts> {
  const { baseToken, asset, watch } = options;
  const house = { address, abi: clearingHouseAbi } as const;
  const parts = await context.read(
    all({
      vault: attempt(read({ ...house, functionName: "getVault" })),
      exchange: attempt(read({ ...house, functionName: "getExchange" })),
      orderBook: attempt(read({ ...house, functionName: "getOrderBook" })),
      accountBalance: attempt(read({ ...house, functionName: "getAccountBalance" })),
      insuranceFund: attempt(read({ ...house, functionName: "getInsuranceFund" })),
      config: attempt(read({ ...house, functionName: "getClearingHouseConfig" })),
    }),
  );
  const { vault, exchange, orderBook, accountBalance, insuranceFund, config } = parts;
  if (
    vault === undefined ||
    exchange === undefined ||
    orderBook === undefined ||
    accountBalance === undefined ||
    insuranceFund === undefined ||
    config === undefined
  ) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${address} is not a Perpetual Protocol V2 clearing house.`,
      hint: "Give the address of the ClearingHouse, not of the Vault or of a market.",
    });
  }
  const terms = await context.read(
    all({
      token: read({ address: vault, abi: vaultAbi, functionName: "getSettlementToken" }),
      registry: read({ address: exchange, abi: exchangeAbi, functionName: "getMarketRegistry" }),
      im: read({ address: config, abi: clearingHouseConfigAbi, functionName: "getImRatio" }),
      mm: read({ address: config, abi: clearingHouseConfigAbi, functionName: "getMmRatio" }),
      penalty: read({ address: config, abi: clearingHouseConfigAbi, functionName: "getLiquidationPenaltyRatio" }),
    }),
  );
  const market = await context.read(
    attempt(
      read({ address: terms.registry, abi: marketRegistryAbi, functionName: "getMarketInfo", args: [baseToken] }),
    ),
  );
  if (market === undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `The clearing house ${address} has no market for ${baseToken}.`,
      hint: "Give the address of the market's virtual base token: perpV2(clearingHouse, { baseToken, asset }).",
    });
  }
  const { pool, exchangeFeeRatio: fee } = market;
  const { slot0, spacing } = await context.read(
    all({
      slot0: read({ address: pool, abi: poolAbi, functionName: "slot0" }),
      spacing: read({ address: pool, abi: poolAbi, functionName: "tickSpacing" }),
    }),
  );
  const [, tick] = slot0;
  const { im, mm, penalty } = terms;
  return {
    clearingHouse: address,
    accountBalance,
    orderBook,
    vault,
    insuranceFund,
    baseToken,
    pool,
    asset,
    collateral: await context.token(terms.token),
    ratios: { im, mm, penalty, fee },
    range: {
      lower: Math.floor((tick - TICKS_OF_DOUBLE) / spacing) * spacing,
      upper: Math.ceil((tick + TICKS_OF_DOUBLE) / spacing) * spacing,
    },
    watch,
  };
}

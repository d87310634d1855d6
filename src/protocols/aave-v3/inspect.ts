import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { Token } from "../token.js";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { all, attempt, list, read } from "../read-plan.js";

import { addressesProviderAbi, dataProviderAbi, poolAbi } from "./abi.js";

/** The properties of a reserve that never change during a run. */
export interface AaveV3Reserve {
  readonly token: Token;
  readonly aToken: Address;
  readonly variableDebtToken: Address;
  /** Loan-to-value ratio above which a position can be liquidated, as a fraction: 0.825. */
  readonly liquidationThreshold: number;
  /** The liquidation bonus on top of the repaid value, as a fraction: 0.05. */
  readonly liquidationBonus: number;
  /** The protocol's share of that bonus, as a fraction: 0.1. */
  readonly liquidationProtocolFee: number;
  /** Whether it accepts deposits: active and not frozen. */
  readonly takesDeposits: boolean;
  /** Whether it lends: accepts deposits, and borrowing is enabled. */
  readonly lends: boolean;
  /** Whether it offers flash loans. */
  readonly flashLends: boolean;
}

/** The facts of a market, read once. */
export interface AaveV3Facts {
  readonly pool: Address;
  readonly oracle: Address;
  readonly reserves: readonly AaveV3Reserve[];
  readonly watch: readonly Address[];
  /** Flash loan fee, basis points. */
  readonly flashPremium: bigint;
}

/**
 * Finds a market's contracts and reserves.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address is not an addresses provider
 */
export async function inspectAaveV3(
  context: InspectContext,
  address: Address,
  watch: readonly Address[],
): Promise<AaveV3Facts> {
  const { pool, oracle, data } = await context.read(
    all({
      pool: attempt(read({ address, abi: addressesProviderAbi, functionName: "getPool" })),
      oracle: attempt(read({ address, abi: addressesProviderAbi, functionName: "getPriceOracle" })),
      data: attempt(read({ address, abi: addressesProviderAbi, functionName: "getPoolDataProvider" })),
    }),
  );
  if (pool === undefined || oracle === undefined || data === undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${address} is not an Aave V3 PoolAddressesProvider.`,
      hint: "Give the address of the PoolAddressesProvider, not of the Pool.",
    });
  }
  const assets = await relevantReserves(context, pool, watch);
  const reserves = await inspectReserves(context, data, assets);
  const flashPremium = await context.read(
    read({ address: pool, abi: poolAbi, functionName: "FLASHLOAN_PREMIUM_TOTAL" }),
  );
  return { pool, oracle, watch, reserves, flashPremium };
}

/**
 * The reserves that can matter in a run: those of the scenario's assets, and those in which a known
 * account already has collateral or debt. Mainnet's market has some sixty reserves; two balances in each for every
 * account would not fit into the single call that reads a block.
 */
async function relevantReserves(
  context: InspectContext,
  pool: Address,
  watch: readonly Address[],
): Promise<readonly Address[]> {
  const accounts = [...new Set([...context.accounts.values(), ...watch])];
  const { listed, configurations } = await context.read(
    all({
      listed: read({ address: pool, abi: poolAbi, functionName: "getReservesList" }),
      configurations: list(
        accounts.map((account) =>
          read({ address: pool, abi: poolAbi, functionName: "getUserConfiguration", args: [account] }),
        ),
      ),
    }),
  );
  const used = await context.read(
    list(
      reservesIn(configurations.reduce((bits, configuration) => bits | configuration, 0n)).map((id) =>
        read({ address: pool, abi: poolAbi, functionName: "getReserveAddressById", args: [id] }),
      ),
    ),
  );
  const relevant = new Set(
    [...used, ...context.assetTokens.map(({ address }) => address)].map((address) => addressKey(address)),
  );
  return listed.filter((asset) => relevant.has(addressKey(asset)));
}

/** The reserves named by a user's configuration: two bits each, debt and collateral (UserConfiguration.sol). */
function reservesIn(configuration: bigint): readonly number[] {
  const ids: number[] = [];
  for (let bits = configuration, id = 0; bits > 0n; bits >>= 2n, id++) if ((bits & 3n) !== 0n) ids.push(id);
  return ids;
}

async function inspectReserves(
  context: InspectContext,
  data: Address,
  assets: readonly Address[],
): Promise<readonly AaveV3Reserve[]> {
  const configurations = await context.read(
    list(
      assets.map((asset) => {
        const of = { address: data, abi: dataProviderAbi, args: [asset] } as const;
        return all({
          settings: read({ ...of, functionName: "getReserveConfigurationData" }),
          tokens: read({ ...of, functionName: "getReserveTokensAddresses" }),
          fee: attempt(read({ ...of, functionName: "getLiquidationProtocolFee" })),
          flashLends: attempt(read({ ...of, functionName: "getFlashLoanEnabled" })),
        });
      }),
    ),
  );
  const reserves: AaveV3Reserve[] = [];
  for (const [index, asset] of assets.entries()) {
    const configuration = configurations[index];
    if (configuration === undefined) continue;
    const [, , threshold, bonus, , , borrowing, , isActive, isFrozen] = configuration.settings;
    const [aToken, , variableDebtToken] = configuration.tokens;
    const takesDeposits = isActive && !isFrozen;
    reserves.push({
      token: await context.token(asset),
      aToken,
      variableDebtToken,
      liquidationThreshold: Number(threshold) / 10_000,
      // stored as 10,500 for 5 %, and as 0 where the asset cannot be collateral
      liquidationBonus: Math.max(0, Number(bonus) - 10_000) / 10_000,
      liquidationProtocolFee: Number(configuration.fee ?? 0n) / 10_000,
      takesDeposits,
      lends: takesDeposits && borrowing,
      // markets before v3.0.2 cannot disable flash loans
      flashLends: isActive && (configuration.flashLends ?? true),
    });
  }
  return reserves;
}

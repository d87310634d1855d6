import type { Address } from "viem";

import type { ContractCall } from "./call.js";
import type { Action, ProtocolFactory, Token } from "./protocol.js";
import type { ReadPlan } from "./read-plan.js";

import { erc20Abi, maxUint256, parseAbi } from "viem";

import { SiegeError } from "../errors.js";

import { aaveV3Actions } from "./aave-v3-actions.js";
import { call } from "./call.js";
import { defineProtocol } from "./protocol.js";
import { all, attempt, list, map, read } from "./read-plan.js";

const providerAbi = parseAbi([
  "function getPool() view returns (address)",
  "function getPriceOracle() view returns (address)",
  "function getPoolDataProvider() view returns (address)",
]);

const poolAbi = parseAbi([
  "function getReservesList() view returns (address[])",
  "function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)",
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf) returns (uint256)",
  "function liquidationCall(address collateralAsset, address debtAsset, address user, uint256 debtToCover, bool receiveAToken)",
]);

const dataProviderAbi = parseAbi([
  "function getReserveConfigurationData(address asset) view returns (uint256 decimals, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus, uint256 reserveFactor, bool usageAsCollateralEnabled, bool borrowingEnabled, bool stableBorrowRateEnabled, bool isActive, bool isFrozen)",
  "function getReserveTokensAddresses(address asset) view returns (address aTokenAddress, address stableDebtTokenAddress, address variableDebtTokenAddress)",
]);

const oracleAbi = parseAbi(["function getAssetPrice(address asset) view returns (uint256)"]);

/** Variable rate: the only one that Aave still offers for new debt. */
const VARIABLE = 2n;

/** Health factors have 18 decimals. */
export const HEALTH_FACTOR_ONE: bigint = 10n ** 18n;

/** Below this health factor a liquidator may repay all of a debt, above it one half (Aave v3, LiquidationLogic.sol). */
const CLOSE_FACTOR_HEALTH_FACTOR = 950_000_000_000_000_000n;

/** Options of {@link aaveV3}. */
export interface AaveV3Options {
  /** Accounts to observe besides the scenario's own, by address. */
  readonly watch?: readonly Address[];
}

/** What never changes of a reserve during a run. */
export interface AaveV3Reserve {
  readonly token: Token;
  readonly aToken: Address;
  readonly variableDebtToken: Address;
  /** Fraction of the collateral's value at which a position can be liquidated: 0.825. */
  readonly liquidationThreshold: number;
  /** What a liquidator gets on top of what it repays, as a fraction: 0.05. */
  readonly liquidationBonus: number;
}

/** A position. */
export interface AaveV3Account {
  readonly address: Address;
  /** Value of the collateral in the market's base currency (US dollars with 8 decimals), at the market's own prices. */
  readonly collateralBase: bigint;
  /** Value of the debt, likewise. */
  readonly debtBase: bigint;
  /** 18 decimals; below 1 the position can be liquidated. */
  readonly healthFactor: bigint;
  /** What it has supplied, base units, by lower-case token address. */
  readonly supplied: ReadonlyMap<string, bigint>;
  /** What it owes at the variable rate, base units, by lower-case token address. */
  readonly owed: ReadonlyMap<string, bigint>;
}

/** What agents see of an Aave V3 market. */
export interface AaveV3View {
  readonly pool: Address;
  readonly reserves: readonly AaveV3Reserve[];
  /** Positions by lower-case account address. */
  readonly accounts: ReadonlyMap<string, AaveV3Account>;
  /** The market's own prices in its base currency (8 decimals), by lower-case token address. */
  readonly prices: ReadonlyMap<string, bigint>;
  /** How much of a debt one liquidation may repay, base units. */
  maxRepayable(account: AaveV3Account, debt: Address): bigint;
  supply(asset: Address, amount: bigint, self: Address): ContractCall;
  withdraw(asset: Address, amount: bigint, self: Address): ContractCall;
  borrow(asset: Address, amount: bigint, self: Address): ContractCall;
  repay(asset: Address, amount: bigint, self: Address): ContractCall;
  liquidationCall(collateral: Address, debt: Address, user: Address, debtToCover: bigint): ContractCall;
}

interface Facts {
  readonly pool: Address;
  readonly oracle: Address;
  readonly reserves: readonly AaveV3Reserve[];
  readonly watch: readonly Address[];
}

/**
 * An Aave V3 market, by its `PoolAddressesProvider`.
 *
 * Free moves: `supply`, `withdraw`, `borrow`, `repay`, and `liquidate` of any watched account.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address is no addresses provider
 */
export const aaveV3: ProtocolFactory<AaveV3Options | undefined, AaveV3View> = defineProtocol<
  AaveV3Options | undefined,
  Facts,
  AaveV3View
>({
  kind: "aaveV3",
  inspect: async (context, address, options) => {
    const found = await context.read(
      all({
        pool: attempt(read({ address, abi: providerAbi, functionName: "getPool" })),
        oracle: attempt(read({ address, abi: providerAbi, functionName: "getPriceOracle" })),
        data: attempt(read({ address, abi: providerAbi, functionName: "getPoolDataProvider" })),
      }),
    );
    const { pool, oracle, data } = found;
    if (pool === undefined || oracle === undefined || data === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is not an Aave V3 PoolAddressesProvider.`,
        hint: "Give the address of the PoolAddressesProvider, not of the Pool.",
      });
    }
    const assets = await context.read(read({ address: pool, abi: poolAbi, functionName: "getReservesList" }));
    const configurations = await context.read(
      list(
        assets.map((asset) =>
          all({
            settings: read({
              address: data,
              abi: dataProviderAbi,
              functionName: "getReserveConfigurationData",
              args: [asset],
            }),
            tokens: read({
              address: data,
              abi: dataProviderAbi,
              functionName: "getReserveTokensAddresses",
              args: [asset],
            }),
          }),
        ),
      ),
    );
    const reserves: AaveV3Reserve[] = [];
    for (const [index, asset] of assets.entries()) {
      const configuration = configurations[index];
      if (configuration === undefined) continue;
      const { settings, tokens } = configuration;
      reserves.push({
        token: await context.token(asset),
        aToken: tokens[0],
        variableDebtToken: tokens[2],
        liquidationThreshold: Number(settings[2]) / 10_000,
        // stored as 10,500 for 5 %
        liquidationBonus: Math.max(0, Number(settings[3]) / 10_000 - 1),
      });
    }
    return { pool, oracle, reserves, watch: options?.watch ?? [] };
  },
  tokens: ({ reserves }) => reserves.map(({ token }) => token),
  contracts: ({ pool }) => ({ pool }),
  approvals: ({ pool, reserves }) => reserves.map(({ token }) => ({ token: token.address, spender: pool })),
  observe: (facts, { accounts }) =>
    viewPlan(facts, [...new Map([...accounts.values(), ...facts.watch].map((at) => [at.toLowerCase(), at])).values()]),
  actions: ({ reserves }): readonly Action<AaveV3View>[] => aaveV3Actions(reserves),
  value:
    ({ reserves }) =>
    (view, account, price) => {
      const position = view.accounts.get(account.toLowerCase());
      if (position === undefined) return 0;
      return reserves.reduce((total, { token }) => {
        if (token.asset === undefined) return total;
        const key = token.address.toLowerCase();
        const net = (position.supplied.get(key) ?? 0n) - (position.owed.get(key) ?? 0n);
        return total + (Number(net) / 10 ** token.decimals) * price(token.asset);
      }, 0);
    },
});

function viewPlan(facts: Facts, accounts: readonly Address[]): ReadPlan<AaveV3View> {
  const { pool, oracle, reserves } = facts;
  const balances = (token: (reserve: AaveV3Reserve) => Address, account: Address): ReadPlan<readonly bigint[]> =>
    list(
      reserves.map((reserve) =>
        read({ address: token(reserve), abi: erc20Abi, functionName: "balanceOf", args: [account] }),
      ),
    );
  const plan = all({
    prices: list(
      reserves.map(({ token }) =>
        attempt(read({ address: oracle, abi: oracleAbi, functionName: "getAssetPrice", args: [token.address] })),
      ),
    ),
    accounts: list(
      accounts.map((account) =>
        all({
          // reverts while an oracle answers nothing usable
          data: attempt(read({ address: pool, abi: poolAbi, functionName: "getUserAccountData", args: [account] })),
          supplied: balances(({ aToken }) => aToken, account),
          owed: balances(({ variableDebtToken }) => variableDebtToken, account),
        }),
      ),
    ),
  });
  return map(plan, (reading) => {
    const byToken = (values: readonly bigint[]): ReadonlyMap<string, bigint> =>
      new Map(reserves.map(({ token }, index) => [token.address.toLowerCase(), values[index] ?? 0n]));
    const positions = accounts.map((address, index): AaveV3Account => {
      const account = reading.accounts[index];
      const [collateralBase = 0n, debtBase = 0n, , , , healthFactor = maxUint256] = account?.data ?? [];
      return {
        address,
        collateralBase,
        debtBase,
        healthFactor,
        supplied: byToken(account?.supplied ?? []),
        owed: byToken(account?.owed ?? []),
      };
    });
    return {
      pool,
      reserves,
      accounts: new Map(positions.map((position) => [position.address.toLowerCase(), position])),
      prices: byToken(reading.prices.map((price) => price ?? 0n)),
      maxRepayable: ({ owed, healthFactor }, debt) => {
        const all = owed.get(debt.toLowerCase()) ?? 0n;
        return healthFactor < CLOSE_FACTOR_HEALTH_FACTOR ? all : all / 2n;
      },
      ...calls(pool),
    };
  });
}

function calls(pool: Address): Pick<AaveV3View, "supply" | "withdraw" | "borrow" | "repay" | "liquidationCall"> {
  return {
    supply: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "supply", args: [asset, amount, self, 0] }),
    withdraw: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "withdraw", args: [asset, amount, self] }),
    borrow: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "borrow", args: [asset, amount, VARIABLE, 0, self] }),
    repay: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "repay", args: [asset, amount, VARIABLE, self] }),
    liquidationCall: (collateral, debt, user, debtToCover) =>
      call({
        address: pool,
        abi: poolAbi,
        functionName: "liquidationCall",
        args: [collateral, debt, user, debtToCover, false],
      }),
  };
}

import type { Address } from "viem";

import type { poolConfiguratorAbi } from "./abis.js";
import type { Contract, PinnedChain } from "./pinned-chain.js";

import { zeroAddress } from "viem";

import { ACCOUNTS } from "./accounts.js";
import { aaveArtifact } from "./artifact.js";

/** Parameters of a reserve. */
export interface Risk {
  /** Basis points of the collateral's value that can be borrowed. */
  readonly ltv: bigint;
  /** Basis points of the collateral's value above which the debt can be liquidated. */
  readonly liquidationThreshold: bigint;
  /** Basis points of the debt's value that a liquidator receives in collateral: above 10,000. */
  readonly liquidationBonus: bigint;
  /** Basis points of the interest that go to the treasury. */
  readonly reserveFactor: bigint;
  /** Per cent of the reserve lent out, up to which the first slope of the rate applies. */
  readonly optimalUsage: bigint;
  /** Per cent a year at the optimal usage, in hundredths. */
  readonly slope1: bigint;
  /** What the rest of the usage adds to that, in hundredths of a per cent a year. */
  readonly slope2: bigint;
}

/** Rates are about those of mainnet in 2024. */
export const WETH_RISK: Risk = {
  ltv: 80_00n,
  liquidationThreshold: 82_50n,
  liquidationBonus: 105_00n,
  reserveFactor: 15_00n,
  optimalUsage: 80n,
  slope1: 3_80n,
  slope2: 80_00n,
};

export const USDC_RISK: Risk = {
  ltv: 77_00n,
  liquidationThreshold: 80_00n,
  liquidationBonus: 104_50n,
  reserveFactor: 10_00n,
  optimalUsage: 90n,
  slope1: 5_50n,
  slope2: 60_00n,
};

/** Basis points of a liquidator's bonus that go to the treasury, as on mainnet. */
const LIQUIDATION_PROTOCOL_FEE = 10_00n;

/** One, one per cent and one basis point in Aave's unit for rates, which has 27 decimals. */
const RAY = 10n ** 27n;
const PER_CENT = RAY / 100n;
const BASIS_POINT = RAY / 10_000n;

interface Market {
  readonly chain: PinnedChain;
  readonly addressesProvider: Address;
  readonly configurator: Contract<typeof poolConfiguratorAbi>;
  readonly implementations: {
    readonly aToken: Address;
    readonly stableDebtToken: Address;
    readonly variableDebtToken: Address;
  };
}

interface Listing {
  readonly asset: Address;
  readonly symbol: string;
  readonly decimals: number;
  readonly risk: Risk;
}

/** Lists an asset: it can be collateral, borrowed at a variable rate, and flash-borrowed. */
export async function listReserve(market: Market, { asset, symbol, decimals, risk }: Listing): Promise<void> {
  const { chain, configurator, implementations } = market;
  const { deployer, treasury } = ACCOUNTS;
  const reserve = {
    aTokenImpl: implementations.aToken,
    stableDebtTokenImpl: implementations.stableDebtToken,
    variableDebtTokenImpl: implementations.variableDebtToken,
    underlyingAssetDecimals: decimals,
    interestRateStrategyAddress: await deployRateStrategy(market, risk),
    underlyingAsset: asset,
    treasury,
    incentivesController: zeroAddress,
    aTokenName: `Aave Mini ${symbol}`,
    aTokenSymbol: `aMini${symbol}`,
    variableDebtTokenName: `Aave Mini Variable Debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebtMini${symbol}`,
    stableDebtTokenName: `Aave Mini Stable Debt ${symbol}`,
    stableDebtTokenSymbol: `stableDebtMini${symbol}`,
    params: "0x",
  } as const;
  await chain.write(deployer, configurator, "initReserves", [[reserve]]);
  const { ltv, liquidationThreshold, liquidationBonus } = risk;
  const collateral = [asset, ltv, liquidationThreshold, liquidationBonus] as const;
  await chain.write(deployer, configurator, "configureReserveAsCollateral", collateral);
  await chain.write(deployer, configurator, "setReserveBorrowing", [asset, true]);
  await chain.write(deployer, configurator, "setReserveFlashLoaning", [asset, true]);
  await chain.write(deployer, configurator, "setReserveFactor", [asset, risk.reserveFactor]);
  await chain.write(deployer, configurator, "setLiquidationProtocolFee", [asset, LIQUIDATION_PROTOCOL_FEE]);
}

async function deployRateStrategy({ chain, addressesProvider }: Market, risk: Risk): Promise<Address> {
  const variable = { base: 0n, slope1: risk.slope1 * BASIS_POINT, slope2: risk.slope2 * BASIS_POINT };
  // borrowing at a stable rate is disabled, but the strategy requires its parameters
  const stable = { slope1: 0n, slope2: 0n, baseOffset: 0n, excessOffset: 0n, optimalShareOfDebt: 0n };
  return chain.deploy(ACCOUNTS.deployer, aaveArtifact("protocol/pool/DefaultReserveInterestRateStrategy"), [
    addressesProvider,
    risk.optimalUsage * PER_CENT,
    variable.base,
    variable.slope1,
    variable.slope2,
    stable.slope1,
    stable.slope2,
    stable.baseOffset,
    stable.excessOffset,
    stable.optimalShareOfDebt,
  ]);
}

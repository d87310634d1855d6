import type { Address } from "viem";

import type { AccountName } from "./accounts.js";

import { ACCOUNTS } from "./accounts.js";

/** The addresses of all contracts on a chain. */
export interface AddressBook<Users extends Readonly<Record<string, Address>> = Readonly<Record<string, Address>>> {
  readonly weth: Address;
  readonly usdc: Address;
  readonly uniswapV2: {
    readonly factory: Address;
    readonly router: Address;
    /** the pair; on both chains USDC is its token0 */
    readonly usdcWeth: Address;
  };
  readonly aaveV3: {
    readonly addressesProvider: Address;
    readonly pool: Address;
    readonly dataProvider: Address;
    readonly oracle: Address;
    readonly aWeth: Address;
    readonly aUsdc: Address;
    readonly variableDebtWeth: Address;
    readonly variableDebtUsdc: Address;
  };
  /** The proxies that consumers read; `aggregator()` of a proxy is what oracles write to. */
  readonly chainlink: {
    readonly ethUsd: Address;
    readonly usdcUsd: Address;
  };
  readonly users: Users;
}

/** The mini mainnet, whose accounts are known. */
export type MiniMainnetAddresses = AddressBook<Readonly<Record<AccountName, Address>>>;

/**
 * The mini mainnet. Its deployment is deterministic, and `startMiniMainnet` refuses to serve one that differs: when the
 * order of its transactions changes, copy the addresses that the error gives.
 */
export const MINI_MAINNET: MiniMainnetAddresses = {
  weth: "0xa13629fd42832C465903c074beF36901f922a1e9",
  usdc: "0x3CD8CAe536314f363f451C34b8e6F8ffFd4de292",
  uniswapV2: {
    factory: "0xD8710b74acFc6054143578eFfd161310e66B67CA",
    router: "0x094f638FD415345987ee1Bdf12E704e825862D46",
    usdcWeth: "0x080365D69B19A0b172249fB8ce5f238284534d1c",
  },
  aaveV3: {
    addressesProvider: "0x9904ebD3545630E5d09485921bC80C6861F33975",
    pool: "0xB70e5E9223Eade760417a1667057e9bc168763DE",
    dataProvider: "0xDa6a29124D54a5336fCBED1dCbFAf945173dE64A",
    oracle: "0xc09CA70f7DBaf881024E6BBdc8a4961fF1Ec6c49",
    aWeth: "0xc2504e11308A4069ec6cF46EBE8FA2620B998E82",
    aUsdc: "0x9C7d584CaFdD4588683615cBF742b59936fF2357",
    variableDebtWeth: "0x0dEBE600D3e57eF5c515c6C9d92696286B043022",
    variableDebtUsdc: "0xB27fC8839505bFbfBAa95120ef0fEDb8777cB5c7",
  },
  chainlink: {
    ethUsd: "0x169A3f1e77bAD90C647e4CCE63c48dc64Bef23B1",
    usdcUsd: "0x458F45d3C950eaF6cbaceb4Ae23bb3e2956DA538",
  },
  users: ACCOUNTS,
};

/** Ethereum mainnet, without known accounts. */
export const MAINNET: AddressBook = {
  weth: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
  usdc: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
  uniswapV2: {
    factory: "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f",
    router: "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D",
    usdcWeth: "0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc",
  },
  aaveV3: {
    addressesProvider: "0x2f39d218133AFaB8F2B819B1066c7E434Ad94E9e",
    pool: "0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2",
    // the first one: later ones replaced it in the addresses provider, but it works at every block since
    dataProvider: "0x7B4EB56E7CD4b454BA8ff71E4518426369a138a3",
    oracle: "0x54586bE62E3c3580375aE3723C145253060Ca0C2",
    aWeth: "0x4d5F47FA6A74757f35C14fD3a6Ef8E3C9BC514E8",
    aUsdc: "0x98C23E9d8f34FEFb1B7BD6a91B7FF122F4e16F5c",
    variableDebtWeth: "0xeA51d7853EEFb32b6ee06b1C12E6dcCA88Be0fFE",
    variableDebtUsdc: "0x72E95b8931767C79bA4EeE721354d6E99a61D004",
  },
  chainlink: {
    ethUsd: "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419",
    usdcUsd: "0x8fFfFfd4AfB6115b954Bd326cbe7B4BA576818f6",
  },
  users: {},
};

import type { Address } from "viem";

import type { AddressBook } from "./address-book.js";
import type { Tokens } from "./deploy-tokens.js";
import type { PinnedChain } from "./pinned-chain.js";

import { zeroAddress } from "viem";

import { deployAaveV3Libraries } from "./aave-v3-libraries.js";
import { listReserve, USDC_RISK, WETH_RISK } from "./aave-v3-reserve.js";
import { aaveDataProviderAbi, aclManagerAbi, poolAddressesProviderAbi, poolConfiguratorAbi } from "./abis.js";
import { ACCOUNTS } from "./accounts.js";
import { aaveArtifact } from "./artifact.js";
import { link } from "./linker.js";

/** Aave V3 with two reserves, WETH and USDC, that it prices in dollars by the Chainlink feeds. */
export async function deployAaveV3(
  chain: PinnedChain,
  { weth, usdc }: Tokens,
  { ethUsd, usdcUsd }: AddressBook["chainlink"],
): Promise<AddressBook["aaveV3"]> {
  const { deployer } = ACCOUNTS;
  const deploy = async (path: string, args: readonly unknown[] = []): Promise<Address> =>
    chain.deploy(deployer, link(aaveArtifact(path), libraries), args);

  const libraries = await deployAaveV3Libraries(chain);
  const addressesProvider = await deploy("protocol/configuration/PoolAddressesProvider", ["Mini mainnet", deployer]);
  const provider = { address: addressesProvider, abi: poolAddressesProviderAbi };

  await chain.write(deployer, provider, "setACLAdmin", [deployer]);
  const aclManager = await deploy("protocol/configuration/ACLManager", [addressesProvider]);
  await chain.write(deployer, provider, "setACLManager", [aclManager]);
  await chain.write(deployer, { address: aclManager, abi: aclManagerAbi }, "addPoolAdmin", [deployer]);

  const poolImplementation = await deploy("protocol/pool/Pool", [addressesProvider]);
  await chain.write(deployer, provider, "setPoolImpl", [poolImplementation]);
  await chain.write(deployer, provider, "setPoolConfiguratorImpl", [await deploy("protocol/pool/PoolConfigurator")]);

  // no fallback oracle; the base currency is the dollar, which has no address, with 8 decimals
  const prices = [addressesProvider, [weth, usdc], [ethUsd, usdcUsd], zeroAddress, zeroAddress, 10n ** 8n];
  const oracle = await deploy("misc/AaveOracle", prices);
  await chain.write(deployer, provider, "setPriceOracle", [oracle]);
  const dataProvider = await deploy("misc/AaveProtocolDataProvider", [addressesProvider]);
  await chain.write(deployer, provider, "setPoolDataProvider", [dataProvider]);

  const pool = await chain.read(provider, "getPool", []);
  const configurator = {
    address: await chain.read(provider, "getPoolConfigurator", []),
    abi: poolConfiguratorAbi,
  };
  const implementations = {
    aToken: await deploy("protocol/tokenization/AToken", [pool]),
    stableDebtToken: await deploy("protocol/tokenization/StableDebtToken", [pool]),
    variableDebtToken: await deploy("protocol/tokenization/VariableDebtToken", [pool]),
  };
  const market = { chain, addressesProvider, configurator, implementations };
  await listReserve(market, { asset: weth, symbol: "WETH", decimals: 18, risk: WETH_RISK });
  await listReserve(market, { asset: usdc, symbol: "USDC", decimals: 6, risk: USDC_RISK });
  // 0.05 % of a flash loan, as on mainnet
  await chain.write(deployer, configurator, "updateFlashloanPremiumTotal", [5n]);

  const data = { address: dataProvider, abi: aaveDataProviderAbi };
  const [aWeth, , variableDebtWeth] = await chain.read(data, "getReserveTokensAddresses", [weth]);
  const [aUsdc, , variableDebtUsdc] = await chain.read(data, "getReserveTokensAddresses", [usdc]);
  return { addressesProvider, pool, dataProvider, oracle, aWeth, aUsdc, variableDebtWeth, variableDebtUsdc };
}

import type { Address } from "viem";

import type { FixtureFork } from "../../test/fixtures/fixture.js";
import type { Risk } from "../../test/mini-mainnet/aave-v3-reserve.js";
import type { AddressBook } from "../../test/mini-mainnet/address-book.js";

import { parseAbi } from "viem";

import { listReserve, WETH_RISK } from "../../test/mini-mainnet/aave-v3-reserve.js";
import { poolAddressesProviderAbi, poolConfiguratorAbi } from "../../test/mini-mainnet/abis.js";
import { ACCOUNTS } from "../../test/mini-mainnet/accounts.js";
import { aaveArtifact } from "../../test/mini-mainnet/artifact.js";

const oracleAbi = parseAbi(["function setAssetSources(address[] assets, address[] sources)"]);

/** A token with 18 decimals that is to be collateral. */
export interface Listed {
  readonly token: Address;
  readonly symbol: string;
  /** The contract whose `latestAnswer()` is its price in US dollars, 8 decimals. */
  readonly source: Address;
  readonly risk: Pick<Risk, "ltv" | "liquidationThreshold" | "liquidationBonus">;
}

/** Lists a token on an Aave V3, whose bytecode is Aave's own, as its administrator would. */
export async function listOnAave(
  { chain }: FixtureFork,
  { addressesProvider, oracle, pool }: AddressBook["aaveV3"],
  { token, symbol, source, risk }: Listed,
): Promise<void> {
  const deploy = async (name: string): Promise<Address> =>
    chain.deploy(ACCOUNTS.deployer, aaveArtifact(`protocol/tokenization/${name}`), [pool]);
  const configurator = await chain.read(
    { address: addressesProvider, abi: poolAddressesProviderAbi },
    "getPoolConfigurator",
    [],
  );
  const market = {
    chain,
    addressesProvider,
    configurator: { address: configurator, abi: poolConfiguratorAbi },
    implementations: {
      aToken: await deploy("AToken"),
      stableDebtToken: await deploy("StableDebtToken"),
      variableDebtToken: await deploy("VariableDebtToken"),
    },
  };
  await chain.write(ACCOUNTS.deployer, { address: oracle, abi: oracleAbi }, "setAssetSources", [[token], [source]]);
  await listReserve(market, { asset: token, symbol, decimals: 18, risk: { ...WETH_RISK, ...risk } });
}

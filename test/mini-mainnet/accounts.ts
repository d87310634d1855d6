import type { Address, Hex } from "viem";

import { keccak256, toBytes } from "viem";
import { privateKeyToAddress } from "viem/accounts";

/** Who acts on the mini mainnet, and the ether (in wei) that the genesis block gives each of them. */
const BALANCES = {
  /** deploys and owns everything, and administers Aave */
  deployer: 10_000n * 10n ** 18n,
  /** the only oracle of the Chainlink feeds */
  oracle: 1_000n * 10n ** 18n,
  /** gives the pair and Aave their liquidity */
  whale: 100_000n * 10n ** 18n,
  /** Aave's treasury: receives reserve factors and protocol fees, and sends nothing */
  treasury: 0n,
  /** borrowers on Aave, from the one nearest to liquidation to the farthest */
  alice: 1_000n * 10n ** 18n,
  bob: 1_000n * 10n ** 18n,
  carol: 1_000n * 10n ** 18n,
};

export type AccountName = keyof typeof BALANCES;

interface GenesisAccount {
  readonly privateKey: Hex;
  readonly balance: bigint;
}

/**
 * The keys are hashes of the names, and not those of Hardhat's default mnemonic: a fork gives its own default accounts
 * ether, which would overwrite what the mini mainnet left them.
 */
function privateKeyOf(name: AccountName): Hex {
  return keccak256(toBytes(`hardhat-siege mini mainnet: ${name}`));
}

/** What the genesis block of the mini mainnet gives to whom. */
export const GENESIS_ACCOUNTS: GenesisAccount[] = names().map((name) => ({
  privateKey: privateKeyOf(name),
  balance: BALANCES[name],
}));

/** The address of each account. */
export const ACCOUNTS: Readonly<Record<AccountName, Address>> = Object.fromEntries(
  names().map((name) => [name, privateKeyToAddress(privateKeyOf(name))]),
  // fromEntries forgets the keys
) as Record<AccountName, Address>;

function names(): AccountName[] {
  // BALANCES is a literal: it has these keys and no others
  return Object.keys(BALANCES) as AccountName[];
}

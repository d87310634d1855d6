import type { Abi, Address, Hex } from "viem";

import type { AddressBook } from "../address-book.js";
import type { PinnedChain } from "../pinned-chain.js";

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { keccak256, parseAbi, parseEther, parseUnits, toBytes, zeroAddress, zeroHash } from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { fixtureArtifact } from "../../fixtures/artifact.js";
import { erc20Abi, mintableAbi, uniswapV2FactoryAbi, uniswapV2RouterAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";

/** A vault that a vote governs, its people, and a pool that sells votes. */
export interface GovernanceDeployment {
  readonly token: Address;
  readonly governor: Address;
  readonly timelock: Address;
  /** The timelock owns it, and may move all that is in it. */
  readonly vault: Address;
  readonly vaultAbi: Abi;
  /** The Uniswap V2 pair of votes and USDC: 1,000,000 of each. */
  readonly pool: Address;
  readonly users: {
    /** Owns the vault's shares. */
    readonly depositor: Address;
    /** Has 60 % of the votes, and never votes. */
    readonly holder: Address;
    /** Has the rest of the votes, not delegated. */
    readonly deployer: Address;
  };
}

/** Options of {@link deployGovernance}. */
export interface GovernanceDeploymentOptions {
  /** Per cent of the supply of 10,000,000 votes. Default 4, as in OpenZeppelin's Wizard. */
  readonly quorumPercent?: number;
  /** Timepoints. Default 0. */
  readonly votingDelay?: number;
  /** Timepoints. Default 3. */
  readonly votingPeriod?: number;
  /** Whole votes. Default 0. */
  readonly proposalThreshold?: number;
  /** Seconds. Default 0. */
  readonly timelockDelay?: number;
  /** Who may cancel proposals. Default: only their proposer. */
  readonly guardian?: Address;
  /** What timepoints are. Default `blocks`. */
  readonly clock?: "blocks" | "seconds";
  /** Whole USDC in the vault. Default 2,000,000. */
  readonly deposits?: number;
}

const SUPPLY = parseEther("10000000");
const POOLED = parseEther("1000000");

const timelockAbi = parseAbi([
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function CANCELLER_ROLE() view returns (bytes32)",
  "function EXECUTOR_ROLE() view returns (bytes32)",
  "function grantRole(bytes32 role, address account)",
  "function renounceRole(bytes32 role, address account)",
]);
const votesAbi = parseAbi(["function delegate(address delegatee)"]);
const vaultAbi = parseAbi(["function deposit(uint256 assets, address receiver) returns (uint256)"]);

/**
 * OpenZeppelin's governor, timelock and token, which govern a vault, and a pool of votes and USDC at one dollar each. The
 * default parameters are flawed.
 */
export async function deployGovernance(
  chain: PinnedChain,
  { usdc, uniswapV2 }: Pick<AddressBook, "usdc" | "uniswapV2">,
  options: GovernanceDeploymentOptions = {},
): Promise<GovernanceDeployment> {
  const { quorumPercent = 4, votingDelay = 0, votingPeriod = 3, proposalThreshold = 0 } = options;
  const { timelockDelay = 0, guardian = zeroAddress, clock = "blocks", deposits = 2_000_000 } = options;
  const users = {
    deployer: await funded(chain, "deployer"),
    depositor: await funded(chain, "depositor"),
    holder: await funded(chain, "holder"),
  };
  const { deployer, depositor, holder } = users;
  const token = await chain.deploy(
    deployer,
    await fixtureArtifact(clock === "blocks" ? "VoteToken" : "TimedVoteToken"),
    [SUPPLY],
  );
  const timelock = {
    address: await chain.deploy(deployer, timelockArtifact(), [BigInt(timelockDelay), [], [], deployer]),
    abi: timelockAbi,
  };
  const governor = await chain.deploy(deployer, await fixtureArtifact("VaultGovernor"), [
    token,
    timelock.address,
    votingDelay,
    votingPeriod,
    parseEther(String(proposalThreshold)),
    BigInt(quorumPercent),
    guardian,
  ]);
  for (const role of ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"] as const) {
    await chain.write(deployer, timelock, "grantRole", [await chain.read(timelock, role, []), governor]);
  }
  // the default admin role is zero: from here on only votes decide
  await chain.write(deployer, timelock, "renounceRole", [zeroHash, deployer]);

  const artifact = await fixtureArtifact("GovernedVault");
  const vault = await chain.deploy(deployer, artifact, [usdc, timelock.address]);
  const amount = parseUnits(String(deposits), 6);
  await chain.write(depositor, { address: usdc, abi: mintableAbi }, "mint", [depositor, amount]);
  await chain.write(depositor, { address: usdc, abi: erc20Abi }, "approve", [vault, amount]);
  await chain.write(depositor, { address: vault, abi: vaultAbi }, "deposit", [amount, depositor]);

  const votes = { address: token, abi: erc20Abi };
  await chain.write(deployer, votes, "transfer", [holder, (SUPPLY * 6n) / 10n]);
  await chain.write(holder, { address: token, abi: votesAbi }, "delegate", [holder]);
  const pool = await openPool(chain, deployer, { token, usdc, uniswapV2 });
  return { token, governor, timelock: timelock.address, vault, vaultAbi: artifact.abi, pool, users };
}

async function openPool(
  chain: PinnedChain,
  deployer: Address,
  { token, usdc, uniswapV2 }: Pick<AddressBook, "usdc" | "uniswapV2"> & { readonly token: Address },
): Promise<Address> {
  const { factory, router } = uniswapV2;
  const dollars = parseUnits("1000000", 6);
  await chain.write(deployer, { address: usdc, abi: mintableAbi }, "mint", [deployer, dollars]);
  await chain.write(deployer, { address: usdc, abi: erc20Abi }, "approve", [router, dollars]);
  await chain.write(deployer, { address: token, abi: erc20Abi }, "approve", [router, POOLED]);
  const liquidity = [token, usdc, POOLED, dollars, POOLED, dollars, deployer, 2n ** 256n - 1n] as const;
  await chain.write(deployer, { address: router, abi: uniswapV2RouterAbi }, "addLiquidity", liquidity);
  return chain.read({ address: factory, abi: uniswapV2FactoryAbi }, "getPair", [token, usdc]);
}

/** OpenZeppelin's timelock, as its package ships it compiled. */
function timelockArtifact(): { readonly abi: Abi; readonly bytecode: Hex } {
  const file = createRequire(import.meta.url).resolve(
    "@openzeppelin/contracts/build/contracts/TimelockController.json",
  );
  return JSON.parse(readFileSync(file, "utf8")) as { abi: Abi; bytecode: Hex };
}

/** An account of this cast, with ether: the addresses of what it deploys depend on nothing else that is on the chain. */
async function funded(chain: PinnedChain, name: string): Promise<Address> {
  const account = privateKeyToAddress(keccak256(toBytes(`hardhat-siege cast, governance: ${name}`)));
  await chain.send({ from: ACCOUNTS.whale, to: account, value: parseEther("100") });
  return account;
}

import type { Address } from "viem";

import type { AddressBook } from "./address-book.js";
import type { ChainlinkArtifacts } from "./chainlink-artifacts.js";
import type { PinnedChain } from "./pinned-chain.js";

import { zeroAddress } from "viem";

import { fluxAggregatorAbi, mintableAbi } from "./abis.js";
import { ACCOUNTS } from "./accounts.js";

/** Decimals of the answers. */
const DECIMALS = 8;

/** What an oracle earns with a submission, as on mainnet in the days of these feeds: 0.1 LINK. */
const PAYMENT = 10n ** 17n;

/** Pays for ten million rounds. */
const FUNDS = 1_000_000n * 10n ** 18n;

/** Two price feeds with one oracle each, which has submitted once: $2,000 for ether and $1 for USDC. */
export async function deployChainlink(
  chain: PinnedChain,
  link: Address,
  artifacts: ChainlinkArtifacts,
): Promise<AddressBook["chainlink"]> {
  return {
    ethUsd: await deployFeed(chain, link, artifacts, { description: "ETH / USD", answer: 2_000n * 10n ** 8n }),
    usdcUsd: await deployFeed(chain, link, artifacts, { description: "USDC / USD", answer: 10n ** 8n }),
  };
}

/** Deploys an aggregator and the proxy in front of it, which consumers read. */
async function deployFeed(
  chain: PinnedChain,
  link: Address,
  { FluxAggregator, EACAggregatorProxy }: ChainlinkArtifacts,
  { description, answer }: { readonly description: string; readonly answer: bigint },
): Promise<Address> {
  const { deployer, oracle } = ACCOUNTS;
  const timeout = 300; // seconds until an unfinished round may be skipped
  const [lowest, highest] = [1n, 10n ** 6n * 10n ** BigInt(DECIMALS)];
  const settings = [link, PAYMENT, timeout, zeroAddress, lowest, highest, DECIMALS, description];
  const address = await chain.deploy(deployer, FluxAggregator, settings);
  const aggregator = { address, abi: fluxAggregatorAbi };

  // the aggregator enlists an oracle only if it can pay it
  await chain.write(deployer, { address: link, abi: mintableAbi }, "mint", [address, FUNDS]);
  await chain.write(deployer, aggregator, "updateAvailableFunds", []);
  // one submission is enough for an answer, and the oracle may begin round after round
  await chain.write(deployer, aggregator, "changeOracles", [[], [oracle], [deployer], 1, 1, 0]);
  await chain.write(oracle, aggregator, "submit", [1n, answer]);

  return chain.deploy(deployer, EACAggregatorProxy, [address, zeroAddress]);
}

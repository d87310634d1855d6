import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/smartcontractkit/chainlink, AggregatorV3Interface and FluxAggregator (v0.6): only what is used.
// Signatures stand apart because declarations are made file by file: an exported type must be written down.

const feed = [
  "function aggregator() view returns (address)",
  "function decimals() view returns (uint8)",
  "function description() view returns (string)",
  "function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)",
] as const;
export const feedAbi: ParseAbi<typeof feed> = parseAbi(feed);

const fluxAggregator = [
  "function getOracles() view returns (address[])",
  "function minSubmissionCount() view returns (uint32)",
  "function submit(uint256 roundId, int256 submission)",
] as const;
export const fluxAggregatorAbi: ParseAbi<typeof fluxAggregator> = parseAbi(fluxAggregator);

const proxy = [
  "function owner() view returns (address)",
  "function proposeAggregator(address aggregator)",
  "function confirmAggregator(address aggregator)",
] as const;
export const proxyAbi: ParseAbi<typeof proxy> = parseAbi(proxy);

// contracts/SiegeFeed.sol
const siegeFeed = [
  "function submit(uint256 id, int256 answer)",
  "function submitCarried(uint256 id, int256 answer, uint256 updatedAt, uint256 answeredIn)",
  "function setDecimals(uint8 decimals)",
  "function succeed(address predecessor, int256 answer)",
] as const;
export const siegeFeedAbi: ParseAbi<typeof siegeFeed> = parseAbi(siegeFeed);

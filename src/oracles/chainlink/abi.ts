import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

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

const bounded = ["function minAnswer() view returns (int192)", "function maxAnswer() view returns (int192)"] as const;
export const boundedAggregatorAbi: ParseAbi<typeof bounded> = parseAbi(bounded);

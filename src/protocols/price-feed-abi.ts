import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/smartcontractkit/chainlink, AggregatorV3Interface and FluxAggregator (v0.6): only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.
const feed = [
  "function aggregator() view returns (address)",
  "function decimals() view returns (uint8)",
  "function description() view returns (string)",
  "function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)",
] as const;

export const feedAbi: ParseAbi<typeof feed> = parseAbi(feed);

const rounds = ["event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)"] as const;
export const roundsAbi: ParseAbi<typeof rounds> = parseAbi(rounds);

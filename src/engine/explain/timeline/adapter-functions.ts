import type { Abi, AbiFunction } from "viem";

import { parseAbi } from "viem";

import { fluxAggregatorAbi, proxyAbi, siegeFeedAbi } from "../../../oracles/chainlink/abi.js";
import * as aave from "../../../protocols/aave-v3/abi.js";
import * as compound from "../../../protocols/compound-v2/abi.js";
import * as morpho from "../../../protocols/morpho-blue/abi.js";
import * as perp from "../../../protocols/perp-v2/abi.js";
import * as uniswapV2 from "../../../protocols/uniswap-v2/abi.js";
import * as uniswapV3 from "../../../protocols/uniswap-v3/abi.js";
import { functionsOf } from "../../../target/functions.js";

/** What contracts read of a price feed. */
const CONSUMED = parseAbi([
  "function latestAnswer() view returns (int256)",
  "function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)",
  "function decimals() view returns (uint8)",
]);

const ABIS: readonly Abi[] = [
  CONSUMED,
  fluxAggregatorAbi,
  proxyAbi,
  siegeFeedAbi,
  ...[aave, compound, morpho, perp, uniswapV2, uniswapV3].flatMap((abis) => Object.values<Abi>(abis)),
];

/** Functions of the protocols that have adapters, to decode calls of them. */
export const ADAPTER_FUNCTIONS: readonly AbiFunction[] = ABIS.flatMap((abi) => functionsOf(abi));

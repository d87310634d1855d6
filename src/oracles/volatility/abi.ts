import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// contracts/VolatilityOracle.sol
const VOLATILITY_ORACLE_FUNCTIONS = [
  "constructor(int256 level, uint256[] expiries, uint256[] strikes, uint256[] ratios)",
  "function publish(int256 level)",
  "function impliedVolatility(uint256 strike, uint256 expiry) view returns (uint256)",
  "function surface() view returns (uint256[], uint256[], uint256[])",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function latestAnswer() view returns (int256)",
  "function decimals() view returns (uint8)",
] as const;
/** What contracts read of a volatility oracle, with 18 decimals. */
export const volatilityOracleAbi: ParseAbi<typeof VOLATILITY_ORACLE_FUNCTIONS> = parseAbi(VOLATILITY_ORACLE_FUNCTIONS);

import type { Address } from "viem";

import type { Preparation } from "../preparation.js";

import { UNISWAP_V3_READER_CODE } from "./reader-bytecode.js";

/** The address of contracts/UniswapV3Reader.sol during a run. */
export const UNISWAP_V3_READER: Address = "0x00000000000000000000000000000000051e6e33";

/** Places the reader there. It holds no state and changes none, so there is nothing to attack. */
export function placeReader(): readonly Preparation[] {
  return [{ kind: "code", account: UNISWAP_V3_READER, code: UNISWAP_V3_READER_CODE }];
}

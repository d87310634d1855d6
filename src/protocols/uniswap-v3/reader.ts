import type { Address } from "viem";

import type { Preparation } from "../preparation.js";

import { UNISWAP_V3_READER_CODE } from "./reader-bytecode.js";

/** Where contracts/UniswapV3Reader.sol stands during a run. */
export const UNISWAP_V3_READER: Address = "0x00000000000000000000000000000000051e6e33";

/** Puts the reader there. It has no state and changes none, so it is nobody's to attack. */
export function placeReader(): readonly Preparation[] {
  return [{ kind: "code", account: UNISWAP_V3_READER, code: UNISWAP_V3_READER_CODE }];
}

import type { StateBundle } from "../chain/state-upstream/state-bundle.js";
import type { Hermetic } from "./reproduction.js";

import { numberToHex } from "viem";

/** When a network that began with the clock begins in its file: 2024-01-01, seconds. */
const BEGINNING = 1_704_067_200;

const NO_HASH = `0x${"00".repeat(32)}`;

/**
 * A recording as if its network had begun at a fixed time, with nothing in it that differs from one day to the next. It may
 * play differently: contracts remember times. Only a replay tells.
 *
 * @returns `undefined` for a fork, whose times belong to its chain, and where hashes of blocks were read
 */
export function withoutClock({ hardfork, state, script }: Hermetic, isFork: boolean): Hermetic | undefined {
  if (isFork || state.ancestors !== undefined) return undefined;
  const shift = BEGINNING - Number(state.block.timestamp);
  return {
    hardfork,
    state: { ...state, block: shifted(state, shift) },
    script: {
      ...script,
      blocks: script.blocks.map(({ environment, ...block }) => ({
        ...block,
        environment: { ...environment, timestamp: environment.timestamp + shift },
      })),
    },
  };
}

function shifted({ block }: StateBundle, shift: number): StateBundle["block"] {
  return {
    ...block,
    timestamp: numberToHex(Number(block.timestamp) + shift),
    hash: NO_HASH,
    parentHash: NO_HASH,
    stateRoot: NO_HASH,
  };
}

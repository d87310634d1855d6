import type { Reproduction } from "./reproduction.js";

import { toJson } from "../json.js";

import { withChecksum } from "./reproduction.js";

/** Longer text is not copied from a terminal. */
const MAX_LENGTH = 16_000;

/**
 * A reproduction for a person to save: one line of printable ASCII, without the state and what is worked out again.
 *
 * @returns `undefined` if it is still too long
 */
export function byHand({
  finding: { worst: _worst, ...finding },
  onChain: _onChain,
  ...reproduction
}: Reproduction): string | undefined {
  const bare: Reproduction = {
    ...reproduction,
    status: "found",
    finding: {
      ...finding,
      certificate: undefined,
      thresholds: [],
      steps: [],
      coupling: undefined,
      interferences: [],
    },
    hermetic: null,
  };
  // the checksum is over the content, so that escapes do not change it
  const text = toJson(withChecksum(bare)).replaceAll(/[^ -~]/g, escaped);
  return text.length <= MAX_LENGTH ? text : undefined;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

import type { Outcome } from "../engine/run/outcome.js";

import { errorOf } from "../engine/run/fault.js";
import { legible } from "../quantity/legible.js";

import { row, toText } from "./lines.js";

/** The widest name. */
const WIDTH = 100;

/**
 * What `siege replay` prints.
 *
 * @param outcome - of `siege.replay(...)`
 * @param file - the name of the reproduction in the text: its path, as the user wrote it
 */
export function renderReplay(outcome: Outcome, file: string): string {
  const named = legible(file, 3 * WIDTH);
  switch (outcome.kind) {
    case "violation": {
      const { condition, evidence, target, block } = outcome.violation;
      return toText([
        `${named}: the violation is reproduced as it was recorded`,
        row("violated", `as recorded: ${legible(condition, WIDTH)}: ${legible(evidence.summary, 3 * WIDTH)}`),
        row("target", `as recorded: ${legible(target, WIDTH)}, after block ${block}`),
        "  every transaction did what was recorded, and the state that the condition was judged on is the same, byte for byte",
        "  what was judged, and the code, are the ones in the file; the survival test says whether today's code still breaks",
      ]);
    }
    case "survived":
      return `${named}: the target now survives these steps`;
    case "invalid":
      return `${named}: could not be decided: ${errorOf(outcome.error).message}`;
  }
}

import type { Outcome } from "../engine/run/outcome.js";

import { errorOf } from "../engine/run/fault.js";

/**
 * What `siege replay` prints.
 *
 * @param outcome - of `siege.replay(...)`
 * @param file - the name of the reproduction in the text: its path, as the user wrote it
 */
export function renderReplay(outcome: Outcome, file: string): string {
  switch (outcome.kind) {
    case "violation": {
      const { violation } = outcome;
      return [
        `${file}: the violation is reproduced`,
        `  violated   ${violation.condition}: ${violation.evidence.summary}`,
        `  target     ${violation.target}, after block ${violation.block}`,
        "  every transaction did what was recorded, and the state that the condition was judged on is the same, byte for byte",
        "  the code is the one recorded in the file; the survival test says whether today's code still breaks",
      ].join("\n");
    }
    case "survived":
      return `${file}: the target now survives these steps`;
    case "invalid":
      return `${file}: could not be decided: ${errorOf(outcome.error).message}`;
  }
}

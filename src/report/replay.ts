import type { Outcome } from "../engine/run/outcome.js";

/**
 * What `siege replay` prints.
 *
 * @param outcome - of `siege.replay(...)`
 * @param file - what to call the reproduction: its path, as the user wrote it
 */
export function renderReplay(outcome: Outcome, file: string): string {
  switch (outcome.kind) {
    case "violation": {
      const { violation } = outcome;
      return [
        `${file}: the violation is reproduced`,
        `  violated   ${violation.condition}: ${violation.evidence.summary}`,
        `  target     ${violation.target}, after block ${violation.block}`,
        "  every transaction did what was recorded, and the state that the condition was judged by is the same, byte for byte",
        "  the code   is the file's, as it was when this was found: whether today's still breaks, the survival test says",
      ].join("\n");
    }
    case "survived":
      return `${file}: the target survives these steps now`;
    case "invalid":
      return `${file}: could not be decided: ${outcome.error.message}`;
  }
}

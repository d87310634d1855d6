import type { Unsaved } from "../engine/campaign/unsaved.js";

import { row } from "./lines.js";

/** What could not be written and why, and how to keep it all the same. */
export function unsavedLines(unsaved: readonly Unsaved[]): readonly string[] {
  return unsaved.flatMap(({ what, file, reason, code, content }) => [
    row("not saved", `${reason} [${code}]`),
    ...(what === "reproduction"
      ? [
          row(
            "",
            content === undefined
              ? `run it again with the same seed once ${file} can be written`
              : `to keep it, save the last line as ${file}; the next campaign plays it first`,
          ),
        ]
      : []),
  ]);
}

/** The reproductions to be saved by hand, a line each. */
export function unsavedContents(unsaved: readonly Unsaved[]): readonly string[] {
  // printable ASCII, which is neither checked nor cut
  return unsaved.flatMap(({ content }) => (content === undefined ? [] : [content]));
}

import type { Entry } from "../file-result.js";

import { SiegeError } from "../../errors.js";
import { legibleLines } from "../../quantity/legible.js";
import { renderReplay } from "../replay.js";
import { renderRuin } from "../ruin.js";
import { renderMerged, renderShard } from "../shards.js";

/** The widest line. */
const LINE = 600;

/** What the terminal says of an entry: the whole report, lines that are safe to print. */
export function fullText(entry: Entry): string {
  if ("replay" in entry) return renderReplay(entry.replay, entry.file);
  if ("error" in entry) {
    const { error } = entry;
    // an error in the file's own code: its author needs the stack
    return legibleLines(SiegeError.isSiegeError(error) ? error.message : (error.stack ?? error.message), LINE);
  }
  if ("ruin" in entry) return renderRuin(entry.ruin);
  const { result, shard, further = [] } = entry;
  return shard === undefined ? renderMerged(result, further) : renderShard(result, shard);
}

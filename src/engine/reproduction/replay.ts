import type { SiegeErrorCode } from "../../errors.js";
import type { Outcome } from "../run/outcome.js";
import type { Hermetic } from "./reproduction.js";
import type { Divergence } from "./script.js";

import { SiegeError } from "../../errors.js";

import { invalid, quoted, reasonOf } from "./file-errors.js";
import { loadReproduction } from "./load.js";

/** Plays the state and the script of a reproduction: where it differs from the recording, if it does. */
export type PlayHermetic = (hermetic: Hermetic) => Promise<Divergence | undefined>;

/**
 * Plays a reproduction again on the state that it holds: no RPC endpoint, no fixture, no project.
 *
 * @param source - the path of a file, absolute or relative to `projectRoot`, or its parsed content
 * @param play - plays what it holds, and stops if that takes too much
 * @returns the recorded violation, if every transaction does what was recorded and the state that the condition was
 * judged on is the same, byte for byte
 * @throws SiegeError `REPRODUCTION_NOT_FOUND`, `REPRODUCTION_UNREADABLE`, `REPRODUCTION_INVALID`, `REPRODUCTION_TOO_LARGE`, `REPRODUCTION_VERSION`,
 * `REPRODUCTION_EDITED`, `REPRODUCTION_MISSING_STATE`, `REPRODUCTION_DIVERGED`, `REPRODUCTION_TOO_COSTLY`
 */
export async function replayReproduction(source: unknown, projectRoot: string, play: PlayHermetic): Promise<Outcome> {
  const { reproduction, origin } = await loadReproduction(source, projectRoot);
  const { hermetic, finding } = reproduction;
  if (hermetic === null) {
    throw new SiegeError("REPRODUCTION_MISSING_STATE", {
      message: `${quoted(origin)} has no state: its campaign stopped before the finding was confirmed.`,
      hint: "Run the scenario again: it plays this finding first and finishes it.",
    });
  }
  const divergence = await played(hermetic, play, origin);
  if (divergence !== undefined) {
    throw new SiegeError("REPRODUCTION_DIVERGED", {
      message: `${quoted(origin)} does not replay: in block ${divergence.block}, ${divergence.what}.`,
      hint: "Either the file is damaged, or this release of Hardhat executes it differently from the one that recorded it.",
    });
  }
  return { kind: "violation", violation: finding.violation, trace: finding.trace };
}

/** What the node refuses is in the file: there is no other upstream. */
async function played(hermetic: Hermetic, play: PlayHermetic, origin: string): Promise<Divergence | undefined> {
  try {
    return await play(hermetic);
  } catch (error) {
    if (SiegeError.isSiegeError(error) && !OF_THE_NODE.has(error.code)) throw error;
    throw invalid(origin, `it cannot be played (${reasonOf(error)})`);
  }
}

const OF_THE_NODE: ReadonlySet<SiegeErrorCode> = new Set(["RPC_FAILED", "RPC_INVALID_RESPONSE"]);

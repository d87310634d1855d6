import type { ChildProcess } from "node:child_process";

import type { Hermetic } from "../engine/reproduction/reproduction.js";
import type { Divergence } from "../engine/reproduction/script.js";
import type { SiegeErrorCode } from "../errors.js";

import { fork } from "node:child_process";

import { besideFile, loaders } from "../engine/beside.js";
import { quoted } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

import { temporaryFolder } from "./temporary-folder.js";

/** What the process answers. */
export type PlayAnswer =
  | { readonly divergence: Divergence | undefined }
  | { readonly error: { readonly code: SiegeErrorCode; readonly message: string; readonly hint: string } }
  /** It takes more than a campaign's would: why. */
  | { readonly tooCostly: string }
  /** A fault of the plugin or of Hardhat. */
  | { readonly crash: string };

/** The JavaScript heap of the process, MiB; the contracts' memory comes on top. */
const HEAP = 256;

/**
 * Plays what a reproduction holds in a process of its own. A stranger's code can run for minutes and fill the memory within the
 * gas that transactions have, because the node keeps a trace of every instruction; only a process can be stopped.
 *
 * @returns where it differs from the recording, or `undefined`
 * @throws SiegeError `REPRODUCTION_TOO_COSTLY`, and what playing throws
 */
export async function playApart(hermetic: Hermetic): Promise<Divergence | undefined> {
  // removed with all that is in it, however the process ends
  const temporary = await temporaryFolder();
  try {
    const child = fork(besideFile(import.meta.dirname, "play-child"), {
      execArgv: [...loaders(), `--max-old-space-size=${HEAP}`],
      env: { ...process.env, TMPDIR: temporary.path, TMP: temporary.path, TEMP: temporary.path },
      // bigints travel as they are
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const answer = await answerOf(child, hermetic);
    if ("divergence" in answer) return answer.divergence;
    if ("error" in answer) throw new SiegeError(answer.error.code, answer.error);
    if ("crash" in answer) {
      throw new SiegeError("REPRODUCTION_INVALID", {
        message: `The reproduction cannot be played: ${quoted(answer.crash)}.`,
        hint: "Take the file from version control, or find it again with siege run.",
      });
    }
    throw new SiegeError("REPRODUCTION_TOO_COSTLY", {
      message: `Replaying the reproduction was stopped: ${answer.tooCostly}.`,
      hint: "Its contracts do more than a reproduction needs; look at where it comes from, or find the violation again with siege run.",
    });
  } finally {
    await temporary.remove();
  }
}

function answerOf(child: ChildProcess, hermetic: Hermetic): Promise<PlayAnswer> {
  return new Promise((resolve, reject) => {
    let answer: PlayAnswer | undefined;
    child.once("message", (message) => {
      // only play-child.ts is on the other side
      answer = message as PlayAnswer;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve(answer ?? { tooCostly: `its process ended with ${signal ?? `code ${code ?? 0}`}` });
    });
    child.send(hermetic, (error) => {
      if (error !== null) child.kill("SIGKILL");
    });
  });
}

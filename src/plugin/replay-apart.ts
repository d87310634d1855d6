import type { ChildProcess } from "node:child_process";

import type { Outcome } from "../engine/run/outcome.js";
import type { SiegeErrorCode } from "../errors.js";

import { fork } from "node:child_process";
import path from "node:path";

import { toJson } from "../engine/json.js";
import { excessOfContent } from "../engine/reproduction/content-limits.js";
import { invalid, quoted, tooLarge } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

import { temporaryFolder } from "./temporary-folder.js";

/** What the process is asked to replay. */
export interface ReplayRequest {
  readonly projectRoot: string;
  /** Its path, or its content as text. */
  readonly source: { readonly file: string } | { readonly content: string };
}

/** What it answers. */
export type ReplayAnswer =
  | { readonly outcome: Outcome }
  | { readonly error: { readonly code: SiegeErrorCode; readonly message: string; readonly hint: string } }
  /** A fault of the plugin or of Hardhat. */
  | { readonly crash: string };

/** The JavaScript heap of the process, MiB; the contracts' memory comes on top. */
const HEAP = 256;

/** What the process is loaded with, apart from debuggers and test runners. */
const LOADERS = /^--(import|require|loader|experimental-loader|conditions)\b|^-[rC]$/;

/**
 * Replays a reproduction in a process of its own. A stranger's code can run for minutes and fill the memory within the gas
 * that transactions have, because the node keeps a trace of every instruction; only a process can be stopped.
 *
 * @param source - the path of a file, absolute or relative to the project's root, or its parsed content
 * @throws SiegeError as `replayReproduction`, and `REPRODUCTION_TOO_COSTLY`
 */
export async function replayApart(source: unknown, projectRoot: string): Promise<Outcome> {
  const request: ReplayRequest = {
    projectRoot,
    source: typeof source === "string" ? { file: source } : { content: textOf(source) },
  };
  const origin = typeof source === "string" ? source : "the reproduction";
  // removed with all that is in it, however the process ends
  const temporary = await temporaryFolder();
  try {
    const child = fork(childFile(), {
      execArgv: [...loaders(process.execArgv), `--max-old-space-size=${HEAP}`],
      env: { ...process.env, TMPDIR: temporary.path, TMP: temporary.path, TEMP: temporary.path },
      // bigints travel as they are
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const answer = await answerOf(child, request);
    if (answer === undefined) throw tooCostly(origin, "the process that replayed it ended");
    if ("outcome" in answer) return answer.outcome;
    if ("error" in answer) throw new SiegeError(answer.error.code, answer.error);
    throw new SiegeError("INTERNAL", {
      message: `${quoted(origin)} could not be replayed: ${quoted(answer.crash)}.`,
      hint: "Please report this with the file.",
    });
  } finally {
    await temporary.remove();
  }
}

/** A reproduction that takes more than a campaign's would. */
export function tooCostly(origin: string, why: string): SiegeError {
  return new SiegeError("REPRODUCTION_TOO_COSTLY", {
    message: `Replaying ${quoted(origin)} was stopped: ${why}.`,
    hint: "Its contracts do more than a reproduction needs; look at where it comes from, or find the violation again with siege run.",
  });
}

/** Content that was passed as an object, as the process reads it. */
function textOf(content: unknown): string {
  const origin = "the reproduction";
  const excess = excessOfContent(content);
  if (excess !== undefined) throw tooLarge("REPRODUCTION_TOO_LARGE", origin, excess);
  const text = toJson(content) as string | undefined;
  if (text === undefined) throw invalid(origin, "it is not a JSON object");
  return text;
}

function answerOf(child: ChildProcess, request: ReplayRequest): Promise<ReplayAnswer | undefined> {
  return new Promise((resolve, reject) => {
    let answer: ReplayAnswer | undefined;
    child.once("message", (message) => {
      // only replay-child.ts is on the other side
      answer = message as ReplayAnswer;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("exit", () => {
      resolve(answer);
    });
    child.send(request);
  });
}

/** Compiled, or the source when this project's own tests run. */
const EXTENSION = path.extname(import.meta.filename);

function childFile(): string {
  return path.join(import.meta.dirname, `replay-child${EXTENSION}`);
}

function loaders(flags: readonly string[]): readonly string[] {
  const given = flags.filter((flag, at) => LOADERS.test(flag) || (at > 0 && takesValue(flags[at - 1] ?? "")));
  // Hardhat's command line loads TypeScript without a flag
  return EXTENSION === ".ts" && given.length === 0 ? ["--import", import.meta.resolve("tsx/esm")] : given;
}

/** `--import tsx`: its value is the next argument. */
function takesValue(flag: string): boolean {
  return LOADERS.test(flag) && !flag.includes("=");
}

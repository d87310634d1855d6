import { SiegeError } from "../errors.js";
import { framesOf } from "../plugin/call-site.js";

interface Watched {
  readonly callSite: Error;
  readonly matcher: string;
  /** How it ended, or that it has not. */
  end: string;
  /** Why it failed. */
  failure: string;
  /** Set if it was stopped because nobody awaited it. */
  error?: SiegeError;
}

/** Assertions that have not been awaited so far. */
const watched = new Map<object, Watched>();
let listening = false;

/** Reports this assertion when the process ends, unless {@link forget} is called for it. */
export function watch(assertion: object, work: Promise<unknown>, callSite: Error, matcher: string): void {
  const entry: Watched = { callSite, matcher, end: "is still running", failure: "" };
  watched.set(assertion, entry);
  void work.then(
    () => {
      entry.end = "passed";
    },
    (error: unknown) => {
      if (SiegeError.isSiegeError(error) && error.code === "MATCHER_NOT_AWAITED") {
        // says itself that nobody awaited it, and why it ended
        entry.error = error;
        return;
      }
      entry.end = "failed";
      entry.failure = `\n${error instanceof Error ? error.message : String(error)}\n`;
    },
  );
  if (listening) return;
  listening = true;
  process.on("exit", report);
  // mocha sets the exit code in an exit listener of its own, added when its run ends; the listener added last wins
  process.once("beforeExit", () => {
    process.removeListener("exit", report);
    process.on("exit", report);
  });
}

/** Whether nobody has awaited it so far. */
export function isWatched(assertion: object): boolean {
  return watched.has(assertion);
}

/** @param so - what follows from it, `, so its test …` */
export function notAwaited({ callSite, matcher }: Pick<Watched, "callSite" | "matcher">, so: string): SiegeError {
  const place = /^\s*at (?:.*\()?(.*?)\)?$/m.exec(framesOf(callSite))?.[1] ?? "an unknown place";
  return new SiegeError("MATCHER_NOT_AWAITED", {
    message: `${matcher} at ${place} was not awaited${so}.`,
    hint: `Write \`await expect(...).${matcher}(...)\`.`,
  });
}

/** Called when the assertion is awaited: its verdict reaches its test. */
export function forget(assertion: object): void {
  watched.delete(assertion);
}

/**
 * Runs only at the end, so that the message appears once, below the runner's summary, however the runner treats unhandled
 * rejections; and so that a test may start several campaigns and await them later.
 */
function report(): void {
  for (const entry of watched.values()) {
    const error = entry.error ?? notAwaited(entry, `, so its test ended without a verdict (it ${entry.end})`);
    console.error(`\n${error.name}: ${error.message}\n${entry.failure}`);
  }
  if (watched.size > 0 && (process.exitCode === undefined || process.exitCode === 0)) process.exitCode = 1;
}

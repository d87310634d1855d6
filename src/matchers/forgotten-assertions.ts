import { SiegeError } from "../errors.js";
import { framesOf } from "../plugin/call-site.js";

interface Watched {
  readonly callSite: Error;
  readonly matcher: string;
  end: "is still running" | "passed" | "failed";
  /** Why it failed. */
  failure: string;
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

/** Called when the assertion is awaited: its verdict reaches its test. */
export function forget(assertion: object): void {
  watched.delete(assertion);
}

/**
 * Runs only at the end, so that the message appears once, below the runner's summary, however the runner treats unhandled
 * rejections; and so that a test may start several campaigns and await them later.
 */
function report(): void {
  for (const { callSite, matcher, end, failure } of watched.values()) {
    const place = /^\s*at (?:.*\()?(.*?)\)?$/m.exec(framesOf(callSite))?.[1] ?? "an unknown place";
    const error = new SiegeError("MATCHER_NOT_AWAITED", {
      message: `${matcher} at ${place} was not awaited, so its test ended without a verdict (it ${end}).`,
      hint: `Write \`await expect(...).${matcher}(...)\`.`,
    });
    console.error(`\n${error.name}: ${error.message}\n${failure}`);
  }
  if (watched.size > 0 && (process.exitCode === undefined || process.exitCode === 0)) process.exitCode = 1;
}

import { SiegeError } from "../errors.js";

/** Assertions that still run and that nobody has awaited so far. */
const forgotten = new Set<AwaitedAssertion<unknown>>();

/**
 * An asynchronous assertion that notices when nobody awaits it.
 *
 * A plain promise would not: forgotten and passing, it is silent while the test it belongs to has long been reported as
 * passed; forgotten and failing, it ends the process with an assertion that names no test. This one ends in
 * `MATCHER_NOT_AWAITED` in both cases, as an unhandled rejection, which every test runner reports.
 */
export class AwaitedAssertion<ResultT> implements Promise<ResultT> {
  readonly [Symbol.toStringTag] = "Promise";
  readonly #work: Promise<ResultT>;
  readonly #callSite: Error;
  #awaited = false;

  /** @param callSite - an error made where the user called the matcher; only its stack is used */
  constructor(work: Promise<ResultT>, callSite: Error) {
    this.#work = work;
    this.#callSite = callSite;
    forgotten.add(this);
    watchExit();
    void work.then(
      () => {
        this.#finish();
      },
      (error: unknown) => {
        this.#finish(error);
      },
    );
  }

  then<FulfilledT = ResultT, RejectedT = never>(
    onFulfilled?: ((value: ResultT) => FulfilledT | PromiseLike<FulfilledT>) | null,
    onRejected?: ((reason: unknown) => RejectedT | PromiseLike<RejectedT>) | null,
  ): Promise<FulfilledT | RejectedT> {
    this.#awaited = true;
    forgotten.delete(this);
    return this.#work.then(onFulfilled, onRejected);
  }

  catch<RejectedT = never>(
    onRejected?: ((reason: unknown) => RejectedT | PromiseLike<RejectedT>) | null,
  ): Promise<ResultT | RejectedT> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<ResultT> {
    this.#awaited = true;
    forgotten.delete(this);
    return this.#work.finally(onFinally);
  }

  /** Throws in a promise that nobody can attach to: that is what makes the rejection unhandled. */
  #finish(failure?: unknown): void {
    forgotten.delete(this);
    if (!this.#awaited) throw this.notAwaited(failure);
  }

  notAwaited(failure?: unknown): SiegeError {
    const frames = framesOf(this.#callSite);
    const error = new SiegeError("MATCHER_NOT_AWAITED", {
      message: `toSurviveScenario was called${at(frames)} and nobody awaited it, so its test ended without its verdict.`,
      hint: "Write `await expect(...).toSurviveScenario(...)`.",
      ...(failure === undefined ? {} : { cause: failure }),
    });
    error.stack = `${error.name}: ${error.message}\n${frames}`;
    return error;
  }
}

let watching = false;

/** A runner that ends the process at once (`mocha --exit`) leaves no time for a rejection. */
function watchExit(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const assertion of forgotten) console.error(assertion.notAwaited().stack);
    if (forgotten.size > 0 && (process.exitCode === undefined || process.exitCode === 0)) process.exitCode = 1;
  });
}

/** The frames of a stack, without the message above them. */
export function framesOf(error: Error): string {
  const stack = error.stack ?? "";
  const start = stack.indexOf("\n    at ");
  return start < 0 ? "" : stack.slice(start + 1);
}

function at(frames: string): string {
  const place = /^\s*at (?:.*\()?(.*?)\)?$/m.exec(frames)?.[1];
  return place === undefined ? "" : ` at ${place}`;
}

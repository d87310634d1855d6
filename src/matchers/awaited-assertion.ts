import { forget, watch } from "./forgotten-assertions.js";

/**
 * An asynchronous assertion that notices whether it is awaited.
 *
 * A plain promise would not: if it passes without being awaited, nothing tells that its test ended before the verdict; if
 * it fails, some test runners stop with an error that names no test, and mocha's own command does not report it (12.0
 * swallows unhandled rejections).
 */
export class AwaitedAssertion<ResultT> implements Promise<ResultT> {
  readonly [Symbol.toStringTag] = "Promise";
  readonly #work: Promise<ResultT>;

  /**
   * @param callSite - an error created where the user called the matcher; only its stack is used
   * @param matcher - its name
   */
  constructor(work: Promise<ResultT>, callSite: Error, matcher: string) {
    this.#work = work;
    watch(this, work, callSite, matcher);
  }

  then<FulfilledT = ResultT, RejectedT = never>(
    onFulfilled?: ((value: ResultT) => FulfilledT | PromiseLike<FulfilledT>) | null,
    onRejected?: ((reason: unknown) => RejectedT | PromiseLike<RejectedT>) | null,
  ): Promise<FulfilledT | RejectedT> {
    forget(this);
    return this.#work.then(onFulfilled, onRejected);
  }

  catch<RejectedT = never>(
    onRejected?: ((reason: unknown) => RejectedT | PromiseLike<RejectedT>) | null,
  ): Promise<ResultT | RejectedT> {
    forget(this);
    return this.#work.catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<ResultT> {
    forget(this);
    return this.#work.finally(onFinally);
  }
}

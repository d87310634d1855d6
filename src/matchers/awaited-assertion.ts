import { forget, watch } from "./forgotten-assertions.js";

/**
 * An asynchronous assertion that notices whether anybody awaits it.
 *
 * A plain promise would not: forgotten and passing, it is silent about a test that ended before its verdict; forgotten and
 * failing, it ends some test runners with an error that names no test, and mocha's own command not at all (12.0 swallows
 * unhandled rejections).
 */
export class AwaitedAssertion<ResultT> implements Promise<ResultT> {
  readonly [Symbol.toStringTag] = "Promise";
  readonly #work: Promise<ResultT>;

  /** @param callSite - an error made where the user called the matcher; only its stack is used */
  constructor(work: Promise<ResultT>, callSite: Error) {
    this.#work = work;
    watch(this, work, callSite);
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

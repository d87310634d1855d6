import { SiegeError } from "../errors.js";
import { calledFrom } from "../plugin/call-site.js";
import { calledBy, CampaignCall } from "../plugin/connections/campaign-call.js";

import { forget, isWatched, notAwaited, watch } from "./forgotten-assertions.js";

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
   * @param work - starts the campaign, which a request of other code on its connection stops while nobody awaits it
   * @param callSite - an error created where the user called the matcher; only its stack is used
   * @param matcher - its name
   */
  constructor(work: () => Promise<ResultT>, callSite: Error, matcher: string) {
    const call = new CampaignCall(matcher, callSite, () => isWatched(this));
    this.#work = calledBy(call, work).catch((error: unknown) => {
      const { stoppedFor } = call;
      if (stoppedFor === undefined || !SiegeError.isSiegeError(error) || error.code !== "INCOMPLETE") throw error;
      const so = `, so ${stoppedFor}, which came on its connection meanwhile, stopped its campaign: it has no verdict`;
      throw calledFrom(notAwaited({ matcher, callSite }, so), callSite);
    });
    watch(this, this.#work, callSite, matcher);
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

import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";

import { placeOf } from "../call-site.js";

/** The code of this plugin: a call from there, as its tasks make, has no place that a user knows. */
const OWN_CODE = path.resolve(import.meta.dirname, "../..") + path.sep;

/** The call of a user for which campaigns run. */
export class CampaignCall {
  readonly #name: string;
  readonly #callSite: Error;
  readonly #stopping = new AbortController();
  #stoppedFor: string | undefined;

  /**
   * @param name - of the function or the matcher
   * @param callSite - an error created where the user called it; only its stack is used
   * @param isForgotten - whether nobody waits for its outcome so far
   */
  constructor(name: string, callSite: Error, isForgotten: () => boolean = () => false) {
    this.#name = name;
    this.#callSite = callSite;
    this.isForgotten = isForgotten;
  }

  readonly isForgotten: () => boolean;

  /** `toSurviveScenario at test/vault.ts:12`, as far as it is known. */
  get origin(): string {
    const { file, line } = placeOf(this.#callSite);
    if (line === undefined || file.startsWith(OWN_CODE)) return this.#name;
    return `${this.#name} at ${file}:${line}`;
  }

  /** The request for which it was stopped; `undefined` if it was not. */
  get stoppedFor(): string | undefined {
    return this.#stoppedFor;
  }

  /** Stops its campaigns, those that have not begun included. */
  stop(method: string): void {
    this.#stoppedFor ??= method;
    this.#stopping.abort();
  }

  /** The options of a campaign, which ends when the call is stopped. */
  stopping<OptionsT extends { readonly signal?: AbortSignal | undefined }>(options: OptionsT): OptionsT {
    const { signal } = options;
    const own = this.#stopping.signal;
    return { ...options, signal: signal === undefined ? own : AbortSignal.any([signal, own]) };
  }
}

const calls = new AsyncLocalStorage<CampaignCall>();

/** The call that the code at hand works for. */
export function currentCall(): CampaignCall | undefined {
  return calls.getStore();
}

/** Works for a call; within another one, as a matcher's campaign is, for that. */
export function calledBy<ResultT>(call: CampaignCall, work: () => ResultT): ResultT {
  return calls.getStore() === undefined ? calls.run(call, work) : work();
}

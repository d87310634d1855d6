import type { InspectContext } from "../../protocols/contexts.js";

import { SiegeError } from "../../errors.js";
import { Stop } from "../campaign/stop.js";

/** How often, in milliseconds, it is seen whether the campaign is over while a user's `inspect()` works. */
const PATIENCE = 100;

/**
 * Waits for the `inspect()` of conditions, protocols, oracles and events, which are the user's: a promise that never settles must
 * not outlast the campaign's time limit. What waits for the chain is left to it, whose faults have a limit of their own.
 */
export class Inspections {
  readonly #checkpoint: () => void;
  #requests = 0;
  #pending = 0;

  /** @param checkpoint - throws {@link Stop} if the campaign is to stop */
  constructor(checkpoint: () => void) {
    this.#checkpoint = checkpoint;
  }

  /** What an inspection may use, noted. */
  noting(context: InspectContext): InspectContext {
    return {
      ...context,
      read: (plan) => this.#noted(context.read(plan)),
      token: (address) => this.#noted(context.token(address)),
      hasCode: (address) => this.#noted(context.hasCode(address)),
    };
  }

  /**
   * @param whose - `the condition "solvent"`
   * @throws SiegeError `INCOMPLETE` if it does nothing any more when the campaign is to stop
   */
  async of<T>(whose: string, inspecting: Promise<T>): Promise<T> {
    let look: NodeJS.Timeout | undefined;
    let seen = -1;
    const givenUp = new Promise<never>((_resolve, reject) => {
      look = setInterval(() => {
        const reason = this.#stopped();
        if (reason === undefined) return;
        if (this.#pending === 0 && this.#requests === seen) reject(unanswered(whose, reason));
        seen = this.#requests;
      }, PATIENCE);
    });
    try {
      return await Promise.race([inspecting, givenUp]);
    } finally {
      clearInterval(look);
    }
  }

  async #noted<T>(request: Promise<T>): Promise<T> {
    this.#requests += 1;
    this.#pending += 1;
    try {
      return await request;
    } finally {
      this.#pending -= 1;
    }
  }

  #stopped(): Stop["reason"] | undefined {
    try {
      this.#checkpoint();
      return undefined;
    } catch (error) {
      if (error instanceof Stop) return error.reason;
      throw error;
    }
  }
}

function unanswered(whose: string, reason: Stop["reason"]): SiegeError {
  const over = reason === "time limit" ? "The time limit was over" : "The campaign was interrupted";
  return new SiegeError("INCOMPLETE", {
    message: `${over} before the first run: inspect() of ${whose} has not answered, and waits for nothing of the chain.`,
    hint: "Whatever it awaits has to end: look for a promise that nobody settles, or a request to somebody else.",
  });
}

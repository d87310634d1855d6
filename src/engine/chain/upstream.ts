/** The RPC endpoint that a user's network forks from. */
export interface Upstream {
  /** All that may be printed of it: the rest of its URL may be a key. */
  readonly host: string;
  /** The id of the chain that it serves now. Rejects if it does not answer within a few seconds. */
  chainId(): Promise<number>;
  /** Tells the person who waits for it. */
  notice(message: string): void;
}

/** How long to wait for an endpoint, milliseconds. */
export interface Patience {
  /** Until the person who waits is told. */
  readonly notice: number;
  /** Until the request has failed, apart from the few seconds in which the endpoint is asked whether it is there at all. */
  readonly limit: number;
  /** Before the first repetition; twice as long before each further one. */
  readonly pause: number;
}

export const PATIENCE: Patience = { notice: 20_000, limit: 55_000, pause: 250 };

/** How often a request may exceed the limit while its endpoint is there, but slow. */
const MOST_EXTENSIONS = 10;

/** The longest pause between two repetitions, milliseconds. */
const LONGEST_PAUSE = 8_000;

/** Patience with an endpoint that was once given up: its network may be busy with the same request for minutes. */
const LAST_CHANCE = 2_000;

/**
 * How EDR says that the endpoint answered with an error, with something else than JSON-RPC, or not at all (measured, 0.22).
 * It repeats requests itself if they meet HTTP 429, 5xx or a broken connection, but not these.
 */
const UPSTREAM_FAULTS = [
  /^The response reported error/,
  /^Response '.*' failed to parse/s,
  /^The Http server returned error status code/,
  /error sending request/i,
  /^Failed to (send|read)/i,
];

/** No repetition helps against these. */
const LASTING = [/\((401|403|404)\b/, /error `-3260[12]`/, /method not found/i];

/**
 * Requests to a network that asks an endpoint for what it does not know. One fault among hundreds of requests is repeated: a
 * request that met one has changed nothing, not even `evm_mine` and `eth_sendTransaction` (measured: mempool, nonces and pinned
 * fields stay).
 */
export class PatientRequests {
  readonly #upstream: Upstream;
  readonly #patience: Patience;
  #isGivenUp = false;

  constructor(upstream: Upstream, patience: Patience) {
    this.#upstream = upstream;
    this.#patience = patience;
  }

  /** Makes a request until it is answered, or the endpoint is given up. */
  make(request: () => Promise<unknown>): Promise<unknown> {
    const { notice, limit } = this.#patience;
    return new Promise((resolve, reject) => {
      let isOver = false;
      let fault: unknown;
      let extensions = 0;
      const { host } = this.#upstream;
      const tell = setTimeout(() => {
        this.#upstream.notice(`waiting for the RPC endpoint ${host} …`);
      }, notice);
      let end: NodeJS.Timeout | undefined;
      const over = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(tell);
        clearTimeout(end);
        settle();
      };
      const giveUp = async (): Promise<void> => {
        // slow is not dead: a first block on a cold cache may take hundreds of requests
        const isAlive =
          fault === undefined &&
          extensions++ < MOST_EXTENSIONS &&
          !this.#isGivenUp &&
          (await this.#upstream.chainId().then(
            () => true,
            () => false,
          ));
        if (isOver) return;
        if (isAlive) {
          end = setTimeout(() => void giveUp(), limit);
          return;
        }
        this.#isGivenUp = true;
        over(() => {
          reject(fault instanceof Error ? fault : new Error(`The RPC endpoint ${host} does not answer`));
        });
      };
      end = setTimeout(() => void giveUp(), this.#isGivenUp ? LAST_CHANCE : limit);
      const attempt = async (pause: number): Promise<void> => {
        if (isOver) return;
        try {
          const answer = await request();
          over(() => {
            resolve(answer);
          });
        } catch (error) {
          if (!isPassing(error)) {
            over(() => {
              reject(error instanceof Error ? error : new Error(String(error)));
            });
            return;
          }
          fault = error;
          await new Promise((wait) => setTimeout(wait, pause));
          await attempt(Math.min(2 * pause, LONGEST_PAUSE));
        }
      };
      void attempt(this.#patience.pause);
    });
  }
}

/** A text without the URLs in it, of which only the hosts remain. */
export function withoutKeys(text: string): string {
  return text.replace(/\b(?:https?|wss?):\/\/[^\s'"`<>()]+/giu, (url) => (URL.canParse(url) ? new URL(url).host : "…"));
}

/** Whether a request failed because of the endpoint, in a way that may pass. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { message } = error;
  return UPSTREAM_FAULTS.some((fault) => fault.test(message)) && !LASTING.some((fault) => fault.test(message));
}

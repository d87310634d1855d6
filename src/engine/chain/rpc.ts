import type { Hex } from "viem";

import type { Patience, Upstream } from "./upstream.js";

import { SiegeError } from "../../errors.js";

import { snapshotMissIn } from "./state-upstream/snapshot-miss.js";
import { PatientRequests, withoutKeys } from "./upstream.js";

/** An EIP-1193 provider of a simulated network. */
export interface Provider {
  request(request: { readonly method: string; readonly params?: unknown[] }): Promise<unknown>;
}

/** JSON-RPC requests to a simulated network, whose endpoint, if it has one, is waited for. */
export class Rpc {
  readonly #provider: Provider;
  readonly #upstream: Upstream | undefined;
  readonly #requests: PatientRequests | undefined;

  /** @param upstream - the endpoint that the chain forks from, if it does: its faults are waited for, and it is named in errors */
  constructor(provider: Provider, upstream: Upstream | undefined, patience: Patience) {
    this.#provider = provider;
    this.#upstream = upstream;
    this.#requests = upstream === undefined ? undefined : new PatientRequests(upstream, patience);
  }

  /** @throws SiegeError `RPC_FAILED` */
  async request(method: string, params: unknown[] = []): Promise<unknown> {
    try {
      return await this.ask(method, params);
    } catch (error) {
      throw this.failed(method, error);
    }
  }

  /** The same, with what the provider throws. */
  ask(method: string, params: unknown[]): Promise<unknown> {
    const request = (): Promise<unknown> => this.#provider.request({ method, params });
    return this.#requests === undefined ? request() : this.#requests.make(request);
  }

  /** The error of a request, as one of this package. */
  failed(method: string, error: unknown): SiegeError {
    if (SiegeError.isSiegeError(error)) return error;
    const message = messageOf(error);
    const miss = snapshotMissIn(message, error);
    if (miss !== undefined) return miss;
    const shown = withoutKeys(message);
    return new SiegeError("RPC_FAILED", {
      message: `${method} failed: ${shown.slice(0, 400)}.`,
      hint:
        this.#upstream === undefined
          ? "Nothing was concluded from this run; if it happens again, please report it with the scenario."
          : `Check the RPC endpoint that the network forks from, ${this.#upstream.host}; nothing was concluded from this run.`,
      cause: shown === message ? error : new Error(shown),
    });
  }
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A response that is a hex string. @throws SiegeError `RPC_INVALID_RESPONSE` */
export function hex(method: string, value: unknown): Hex {
  if (typeof value === "string" && value.startsWith("0x")) return value as Hex;
  throw nonsense(method, value);
}

/** A response that is an object. @throws SiegeError `RPC_INVALID_RESPONSE` */
export function record(method: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  throw nonsense(method, value);
}

/** The error for a response of the wrong type. */
export function nonsense(method: string, value: unknown): SiegeError {
  const text = JSON.stringify(value) as string | undefined;
  return new SiegeError("RPC_INVALID_RESPONSE", {
    message: `${method} returned ${text?.slice(0, 80) ?? "nothing"}, which is not a valid response.`,
    hint: "Nothing was concluded from this run; if the network forks from an RPC endpoint, check what it answers.",
  });
}

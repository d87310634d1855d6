import { SiegeError } from "../errors.js";

/** Hardhat's number for a network that the config does not have. */
const NETWORK_NOT_FOUND = "HHE705";

/** Hardhat says that there is no such network, and not what to do about it. Any other error is returned as it is. */
export function asUnknownNetwork(error: unknown): unknown {
  if (!(error instanceof Error) || !("errorCode" in error) || error.errorCode !== NETWORK_NOT_FOUND) return error;
  return new SiegeError("UNKNOWN_NETWORK", {
    message: error.message.replace(/^HHE\d+: /, ""),
    hint: "Name one of `networks` in hardhat.config.ts, whose type is edr-simulated, or leave --network out.",
    cause: error,
  });
}

import type { Address } from "viem";

import { SiegeError } from "../../errors.js";

/**
 * A parameter is set by a call that nobody can be found for.
 *
 * @param isNobody - whether its owner is the zero address; otherwise it has no `owner()`
 */
export function withoutOwner(name: string, address: Address, isNobody: boolean): SiegeError {
  return new SiegeError("PARAMETER_WITHOUT_OWNER", {
    message: `The parameter "${name}" is set by a call of ${address}, ${isNobody ? "whose owner is the zero address: nobody can make it" : "which has no owner()"}.`,
    hint: "Say who may make it: set: { calls, as: admin }; or write it into storage: set: { of, slot, word }.",
  });
}

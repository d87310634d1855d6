import type { BranchableChain } from "./branchable-chain.js";

import { SiegeError } from "../../errors.js";

/** The score of a state. @throws SiegeError `INVALID_OPTION` if it is not a number */
export function scoreOf<StateT>(chain: Pick<BranchableChain<StateT>, "score">, state: StateT): number {
  const score = chain.score(state);
  if (typeof score === "number" && !Number.isNaN(score)) return score;
  throw new SiegeError("INVALID_OPTION", {
    message: `The score of a state is ${String(score)}: it cannot be split by that.`,
    hint: "It must be a number, or -Infinity for a state from which nothing is known of the event.",
  });
}

import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Chain } from "./chain.js";

import { packReads, unpackReads } from "./lens.js";

/** Reads plans at the latest state, one call per plan; for binding, where plans come one at a time. */
export class LensReader {
  readonly #chain: Chain;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  async read<T>(plan: ReadPlan<T>): Promise<T> {
    const answer = unpackReads(plan, await this.#chain.read(packReads(plan)));
    return plan.decode(answer.calls, answer.simulations);
  }
}

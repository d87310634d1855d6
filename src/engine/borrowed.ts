import type { Address, Hex } from "viem";

import type { Chain } from "./chain.js";

/**
 * The user's connection while a campaign works on it. State, mempool and pinned timestamps come back with a snapshot;
 * automine and impersonations do not (EDR keeps them outside), so they are remembered here.
 */
export class Borrowed {
  readonly #chain: Chain;
  readonly #home: Hex;
  readonly #automine: boolean;
  readonly #before: ReadonlySet<string>;
  readonly #impersonated = new Set<Address>();

  private constructor(chain: Chain, home: Hex, automine: boolean, before: ReadonlySet<string>) {
    this.#chain = chain;
    this.#home = home;
    this.#automine = automine;
    this.#before = before;
  }

  /** Takes the connection over. */
  static async from(chain: Chain, impersonated: ReadonlySet<Address>): Promise<Borrowed> {
    const automine = await chain.isAutomining();
    const home = await chain.snapshot();
    await chain.setAutomine(false);
    return new Borrowed(chain, home, automine, new Set([...impersonated].map((account) => account.toLowerCase())));
  }

  /** Impersonates an account until the connection is given back. */
  async impersonate(account: Address): Promise<void> {
    if (this.#impersonated.has(account)) return;
    await this.#chain.impersonate(account);
    this.#impersonated.add(account);
  }

  /** Leaves the connection as it was found. */
  async giveBack(): Promise<void> {
    for (const account of this.#impersonated) {
      if (!this.#before.has(account.toLowerCase())) await this.#chain.stopImpersonating(account);
    }
    await this.#chain.revert(this.#home);
    // automine is switched on last: switching it on mines what lies in the mempool
    await this.#chain.setAutomine(this.#automine);
  }
}

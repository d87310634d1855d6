import type { Address, Hex } from "viem";

import type { Chain, IntervalMining } from "./chain.js";

import { addressKey } from "../../quantity/address.js";

import { BLOCK_BUILDER } from "./chain.js";

/** The user's settings of a connection that the chain does not report. */
export interface UserSettings {
  readonly impersonated: ReadonlySet<Address>;
  readonly intervalMining: IntervalMining;
}

/**
 * The user's connection while a campaign works on it. A snapshot restores state, mempool and pinned timestamps, but not
 * automine, interval mining and impersonations (EDR keeps them outside), so they are remembered here.
 */
export class Borrowed {
  readonly #chain: Chain;
  readonly #home: Hex;
  readonly #automine: boolean;
  readonly #before: ReadonlySet<string>;
  readonly #interval: IntervalMining;
  readonly #impersonated = new Set<Address>();

  private constructor(chain: Chain, home: Hex, automine: boolean, settings: UserSettings) {
    this.#chain = chain;
    this.#home = home;
    this.#automine = automine;
    this.#before = new Set([...settings.impersonated].map((account) => addressKey(account)));
    this.#interval = settings.intervalMining;
  }

  /** Takes over the connection. */
  static async from(chain: Chain, settings: UserSettings): Promise<Borrowed> {
    const automine = await chain.isAutomining();
    if (settings.intervalMining !== 0) await chain.setIntervalMining(0);
    const home = await chain.snapshot();
    await chain.setAutomine(false);
    await chain.setCoinbase(BLOCK_BUILDER);
    return new Borrowed(chain, home, automine, settings);
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
      if (!this.#before.has(addressKey(account))) await this.#chain.stopImpersonating(account);
    }
    await this.#chain.revert(this.#home);
    // automine is switched on last: switching it on mines what is in the mempool
    await this.#chain.setAutomine(this.#automine);
    if (this.#interval !== 0) await this.#chain.setIntervalMining(this.#interval);
  }
}

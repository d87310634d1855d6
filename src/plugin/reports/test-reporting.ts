import type { HardhatConfig } from "hardhat/types/config";

import type { AssertionResult } from "../../report/file-result.js";
import type { WantedReport } from "./wanted-reports.js";

import { toPluginError } from "../plugin-error.js";
import { releaseOf } from "../release.js";

import { deliver, requireDeliverable } from "./deliver.js";
import { isBeside, orThoseOfGithub, readReports } from "./wanted-reports.js";

/** The reports that a run of tests leaves: those of the config. */
export class TestReporting {
  readonly #wanted: readonly WantedReport[];
  readonly #root: string;

  private constructor(wanted: readonly WantedReport[], root: string) {
    this.#wanted = wanted;
    this.#root = root;
  }

  /**
   * @returns `undefined` if there are none
   * @throws SiegeError `INVALID_OPTION`, `RESULT_UNWRITABLE`: not after an hour of runs
   */
  static async of({ siege, paths }: HardhatConfig): Promise<TestReporting | undefined> {
    try {
      const wanted = orThoseOfGithub(readReports(siege.reports, "reports", paths.root));
      await requireDeliverable(wanted);
      return wanted.length === 0 ? undefined : new TestReporting(wanted, paths.root);
    } catch (error) {
      throw toPluginError(error);
    }
  }

  /**
   * Writes the files anew with everything so far, and prints what is printed once.
   *
   * @param fresh - what no report has told of yet
   * @throws SiegeError `RESULT_UNWRITABLE`, after all others are written: the command fails, whatever its tests did
   */
  async deliverOrThrow(all: readonly AssertionResult[], fresh: readonly AssertionResult[]): Promise<void> {
    const about = { root: this.#root, release: await releaseOf() };
    const files = this.#wanted.filter((one) => !isBeside(one));
    const printed = this.#wanted.filter(isBeside);
    const faults = [...(await deliver(files, all, about)), ...(await deliver(printed, fresh, about))];
    const [first, ...others] = faults;
    if (first === undefined) return;
    for (const { message } of others) console.error(message);
    throw toPluginError(first);
  }
}

import type { HardhatConfig } from "hardhat/types/config";

import type { WantedReport } from "../plugin/reports/wanted-reports.js";
import type { Entry } from "../report/file-result.js";

import { releaseOf } from "../plugin/release.js";
import { deliver, requireDeliverable } from "../plugin/reports/deliver.js";
import { isPrintedAlone, orThoseOfGithub, readReports } from "../plugin/reports/wanted-reports.js";

/** The flags of a task that leaves reports, as typed. */
export interface ReportFlags {
  readonly reporter?: string | undefined;
  readonly json?: boolean;
}

/** The reports that a task leaves. */
export class Reporting {
  readonly #wanted: readonly WantedReport[];
  readonly #root: string;

  private constructor(wanted: readonly WantedReport[], root: string) {
    this.#wanted = wanted;
    this.#root = root;
  }

  /**
   * Reads the flags, or else the config unless only the flags count, and checks that the files can be written: not after an hour of runs.
   *
   * @throws SiegeError `INVALID_OPTION`, `RESULT_UNWRITABLE`
   */
  static async of(
    { reporter, json = false }: ReportFlags,
    { siege, paths }: HardhatConfig,
    { only }: { readonly only?: "flags" } = {},
  ): Promise<Reporting> {
    const flags = [...(json ? ["json"] : []), ...(reporter === undefined ? [] : reporter.split(","))];
    const typed = readReports(flags, "The flag --reporter", process.cwd());
    // --json prints; it takes nothing away from what the project wants to keep
    const isConfigured = reporter === undefined && only === undefined;
    const configured = isConfigured ? readReports(siege.reports, "reports", paths.root) : [];
    const asked = [...typed, ...configured];
    const wanted = only === undefined ? orThoseOfGithub(asked) : asked;
    await requireDeliverable(wanted);
    return new Reporting(wanted, paths.root);
  }

  /** Whether the reports of the terminal are printed: not if one is printed in their place. */
  get isSpoken(): boolean {
    return !this.#wanted.some(isPrintedAlone);
  }

  /**
   * Makes all reports. What went wrong with them is printed.
   *
   * @returns whether all of them are there
   */
  async deliver(entries: readonly Entry[]): Promise<boolean> {
    const about = { root: this.#root, release: await releaseOf() };
    const faults = await deliver(this.#wanted, entries, about);
    for (const { message } of faults) console.error(message);
    return faults.length === 0;
  }
}

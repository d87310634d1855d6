import type { Entry } from "../file-result.js";

/** What a report knows besides its entries. */
export interface About {
  /** The release of hardhat-siege. */
  readonly release: string;
  /** The project's root: files are named relative to it. */
  readonly root: string;
}

/**
 * Makes a report of what became of scenario files, assertions or reproductions.
 *
 * @returns the whole text of the file, with a newline at its end
 */
export type Reporter = (entries: readonly Entry[], about: About) => string | Promise<string>;

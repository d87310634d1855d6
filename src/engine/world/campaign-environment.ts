import type { WorldEnvironment } from "./world.js";

/** What a campaign needs from outside. */
export interface CampaignEnvironment extends WorldEnvironment {
  /** The rules of the connection's chain. */
  readonly hardfork: string;
  readonly projectRoot: string;
  /** Folder of reproductions, absolute or relative to the project's root. */
  readonly reproductions: string;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
}

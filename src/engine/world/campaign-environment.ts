import type { SourceBook } from "../../target/code/source-code.js";
import type { OpenHermeticNetwork } from "../chain/hermetic-network.js";
import type { OpenLaneChannel } from "../chain/solidity-lane/channel.js";
import type { WorldEnvironment } from "./world.js";

/** What a campaign needs from outside. */
export interface CampaignEnvironment extends WorldEnvironment {
  /** The rules of the connection's chain. */
  readonly hardfork: string;
  /** Opens the private networks of lanes and of confirmations. */
  readonly openNetwork: OpenHermeticNetwork;
  /** Opens lanes in the Solidity test runner; absent if there are none here. */
  readonly openChannel?: OpenLaneChannel | undefined;
  /** Whether findings are explained beyond what minimising shows: the code behind them, and the run from event to event. Default true. */
  readonly explains?: boolean;
  /** The project's sources; absent if there are none. */
  readonly sources?: SourceBook;
  readonly projectRoot: string;
  /** Folder of reproductions, absolute or relative to the project's root. */
  readonly reproductions: string;
  /** Whether saved reproductions are played before the search. Default true. */
  readonly playsSaved?: boolean;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
}

import type { ContractCall } from "../../protocols/call.js";
import type { Venue, VenueSwap } from "../../protocols/roles/venue.js";

/** What a pending call swaps, and where. */
export interface PendingSwap extends Omit<VenueSwap, "self"> {
  readonly venue: Venue;
}

/** What a searcher can do around somebody else's transaction. */
export interface Opportunity {
  readonly before: readonly ContractCall[];
  readonly behind: readonly ContractCall[];
  /** The other's, wei a gas. */
  readonly tip: bigint;
  /** US dollars, after gas. */
  readonly profit: number;
}

import type { ContractCall } from "../../protocols/call.js";
import type { Venue, VenueSwap } from "../../protocols/roles/venue.js";

/** What a pending call swaps, and where. */
export interface PendingSwap extends Omit<VenueSwap, "self"> {
  readonly venue: Venue;
}

/** What a searcher can do around a pending transaction. */
export interface Opportunity {
  readonly before: readonly ContractCall[];
  readonly behind: readonly ContractCall[];
  /** That transaction's priority fee, wei per unit of gas. */
  readonly tip: bigint;
  /** US dollars, after gas. */
  readonly profit: number;
}

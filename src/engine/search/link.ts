import type { Extent } from "../../protocols/action.js";

/** Something that an agent does as a part of more. */
export interface Link {
  readonly action: string;
  /** Whether its amounts are as large, or as small, as the state accepts. */
  readonly extent: Extent | undefined;
  /** In how many callbacks it is done: 1 in one of the link before it, 2 in one of a link that is done in a callback itself. */
  readonly depth?: number;
}

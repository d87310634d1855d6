/** A place in a run. */
export interface Place {
  readonly block: number;
  /** Whether the block replaces one of the same height that was reorganised away. */
  readonly again: boolean;
}

/** The fields that every drawn event has. */
export interface EventGene {
  readonly block: number;
  /** Set in the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** The fields that every played event has. */
export interface EventStep extends EventGene {
  readonly kind: string;
}

/** The fields that every described event has. */
export interface EventData {
  readonly kind: string;
}

/** Whether an event belongs to this block, rather than to the one of the same height that it replaces or that replaces it. */
export function isIn({ again }: Place): (event: EventGene) => boolean {
  return (event) => (event.again === true) === again;
}

/** The mark of an event in a block that replaces another. */
export function marked({ again }: Place): { readonly again?: true } {
  return again ? { again } : {};
}

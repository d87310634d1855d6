/** A place in a run. */
export interface Place {
  readonly block: number;
  /** Whether a block of that height was there before: it replaces one that was reorganised away. */
  readonly again: boolean;
}

/** What every event has, as the search draws it. */
export interface EventGene {
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** What every event has, as it happened. */
export interface EventStep extends EventGene {
  readonly kind: string;
}

/** What every event has, as it is described. */
export interface EventData {
  readonly kind: string;
}

/** Whether an event is in this block, and not in the one that was reorganised away or replaces it. */
export function isIn({ again }: Place): (event: EventGene) => boolean {
  return (event) => (event.again === true) === again;
}

/** The mark of an event in a block that replaces another. */
export function marked({ again }: Place): { readonly again?: true } {
  return again ? { again } : {};
}

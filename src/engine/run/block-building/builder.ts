/** What an adversarial builder does in a block. */
export interface BuilderAct {
  /**
   * - `censor`: keeps a sender's transactions out for `blocks` blocks, this one included;
   * - `first`, `last`: puts a sender's transactions before or after all others;
   * - `reorg`: replaces the last `blocks` blocks, this one included.
   */
  readonly act: "censor" | "first" | "last" | "reorg";
  /** An agent, or a feed (`ETH feed`); empty for a reorganisation. */
  readonly sender: string;
  /** 0 for `first` and `last`. */
  readonly blocks: number;
}

/** The senders that the builder keeps out, and until when. Immutable. */
export class Censorship {
  readonly #until: ReadonlyMap<string, number>;

  private constructor(until: ReadonlyMap<string, number>) {
    this.#until = until;
  }

  static none(): Censorship {
    return new Censorship(new Map());
  }

  /** Adds what the builder decides in a block. */
  decided(acts: readonly BuilderAct[], block: number): Censorship {
    const censored = acts.filter((act) => act.act === "censor");
    if (censored.length === 0) return this;
    const until = new Map(this.#until);
    for (const { sender, blocks } of censored) {
      until.set(sender, Math.max(until.get(sender) ?? 0, block + blocks - 1));
    }
    return new Censorship(until);
  }

  keepsOut(sender: string, block: number): boolean {
    return (this.#until.get(sender) ?? 0) >= block;
  }
}

/** Puts the calls of some senders before or after all others, keeping the order within each group. */
export function rearranged<T extends { readonly sender: string }>(
  calls: readonly T[],
  acts: readonly BuilderAct[],
): readonly T[] {
  const rank = new Map<string, number>();
  for (const act of acts) {
    if (act.act === "first") rank.set(act.sender, -1);
    if (act.act === "last") rank.set(act.sender, 1);
  }
  if (rank.size === 0) return calls;
  const of = ({ sender }: T): number => rank.get(sender) ?? 0;
  return [...calls].sort((a, b) => of(a) - of(b));
}

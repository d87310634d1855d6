/** What became of the saved reproductions at the start of a campaign. Plain data; files by their names in the folder. */
export interface Replayed {
  /** Played, and they still violate their condition. */
  readonly violating: readonly string[];
  /** Played, and the target survives them now. */
  readonly surviving: readonly string[];
  /** Not played. */
  readonly skipped: readonly SkippedReproduction[];
}

/** A reproduction that was not played. */
export interface SkippedReproduction {
  readonly file: string;
  readonly because:
    | { readonly kind: "another scenario"; readonly scenario: string }
    | { readonly kind: "another target"; readonly target: string }
    /** It was found with parameters set to these values; empty: with none set. */
    | { readonly kind: "other parameters"; readonly parameters: string }
    | { readonly kind: "an agent is gone"; readonly agent: string }
    /** As many findings as the campaign looks for were there before. */
    | { readonly kind: "not reached" };
}

/** What the arguments of calls lack, because contracts were not asked or did not say it. Plain data. */
export interface Untold {
  /** Questions to views that are not asked in each block, by contract: a block's read has room for so many. */
  readonly questions: readonly { readonly contract: string; readonly count: number }[];
  /** Views that had no answer when the campaign began: they reverted or took too much gas. `target.rate`. */
  readonly unanswered: readonly string[];
  /** Questions to views for addresses that were not asked when the campaign began. */
  readonly addresses: number;
  /** Constants of the contracts' code that are not tried: there are more than 48 of a kind. */
  readonly constants: number;
}

/** Whether nothing is missing. */
export function isAllTold({ questions, unanswered, addresses, constants }: Untold): boolean {
  return questions.length === 0 && unanswered.length === 0 && addresses === 0 && constants === 0;
}

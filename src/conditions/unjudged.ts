/** What a condition returns instead of a verdict, see {@link notJudged} and {@link nothingToJudge}. */
export interface Unjudged {
  readonly unjudged: "failed" | "nothing";
  /** Completes "not judged: …". */
  readonly why: string;
}

/**
 * The condition could not be judged after this block: what it reads reverts. A campaign in which this happens in more than a
 * tenth of the blocks is inconclusive.
 *
 * @param why - completes "not judged: …": `totalAssets() reverts`
 */
export function notJudged(why: string): Unjudged {
  return { unjudged: "failed", why };
}

/**
 * There is nothing that the condition could apply to after this block: no account has shares, no protocol owes anything. A
 * campaign in which there never is anything is inconclusive.
 *
 * @param why - completes "not judged: …": `no account holds shares`
 */
export function nothingToJudge(why: string): Unjudged {
  return { unjudged: "nothing", why };
}

/** Whether a condition returned no verdict. */
export function isUnjudged(returned: unknown): returned is Unjudged {
  if (typeof returned !== "object" || returned === null || !("unjudged" in returned)) return false;
  return returned.unjudged === "failed" || returned.unjudged === "nothing";
}

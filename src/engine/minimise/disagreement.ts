/** What a trial saw, the judge did not. Never a verdict: the case is minimised again, by the judge alone. */
export class Disagreement extends Error {}

/** Seconds of 365 days: crypto markets do not close. */
export const SECONDS_PER_YEAR = 31_536_000;

/** The seeds of the deep suite: 1 to SIEGE_SEEDS, or to 5. */
export const SEEDS: readonly number[] = Array.from(
  { length: Number(process.env.SIEGE_SEEDS ?? 5) },
  (_value, index) => index + 1,
);

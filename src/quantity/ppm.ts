/** One million: prices move in whole parts per million, so that a path is exact, printable and shrinkable data. */
export const PPM = 1_000_000;

/** Text and axes. */
export const INK = "#1f2933";

/** What is not in front: intervals, notes. */
export const GREY = "#5f6b7a";

/** Areas of intervals, light enough to read lines on them. */
export const BAND = "#d5dbe3";

/** Lines of the grid. */
export const RULE = "#e8ebef";

/**
 * Two colours that every common colour blindness tells apart (Okabe and Ito, *Color Universal Design*, 2008). Nothing is told by
 * them alone: shapes and fillings differ, too.
 */
export const BLUE = "#0072b2";
export const VERMILION = "#d55e00";

/** Fills bars, so that the whisker of their interval is seen on them. */
export const PALE_BLUE = "#8cc0e4";

/** Fonts that are there on most machines: the default would depend on the one that draws. */
export const FONT = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

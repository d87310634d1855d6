/** A figure: a picture of a result. Plain data. */
export interface Figure {
  /** What it shows, in letters of a file name: `time-to-ruin`. Each name of a result's figures is there once. */
  readonly name: string;
  /** An SVG document, 800 px wide, on white. It loads nothing, and the same result gives the same text. */
  readonly svg: string;
}

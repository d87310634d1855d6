/** The lines of a source, found by byte: the compiler counts bytes. */
export class LineStarts {
  readonly #bytes: Buffer;
  readonly #starts: readonly number[];

  constructor(content: string) {
    this.#bytes = Buffer.from(content, "utf8");
    const starts = [0];
    for (let at = this.#bytes.indexOf(10); at !== -1; at = this.#bytes.indexOf(10, at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** The line and the column of a byte, counted from 1. */
  placeOf(byte: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#startOf(middle) <= byte) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: byte - this.#startOf(low) + 1 };
  }

  /** The text of a line, counted from 1, without the space around it. */
  textOf(line: number): string {
    return this.#bytes
      .subarray(this.#startOf(line - 1), this.#startOf(line))
      .toString("utf8")
      .trim();
  }

  #startOf(index: number): number {
    return this.#starts[index] ?? this.#bytes.length;
  }
}

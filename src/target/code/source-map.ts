/** A part of a source. */
export interface SourceRange {
  /** Its first byte. */
  readonly start: number;
  readonly length: number;
  /** The id that the compiler has given the source; -1 for none. */
  readonly source: number;
}

/**
 * Unpacks the compiler's source map, one entry for each instruction: `s:l:f:j:m`, where what is left out is as in the entry before.
 *
 * @see https://docs.soliditylang.org/en/v0.8.30/internals/source_mappings.html
 */
export function unpackSourceMap(map: string): readonly SourceRange[] {
  const ranges: SourceRange[] = [];
  let last: SourceRange = { start: 0, length: 0, source: -1 };
  if (map === "") return ranges;
  for (const entry of map.split(";")) {
    const [start = "", length = "", source = ""] = entry.split(":");
    if (start !== "" || length !== "" || source !== "") {
      last = {
        start: start === "" ? last.start : Number(start),
        length: length === "" ? last.length : Number(length),
        source: source === "" ? last.source : Number(source),
      };
    }
    ranges.push(last);
  }
  return ranges;
}

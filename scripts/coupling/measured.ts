import type { CodePoint } from "../../src/engine/explain/code-point.js";
import type { Planted } from "./planted-lines.js";

/** What a campaign says about the code, compared with what the fixed twin changes. */
export interface Measured {
  readonly name: string;
  readonly of: "fixture" | "preset" | "target";
  /** What is in the finding; `undefined` if nothing was found. */
  readonly code: readonly CodePoint[] | undefined;
  readonly planted: Planted;
  readonly explaining: { readonly runs: number; readonly seconds: number } | undefined;
  /** Of the whole campaign. */
  readonly seconds: number;
}

/** The place of the first point in a planted line, counted from 1; `undefined` if none is. */
export function lineRank({ code = [], planted }: Measured): number | undefined {
  return rankOf(code, ({ file = "", line = 0, endLine = 0 }) =>
    Array.from({ length: endLine - line + 1 }, (_line, index) => line + index).some((one) =>
      planted.lines.has(`${file}:${String(one)}`),
    ),
  );
}

/** The place of the first point in a function with a planted line. */
export function functionRank({ code = [], planted }: Measured): number | undefined {
  return rankOf(code, ({ contract, function: name }) => planted.functions.has(`${contract}.${name}`));
}

/** How many are among the first so many. */
export function hits(ranks: readonly (number | undefined)[], first: number): number {
  return ranks.filter((rank) => rank !== undefined && rank <= first).length;
}

function rankOf(code: readonly CodePoint[], isHit: (point: CodePoint) => boolean): number | undefined {
  const index = code.findIndex(isHit);
  return index === -1 ? undefined : index + 1;
}

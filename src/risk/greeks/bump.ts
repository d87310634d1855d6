import type { Genome } from "../../engine/events/genome.js";

import { PPM } from "../../quantity/ppm.js";

/** What is changed a little, up and down, to see how the output responds. Plain data. */
export type Bumped =
  | { readonly kind: "price" | "volatility"; readonly asset: string }
  | { readonly kind: "time" }
  | { readonly kind: "baseFee" }
  | { readonly kind: "parameter"; readonly parameter: string };

/** Of those that are part of a run's genome: the same path, with its prices moved. */
export type GenomeBump = Extract<Bumped, { readonly asset: string }>;

/**
 * A path with one thing changed: the price jumps by `size` before the first block, or all logarithmic returns of the asset are
 * larger by it.
 *
 * @param size - as a fraction: 0.01 is 1 %
 */
export function bumped(genome: Genome, { kind, asset }: GenomeBump, size: number): Genome {
  if (kind === "price") {
    return { ...genome, market: [{ block: 1, asset, change: Math.round(size * PPM) }, ...genome.market] };
  }
  const market = genome.market.map((gene) =>
    gene.asset === asset
      ? { ...gene, change: Math.round(Math.expm1(Math.log1p(gene.change / PPM) * (1 + size)) * PPM) }
      : gene,
  );
  return { ...genome, market };
}

/** `price:ETH`, `time`, `baseFee`, or the name of a parameter: how options name it. */
export function nameOfBump(what: Bumped): string {
  switch (what.kind) {
    case "price":
    case "volatility":
      return `${what.kind}:${what.asset}`;
    case "time":
    case "baseFee":
      return what.kind;
    case "parameter":
      return what.parameter;
  }
}

import type { MarketGene } from "../../engine/events/genome.js";
import type { World } from "../../engine/world/world.js";
import type { NumberQuote } from "../../quantity/quote.js";
import type { RuinedPath } from "./path-end.js";

import { PPM } from "../../quantity/ppm.js";
import { numberQuote } from "../../quantity/quote.js";

import { marketSource } from "./path-source.js";

/** The shares of paths that are below: the middle half, and nine in ten. */
const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** The most paths that quantiles are of: more would not move a line by its width. */
const MOST_PATHS = 1_000;

/** The most ruined paths whose prices are kept. */
const MOST_RUINED = 20;

/** The most steps of a longer horizon. */
const MOST_STEPS = 200;

/** The fair price of an asset over the horizon, over the paths of a risk run. Plain data, US dollars. */
export interface PriceFan {
  readonly asset: string;
  /** Set if the asset is only a number: a volatility (0.8 is 80 % a year), or a level. */
  readonly quote?: NumberQuote;
  /** Of how many paths the quantiles are: the first ones. */
  readonly paths: number;
  /** The shares of paths whose price is at or below. */
  readonly levels: readonly number[];
  /** The blocks at which it was looked at, ascending; 0 is before the first. All of them, unless the horizon is long. */
  readonly blocks: readonly number[];
  /** For each of these blocks, the price at each level. */
  readonly quantiles: readonly (readonly number[])[];
  /** The first ruined paths: the price at each of these blocks. */
  readonly ruined: readonly { readonly path: number; readonly prices: readonly number[] }[];
}

/** The fans of all assets whose price moves; empty without a path. They are drawn again, as paths depend on seed and index alone. */
export function priceFansOf(
  world: World,
  seed: number,
  { paths, ruined }: { readonly paths: number; readonly ruined: readonly RuinedPath[] },
): readonly PriceFan[] {
  const moving = [...world.scenario.assets].flatMap(([asset, { process }]) => (process === undefined ? [] : [asset]));
  if (paths === 0 || moving.length === 0) return [];
  const blocks = stepsOf(world.scenario.blocks);
  const market = marketSource(world, seed);
  const drawn = Array.from({ length: Math.min(paths, MOST_PATHS) }, (_value, index) => market(index));
  const shown = ruined.slice(0, MOST_RUINED).map(({ path }) => ({ path, genes: market(path - 1) }));
  return moving.map((asset) => {
    const start = world.prices.get(asset) ?? NaN;
    const along = (genes: readonly MarketGene[]): readonly number[] => pricesIn(genes, asset, { start, blocks });
    const prices = drawn.map(along);
    return {
      asset,
      ...numberQuote(world.scenario.assets.get(asset)?.quote),
      paths: drawn.length,
      levels: LEVELS,
      blocks,
      quantiles: blocks.map((_block, at) => {
        const sorted = Float64Array.from(prices, (path) => path[at] ?? NaN).sort();
        return LEVELS.map((level) => sorted[Math.max(0, Math.ceil(level * sorted.length - ROUNDING) - 1)] ?? NaN);
      }),
      ruined: shown.map(({ path, genes }) => ({ path, prices: along(genes) })),
    };
  });
}

/** Of a product like 0.95 x 20, which is a little more than 19. */
const ROUNDING = 1e-9;

/** Prices after these blocks, as moves of a path make them. */
function pricesIn(
  genes: readonly MarketGene[],
  asset: string,
  { start, blocks }: { readonly start: number; readonly blocks: readonly number[] },
): readonly number[] {
  const moves = genes.filter((gene) => gene.asset === asset).sort((a, b) => a.block - b.block);
  let price = start;
  let next = 0;
  return blocks.map((block) => {
    for (let move = moves[next]; move !== undefined && move.block <= block; move = moves[++next]) {
      price = (price * (PPM + move.change)) / PPM;
    }
    return price;
  });
}

function stepsOf(blocks: number): readonly number[] {
  const steps = Math.min(blocks, MOST_STEPS);
  return Array.from({ length: steps + 1 }, (_value, index) => Math.round((index * blocks) / steps));
}

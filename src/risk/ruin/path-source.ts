import type { Genome } from "../../engine/events/genome.js";
import type { DrawContext, EventKind } from "../../engine/events/kind.js";
import type { EventGene } from "../../engine/events/place.js";
import type { World } from "../../engine/world/world.js";
import type { Draw } from "../../scenario/draw.js";

import { sampled } from "../../engine/events/draw.js";
import { withGenes } from "../../engine/events/genome.js";
import { interval, intervalsIn } from "../../engine/events/interval.js";
import { kindsOf } from "../../engine/events/kinds.js";
import { correlatedGroups } from "../../engine/events/market-paths.js";
import { mixSeeds } from "../../market/random.js";

/** The kind of event whose genes are drawn asset by asset. */
const MARKET = "market";

/**
 * The paths of a risk run, as the genomes of its runs. Each depends on the seed and its index alone: paths are independent and
 * of one distribution, which intervals presuppose, so nothing that earlier paths have shown guides later ones. Every asset, or those
 * that are correlated together, every kind of event and the policies have a stream of their own. With another agent, another asset or another fault, the
 * prices of a path stay what they were (common random numbers; Glasserman, *Monte Carlo Methods in Financial Engineering*,
 * 2003, section 7.1).
 *
 * No time passes in pauses: a search lets it pass to reach more states, and a horizon of n blocks would have no length.
 *
 * @param seed - 32 bits
 */
export function pathSource(world: World, seed: number): (index: number) => Genome {
  const { scenario } = world;
  const streamsAt = timed(world, seed, (context) =>
    kindsOf(world)
      .drawn.filter((kind) => !passesTime(kind))
      .map((kind) => ({ kind, draws: streamsOf(kind, context) })),
  );
  return (index) => {
    const drawn = new Map(
      streamsAt(index).map(({ kind, draws }) => [
        kind,
        draws.flatMap(({ name, draw }) => sampled(draw, streamSeed(seed, index, name))()),
      ]),
    );
    // the types of the genes of a kind follow from how they are made
    const moves = [...drawn].flatMap(([{ genes }, list]) =>
      genes.field === "moves" ? (list as unknown as Genome["moves"]) : [],
    );
    return withGenes(
      { seed: streamSeed(seed, index, "policies") >>> 1, blocks: scenario.blocks, muted: [] },
      [...drawn].map(([kind, list]) => [kind, kind.genes.placed?.(list, moves, scenario) ?? list]),
    );
  };
}

/** The price moves of the same paths. */
export function marketSource(world: World, seed: number): (index: number) => Genome["market"] {
  const streamsAt = timed(world, seed, (context) =>
    kindsOf(world)
      .drawn.filter(({ kind }) => kind === MARKET)
      .flatMap((kind) => streamsOf(kind, context)),
  );
  return (index) =>
    // the kind's own genes
    streamsAt(index).flatMap(({ name, draw }) =>
      sampled(draw, streamSeed(seed, index, name))(),
    ) as unknown as Genome["market"];
}

/** The seed of one purpose in one path. */
export function streamSeed(seed: number, index: number, name: string): number {
  return mixSeeds(seed, index, ...Array.from(name, (character) => character.codePointAt(0) ?? 0));
}

/** Whether it lets time pass between blocks. */
export function passesTime({ happens }: EventKind): boolean {
  return happens?.seconds !== undefined;
}

interface Stream {
  readonly name: string;
  readonly draw: Draw<readonly EventGene[]>;
}

/**
 * What the draws of a path are made from: where blocks come at random times, prices are sampled at those of the path.
 *
 * @param make - called once if blocks come at the same times in every path, and else for each
 */
function timed<T>(world: World, seed: number, make: (context: DrawContext) => T): (index: number) => T {
  const { scenario, catalogue } = world;
  if (scenario.intervals === "fixed") {
    const made = make(world);
    return () => made;
  }
  const draw = interval.genes.draw(world);
  return (index) => {
    const genes = sampled(draw, streamSeed(seed, index, interval.kind))();
    return make({ scenario, catalogue, intervals: intervalsIn(genes, scenario) });
  };
}

function streamsOf(kind: EventKind, context: DrawContext): readonly Stream[] {
  const { scenario } = context;
  if (kind.kind !== MARKET) return [{ name: kind.kind, draw: kind.genes.draw(context) }];
  return correlatedGroups(scenario).map((names) => {
    const assets = new Map([...scenario.assets].filter(([asset]) => names.includes(asset)));
    return {
      name: `${MARKET} ${names.join(" ")}`,
      draw: kind.genes.draw({ ...context, scenario: { ...scenario, assets } }),
    };
  });
}

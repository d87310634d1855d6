import type { OracleFaultRange } from "../scenario/scenario.js";
import type { Genome, MoveGene, OracleGene } from "./genome.js";
import type { World } from "./world.js";

import * as fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

import { createRandom, mixSeeds } from "../market/random.js";
import { PPM } from "../market/process.js";

import { movesOf } from "./catalogue.js";

/** Most moves that a free agent makes at once: what an attack transaction by transaction needs, with room. */
const MAX_BURST = 5;

/** Most bursts in a run. */
const MAX_BURSTS = 16;

/** Most faults of oracles in a run. */
const MAX_FAULTS = 3;

/**
 * The genomes of a campaign: any of them at any time, each fixed by the seed and its place, so that lanes can play them in
 * any order. The only place that knows fast-check, which generates here and does not shrink: both of its shrinkers stop
 * in local minima when two amounts are coupled (the minimiser is in `minimise/`).
 *
 * @param seed - 32 bits
 */
export function genomeSource(world: World, seed: number): (index: number) => Genome {
  const arbitrary = genomes(world);
  return (index) =>
    // without a bias towards short lists and small numbers: a run with hardly an event tells hardly a thing
    arbitrary.generate(new fc.Random(xoroshiro128plus(mixSeeds(seed, index))), undefined).value;
}

/** Genomes of a world: its processes' price paths, its oracles' faults, and free moves of its agents. */
export function genomes(world: World): fc.Arbitrary<Genome> {
  const { scenario } = world;
  return fc
    .record({
      seed: seeds(),
      market: fc.tuple(
        ...[...scenario.assets].map(([asset, definition]) => marketOf(world, asset, definition.process)),
      ),
      oracles: faults(world),
      moves: fc.tuple(
        ...[...scenario.agents].map(([name, agent]) =>
          movesOfAgent(
            name,
            movesOf(agent, world.catalogue).map(({ name: action, action: { operands } }) => ({ action, operands })),
            scenario.blocks,
          ),
        ),
      ),
    })
    .map(({ seed, market, oracles, moves }) => ({
      seed,
      blocks: scenario.blocks,
      muted: [],
      market: market.flat(),
      oracles,
      moves: moves.flat().sort((a, b) => a.block - b.block),
    }));
}

function seeds(): fc.Arbitrary<number> {
  return fc.nat({ max: 0x7fffffff });
}

function marketOf(
  world: World,
  asset: string,
  process:
    | {
        sample(context: {
          blocks: number;
          blockTime: number;
          random: ReturnType<typeof createRandom>;
        }): readonly number[];
      }
    | undefined,
): fc.Arbitrary<Genome["market"]> {
  const { blocks, blockTime } = world.scenario;
  if (process === undefined) return fc.constant([]);
  return seeds().map((seed) =>
    process
      .sample({ blocks, blockTime, random: createRandom(seed) })
      .flatMap((change, index) => (change === 0 ? [] : [{ block: index + 1, asset, change }])),
  );
}

function faults(world: World): fc.Arbitrary<Genome["oracles"]> {
  const { oracleFaults, blocks } = world.scenario;
  const [first, ...others] = oracleFaults.map((range) => fault(range, blocks));
  if (first === undefined) return fc.constant([]);
  return fc.array(others.length === 0 ? first : fc.oneof(first, ...others), { maxLength: MAX_FAULTS, size: "max" });
}

function fault(range: OracleFaultRange, horizon: number): fc.Arbitrary<OracleGene> {
  const { kind, oracles, maxBlocks, factors, to } = range;
  const at = {
    block: fc.integer({ min: 1, max: horizon }),
    oracle: fc.constantFrom(...oracles),
    blocks: fc.integer({ min: 1, max: maxBlocks }),
  };
  if (kind === "silent") return fc.record(at);
  return fc.record({
    ...at,
    fault: fc.constant(kind),
    ...(factors === undefined ? {} : { factor: factor(factors) }),
    ...(to === undefined ? {} : { decimals: fc.constantFrom(...to) }),
  });
}

/** A factor between two; half of the time one of the two: what matters is how far off a price can be. */
function factor([least, most]: readonly [number, number]): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: least, max: most }), fc.constantFrom(least, most));
}

/**
 * Moves in bursts: attacks are several steps in one block more often than not. Each run draws from a random part of
 * the actions (swarm testing, Groce et al. 2012): a sequence of three particular actions is found much sooner
 * among four than among twenty.
 */
function movesOfAgent(
  agent: string,
  actions: readonly { readonly action: string; readonly operands: number }[],
  blocks: number,
): fc.Arbitrary<readonly MoveGene[]> {
  if (actions.length === 0) return fc.constant([]);
  return fc.subarray([...actions], { minLength: 1 }).chain((swarm) => {
    const burst = fc.record({
      block: fc.integer({ min: 1, max: blocks }),
      position: fc.constantFrom("front" as const, "back" as const),
      moves: fc.array(
        fc.constantFrom(...swarm).chain(({ action, operands }) =>
          fc.record({
            action: fc.constant(action),
            operands: fc.array(fraction(), { minLength: operands, maxLength: operands }),
          }),
        ),
        { minLength: 1, maxLength: MAX_BURST, size: "max" },
      ),
    });
    return fc
      .array(burst, { maxLength: MAX_BURSTS, size: "max" })
      .map((bursts) =>
        bursts.flatMap(({ block, position, moves }) => moves.map((move) => ({ block, agent, position, ...move }))),
      );
  });
}

/** A fraction in parts per million; half of the time next to nothing, one half or everything: flaws sit at the edges. */
function fraction(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 0, max: PPM }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, PPM / 2, PPM) },
  );
}

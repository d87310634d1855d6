import type { OracleFaultRange, Scenario } from "../../scenario/scenario.js";
import type { BuilderGene, Genome, MoveGene, OracleGene } from "../events/genome.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { World } from "../world/world.js";

import * as fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

import { createRandom, mixSeeds } from "../../market/random.js";
import { PPM } from "../../quantity/ppm.js";
import { choose } from "../../quantity/share.js";
import { FEED } from "../run/oracle-desk.js";
import { movesOf } from "../world/catalogue.js";

/** Most moves that a free agent makes at once: what an attack transaction by transaction needs, with room. */
const MAX_BURST = 5;

/** Most moves with a flash loan around them. */
const MAX_RAID = 8;

/** Most bursts in a run of an agent that takes flash loans: what follows a loan in its block is a part of it. */
const MAX_RAIDS = 3;

/** Most bursts in a run. */
const MAX_BURSTS = 16;

/** Most faults of oracles in a run. */
const MAX_FAULTS = 3;

/** Most acts of one kind of a builder in a run. */
const MAX_ACTS = 6;

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

/** A move of some agent, without a place in a run. */
export type LooseMove = Pick<MoveGene, "agent" | "action" | "operands">;

/**
 * Moves of a world's agents, each kind with the same probability; those of a seed one after the other.
 *
 * @returns `undefined` where nobody makes free moves
 */
export function moveSource(world: World): ((seed: number) => () => LooseMove) | undefined {
  const kinds = [...world.scenario.agents].flatMap(([agent, definition]) =>
    movesOf(definition, world.catalogue).map((entry) => moveOf(entry).map((move): LooseMove => ({ agent, ...move }))),
  );
  if (kinds.length === 0) return undefined;
  const arbitrary = fc.oneof(...kinds);
  return (seed) => {
    const random = new fc.Random(xoroshiro128plus(seed));
    return () => arbitrary.generate(random, undefined).value;
  };
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
        ...[...scenario.agents].map(([name, agent]) => movesOfAgent(name, movesOf(agent, world.catalogue), scenario)),
      ),
      gas: marketOf(world, "gas", scenario.gas.demand),
      builder: builderActs(world),
    })
    .map(({ seed, market, oracles, moves: each, gas, builder }) => {
      const moves = each.flat().sort((a, b) => a.block - b.block);
      return {
        seed,
        blocks: scenario.blocks,
        muted: [],
        market: market.flat(),
        oracles,
        moves,
        ...(gas.length === 0 ? {} : { gas: gas.map(({ block, change }) => ({ block, change })) }),
        ...(builder.length === 0 ? {} : { builder: placedActs(builder, moves, scenario.blocks) }),
      };
    });
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

/** What a builder does, in a block or together with somebody's moves. */
interface LooseAct extends BuilderGene {
  /** The place among all free moves of the one that it goes with, parts per million; `undefined`: none. */
  readonly with: number | undefined;
}

/**
 * A builder is in league with somebody half of the time: its act is in the block of one of the moves, if there are any; whom it
 * puts first is whoever makes that move, and what it replaces begins with that block.
 */
function placedActs(acts: readonly LooseAct[], moves: readonly MoveGene[], horizon: number): readonly BuilderGene[] {
  return acts
    .map(({ with: place, ...act }) => {
      const partner = place === undefined ? undefined : choose(place, moves);
      if (partner === undefined) return act;
      if (act.act === "reorg") return { ...act, block: Math.min(horizon, partner.block + act.blocks - 1) };
      return { ...act, block: partner.block, ...(act.act === "first" ? { sender: partner.agent } : {}) };
    })
    .sort((a, b) => a.block - b.block);
}

/** What an adversarial builder does: against anybody, feeds included, and at most one reorganisation. */
function builderActs(world: World): fc.Arbitrary<readonly LooseAct[]> {
  const { builder, agents, oracles, blocks } = world.scenario;
  const senders = [...agents.keys(), ...[...oracles.keys()].map((asset) => `${asset}${FEED}`)];
  const block = fc.integer({ min: 1, max: blocks });
  const kinds: fc.Arbitrary<readonly LooseAct[]>[] = [];
  const together = fc.option(fc.nat({ max: PPM }), { freq: 1, nil: undefined });
  const several = (act: Record<Exclude<keyof BuilderGene, "again">, fc.Arbitrary<unknown>>): void => {
    const loose = fc.record({ ...act, with: together }) as fc.Arbitrary<LooseAct>;
    kinds.push(fc.array(loose, { maxLength: MAX_ACTS, size: "max" }));
  };
  if (builder.censors > 0 && senders.length > 0) {
    several({
      block,
      act: fc.constant("censor"),
      sender: fc.constantFrom(...senders),
      blocks: fc.integer({ min: 1, max: builder.censors }),
    });
  }
  if (builder.reorders && senders.length > 0) {
    several({
      block,
      act: fc.constantFrom("first", "last"),
      sender: fc.constantFrom(...senders),
      blocks: fc.constant(0),
    });
  }
  if (builder.reorganises > 0) {
    kinds.push(
      fc.array(
        fc.record({
          block,
          act: fc.constant("reorg" as const),
          sender: fc.constant(""),
          blocks: fc.integer({ min: 1, max: builder.reorganises }),
          with: together,
        }),
        { maxLength: 1, size: "max" },
      ),
    );
  }
  return fc.tuple(...kinds).map((acts) => acts.flat());
}

/**
 * Moves in bursts: attacks are several steps in one block more often than not. Each run draws from a random part of
 * the actions (swarm testing, Groce et al. 2012): a sequence of three particular actions is found much sooner
 * among four than among twenty.
 */
function movesOfAgent(
  agent: string,
  entries: readonly CatalogueEntry[],
  { blocks, builder }: Pick<Scenario, "blocks" | "builder">,
): fc.Arbitrary<readonly MoveGene[]> {
  const loans = entries.filter(({ isLoan }) => isLoan === true);
  const actions = entries.filter(({ isLoan }) => isLoan !== true);
  if (actions.length === 0) return fc.constant([]);
  return fc.subarray(actions, { minLength: 1 }).chain((swarm) => {
    const burst = fc.record({
      block: fc.integer({ min: 1, max: blocks }),
      position: fc.constantFrom("front" as const, "back" as const),
      moves: fc.array(fc.constantFrom(...swarm).chain(moveOf), {
        minLength: 1,
        maxLength: loans.length > 0 ? MAX_RAID : MAX_BURST,
        size: "max",
      }),
      // half of the bursts of an agent that can: what is made without a loan can have been prepared with one
      loan:
        loans.length > 0
          ? fc.option(fc.constantFrom(...loans).chain(moveOf), { freq: 2, nil: undefined })
          : fc.constant(undefined),
      // after a reorganisation an attack may go on otherwise
      again: builder.reorganises > 0 ? fc.boolean() : fc.constant(false),
    });
    return fc.array(burst, { maxLength: loans.length > 0 ? MAX_RAIDS : MAX_BURSTS, size: "max" }).map((bursts) =>
      bursts.flatMap(({ block, position, moves, loan, again }) =>
        [...(loan === undefined ? [] : [loan]), ...moves].map((move): MoveGene => ({
          block,
          agent,
          position,
          ...move,
          ...(again ? { again } : {}),
        })),
      ),
    );
  });
}

function moveOf({ name, action: { operands } }: CatalogueEntry): fc.Arbitrary<Pick<MoveGene, "action" | "operands">> {
  return fc.record({
    action: fc.constant(name),
    operands: fc.array(fraction(), { minLength: operands, maxLength: operands }),
  });
}

/** A fraction in parts per million; half of the time next to nothing, one half or everything: flaws sit at the edges. */
function fraction(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 0, max: PPM }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, PPM / 2, PPM) },
  );
}

import type { Hex } from "viem";

import type { Genome } from "../../engine/events/genome.js";
import type { Violation } from "../../engine/run/outcome.js";
import type { RunPlan } from "../../engine/run/plan.js";
import type { RunState } from "../../engine/run/state.js";
import type { World } from "../../engine/world/world.js";
import type { Random } from "../../market/random.js";
import type { View } from "../../view/view.js";
import type { BranchableChain } from "./branchable-chain.js";

import { genomePlan } from "../../engine/run/genome-plan.js";
import { playRun } from "../../engine/run/run.js";
import { startOf } from "../../engine/run/state.js";
import { startView, viewAfter } from "../../engine/run/views.js";
import { SiegeError } from "../../errors.js";
import { pathSource } from "../ruin/path-source.js";

/** The state of a run after a block from which it may go on in several ways. */
export interface ChainNode {
  /** `undefined` once a condition did not hold: nothing goes on from there. */
  readonly state: RunState | undefined;
  readonly parent: ChainNode | undefined;
  /** What led here from the parent. */
  readonly branch: Branch | undefined;
  readonly score: number;
}

/** What happens on a branch. */
interface Branch {
  readonly genome: Genome;
  readonly plan: RunPlan;
}

/** A path that was ruined. Plain data. */
export interface RuinedBranch {
  /** The whole path. */
  readonly genome: Genome;
  readonly violations: readonly Violation[];
}

/** What a score is computed from: the state after a block in which all conditions hold. */
export interface ScoreContext {
  readonly view: View;
  /** The state before the first block. */
  readonly start: View;
  /** Blocks until the horizon. */
  readonly blocksLeft: number;
  /** The least margin of the conditions, 0 to 1; `undefined` if none tells one. */
  readonly margin: number | undefined;
}

/** How close a state is to ruin: any number, or -Infinity. Synchronous and pure. */
export type ChainScore = (context: ScoreContext) => number;

/** What is ruined scores this: more than anything else. */
export const RUINED: number = Number.MAX_VALUE;

/** What holds is not ruined, however close. */
const CLOSEST = RUINED / 2;

/**
 * A world whose runs branch. The chain keeps a snapshot of every block on the way to where it is: it goes back to one of them
 * without playing anything again. Other states are played again from the last block that they share with that way.
 */
export class ChainBranches implements BranchableChain<ChainNode> {
  readonly #world: World;
  readonly #score: ChainScore;
  readonly #checkpoint: () => void;
  readonly #genome: ReturnType<typeof pathSource>;
  readonly #start: View;
  readonly #branches = new WeakMap<Random, Branch>();
  #ruined: RuinedBranch[] = [];
  /** The way to where the chain is, from the start. */
  #way: { readonly node: ChainNode; snapshot: Hex }[] = [];
  #again = 0;

  /** @param checkpoint - called before every block; throws to stop */
  constructor(world: World, seed: number, score: ChainScore, checkpoint: () => void) {
    this.#world = world;
    this.#score = score;
    this.#checkpoint = checkpoint;
    this.#genome = pathSource(world, seed);
    this.#start = startView(world);
  }

  get blocks(): number {
    return this.#world.scenario.blocks;
  }

  /** Blocks that were played again. */
  get playedAgain(): number {
    return this.#again;
  }

  async start(): Promise<ChainNode> {
    const [first] = this.#way;
    if (first !== undefined) return first.node;
    await this.#world.restore();
    const node = { state: startOf(this.#world), parent: undefined, branch: undefined, score: -Infinity };
    this.#way = [{ node, snapshot: await this.#world.chain.snapshot() }];
    return node;
  }

  async advance(node: ChainNode, random: Random): Promise<ChainNode> {
    await this.#goTo(node);
    return this.#played(node, this.#branchOf(random));
  }

  score(node: ChainNode): number {
    return node.score;
  }

  /** The paths that were ruined since it was asked last, in their order. */
  takeRuined(): readonly RuinedBranch[] {
    const taken = this.#ruined;
    this.#ruined = [];
    return taken;
  }

  /** The events of a branch: those that a path of its own has after the block in which it begins. */
  #branchOf(random: Random): Branch {
    const known = this.#branches.get(random);
    if (known !== undefined) return known;
    const genome = this.#genome(random.integer(0, 0x7fffffff));
    const branch = { genome, plan: genomePlan(this.#world, genome) };
    this.#branches.set(random, branch);
    return branch;
  }

  async #goTo(node: ChainNode): Promise<void> {
    const missing: ChainNode[] = [];
    let known = node;
    let at = this.#placeOf(known);
    while (at === -1 && known.parent !== undefined) {
      missing.unshift(known);
      known = known.parent;
      at = this.#placeOf(known);
    }
    const last = this.#way[at];
    if (last === undefined) throw unknownState();
    if (at < this.#way.length - 1) {
      this.#way = this.#way.slice(0, at + 1);
      await this.#world.revert(last.snapshot);
      // reverting to a snapshot consumes it
      last.snapshot = await this.#world.chain.snapshot();
    }
    for (const one of missing) {
      if (one.parent === undefined || one.branch === undefined) throw unknownState();
      this.#again += 1;
      await this.#played(one.parent, one.branch, one);
    }
  }

  #placeOf(node: ChainNode): number {
    const depth = node.state?.block ?? -1;
    return this.#way[depth]?.node === node ? depth : -1;
  }

  #scored(after: RunState, { blocksLeft, margin }: Pick<ScoreContext, "blocksLeft" | "margin">): number {
    let score: unknown;
    try {
      score = this.#score({ view: viewAfter(this.#world, after), start: this.#start, blocksLeft, margin });
    } catch (error) {
      if (SiegeError.isSiegeError(error)) throw error;
      throw failedScore(`threw ${error instanceof Error ? error.message : String(error)}`, error);
    }
    if (typeof score !== "number" || Number.isNaN(score)) throw failedScore(`returned ${String(score)}`);
    return Math.min(score, CLOSEST);
  }

  /** Plays one block. @param node - what it led to before */
  async #played(parent: ChainNode, branch: Branch, node?: ChainNode): Promise<ChainNode> {
    const from = parent.state;
    if (from === undefined) throw unknownState();
    const world = this.#world;
    const seen: { after?: RunState; margin?: number } = {};
    const verdict = await playRun(
      world,
      { ...branch.plan, blocks: from.block + 1 },
      {
        checkpoint: this.#checkpoint,
        judged: (_condition, { margin }) => {
          if (margin !== undefined) seen.margin = Math.min(seen.margin ?? Infinity, margin);
        },
        // not called if a condition does not hold
        survived: async (state) => {
          seen.after = state;
        },
      },
      from,
    );
    const { after: state, margin } = seen;
    const blocksLeft = this.blocks - from.block - 1;
    const score = state === undefined ? RUINED : this.#scored(state, { blocksLeft, margin });
    const made = node ?? { state, parent, branch, score };
    if (verdict.kind === "violation" && node === undefined) {
      const violations = [verdict.violation, ...(verdict.also ?? [])];
      this.#ruined.push({ genome: wholePath(parent, branch.genome, from.block + 1), violations });
    }
    this.#way.push({ node: made, snapshot: await world.chain.snapshot() });
    return made;
  }
}

/** The events that led to a block: of each block, those of the branch on which it was played. */
function wholePath(parent: ChainNode, last: Genome, block: number): Genome {
  const branches = new Map<number | undefined, Genome>([[block, last]]);
  for (let node: ChainNode | undefined = parent; node?.branch !== undefined; node = node.parent) {
    branches.set(node.state?.block, node.branch.genome);
  }
  const of = <GeneT extends { readonly block: number }>(genes: (genome: Genome) => readonly GeneT[]): GeneT[] =>
    [...branches].reverse().flatMap(([at, genome]) => genes(genome).filter((gene) => gene.block === at));
  const intervals = of((genome) => genome.intervals ?? []);
  return {
    ...last,
    blocks: block,
    market: of(({ market }) => market),
    ...(intervals.length === 0 ? {} : { intervals }),
  };
}

function failedScore(why: string, cause?: unknown): SiegeError {
  return new SiegeError("INVALID_OPTION", {
    message: `rareRuin: score ${why}.`,
    hint: "It must return a number for every state in which the conditions hold, or -Infinity.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function unknownState(): SiegeError {
  return new SiegeError("INTERNAL", {
    message: "A state of the chain was to be branched that it never had.",
    hint: "Please report it, with the scenario.",
  });
}

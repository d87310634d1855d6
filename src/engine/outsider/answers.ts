import type { PlainAmount } from "../../quantity/amount.js";
import type { Trace } from "../events/trace.js";
import type { Violation } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { Found } from "../search/found.js";
import type { Answer } from "./answer.js";
import type { Decision } from "./decision.js";
import type { Recipe } from "./recipe.js";

import { mixSeeds } from "../../market/random.js";
import { Stop } from "../campaign/stop.js";
import { toJson } from "../json.js";
import { faultOf } from "../run/fault.js";

import { answerTo } from "./answer.js";
import { restsIn, withoutPauses } from "./rests.js";

/** The most answers that are remembered of a cause: they are tried first on what violates it next. */
const MOST_REMEMBERED = 4;

/** Ways to break a condition that were not counted: somebody would have to leave a profit to others while time passes. Plain data. */
export interface NotCounted {
  /** The first violation of this cause that was not counted. */
  readonly violation: Violation;
  /** The run that showed it, counted from 1. */
  readonly run: number;
  /** How many runs showed one. */
  readonly runs: number;
  /** The call that takes the profit. */
  readonly call: string;
  readonly profit: PlainAmount<"USD">;
  /** For how long it is there for the taking. */
  readonly pause: PlainAmount<"seconds">;
  /** Who decides afterwards that it is paid; absent if the call itself pays. */
  readonly decision?: Decision;
}

interface Known {
  readonly first: NotCounted;
  /** Runs, so that one which is played again counts once. */
  readonly runs: Set<number>;
  recipes: readonly Recipe[];
}

/**
 * Tells violations that need others to sleep: a pause leaves no money on the table. If somebody who has no part in it makes a profit
 * with one call at the beginning of a pause, and the sequence then violates nothing, it is not counted.
 */
export class Answers {
  readonly #player: Player;
  readonly #known = new Map<string, Known>();

  /** @param player - on the user's connection, one transaction per call */
  constructor(player: Player) {
    this.#player = player;
  }

  /** What was not counted, one of each cause, in the order in which it was met. */
  get notCounted(): readonly NotCounted[] {
    return [...this.#known.values()].map(({ first, runs }) => ({ ...first, runs: runs.size }));
  }

  /**
   * Whether a violation does not count. What does not need its pauses does, and so does what could not be looked at until the end:
   * nothing is lost to a time limit or to a fault of the chain.
   *
   * @param ignoring - causes that are known already
   */
  async isAnswered(found: Found, ignoring: readonly string[]): Promise<boolean> {
    if (!this.isAsked(found.original)) return false;
    try {
      if ((await this.straight(found)) !== undefined) return false;
      const answer = await this.answerTo(found, ignoring);
      if (answer === undefined) return false;
      this.record(found, answer);
      return true;
    } catch (error) {
      if (error instanceof Stop || faultOf(error) !== undefined) return false;
      throw error;
    }
  }

  /** Whether there is something to ask: time in which others could act, and somebody who watches. */
  isAsked(trace: Trace): boolean {
    const { scenario } = this.#player.world;
    // what a reorganisation takes back has no beginning that an outsider could act in
    const isStraight = trace.steps.every((step) => !("again" in step));
    return scenario.pauses.watched && isStraight && restsIn(trace).length > 0;
  }

  /**
   * An answer to a sequence that ends in a violation.
   *
   * @param first - what is tried first, and what answered the same cause before
   */
  async answerTo(
    found: Asked,
    ignoring: readonly string[],
    first: readonly Recipe[] = [],
  ): Promise<Answer | undefined> {
    const known = [...first, ...(this.#known.get(found.violation.cause)?.recipes ?? [])];
    return answerTo(this.#player, { ...sequenceOf(found), ignoring, known });
  }

  /** Whether one of these answers a sequence. */
  async isAnsweredBy(recipes: readonly Recipe[], found: Asked, ignoring: readonly string[]): Promise<boolean> {
    if (!this.isAsked(found.original)) return false;
    const answer = await answerTo(this.#player, { ...sequenceOf(found), ignoring, known: recipes, onlyKnown: true });
    return answer !== undefined;
  }

  /** Remembers that a violation was answered. */
  record({ violation, run }: Pick<Found, "violation" | "run">, answer: Answer): void {
    const { recipe, ...told } = answer;
    const before = this.#known.get(violation.cause);
    const known = before ?? { first: { violation, run, runs: 1, ...told }, runs: new Set<number>(), recipes: [] };
    known.runs.add(run);
    const others = known.recipes.filter((one) => toJson(one) !== toJson(recipe));
    known.recipes = [recipe, ...others].slice(0, MOST_REMEMBERED);
    this.#known.set(violation.cause, known);
  }

  /** The same violation without any pause, as a trace to play; `undefined` if it needs them. */
  async straight({ violation, original }: Pick<Found, "violation" | "original">): Promise<Trace | undefined> {
    const trace = { ...withoutPauses(original), blocks: violation.block };
    const outcome = await this.#player.trace(trace, {}, { seeking: violation.cause });
    return outcome.kind === "violation" && outcome.violation.cause === violation.cause ? outcome.trace : undefined;
  }
}

type Asked = Pick<Found, "violation" | "original" | "seed" | "run">;

function sequenceOf({ violation, original, seed, run }: Asked): { readonly trace: Trace; readonly seed: number } {
  return { trace: { ...original, blocks: violation.block }, seed: mixSeeds(seed, run) };
}

import type { PlainAmount } from "../../quantity/amount.js";
import type { Trace } from "../events/trace.js";
import type { Player } from "../run/player.js";
import type { MinedBlock, RunState } from "../run/state.js";
import type { BalanceSheet } from "../world/balance-sheet.js";
import type { World } from "../world/world.js";
import type { Candidate } from "./candidates.js";
import type { Decision } from "./decision.js";
import type { Change } from "./holdings.js";
import type { Purse } from "./outsider.js";
import type { Recipe } from "./recipe.js";
import type { Rest } from "./rests.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { seconds, usd } from "../../quantity/amount.js";
import { describeSteps } from "../explain/describe.js";
import { APPROVAL_GAS } from "../world/funding/approvals.js";

import { callStep } from "./call-step.js";
import { candidatesIn, decidedIn, LEAST_PROFIT } from "./candidates.js";
import { isExploit } from "./exploit.js";
import { FundedStage } from "./funded-stage.js";
import { changeOf, holdingsOf, lostBy } from "./holdings.js";
import { OUTSIDER, OUTSIDER_ADDRESS, purseIn, withOutsider } from "./outsider.js";
import { recipesOf } from "./recipe.js";
import { restsIn, until, withCalls } from "./rests.js";
import { approvalsFor, Standstill } from "./standstill.js";

/** A call of an outsider that takes a profit at the beginning of a pause, after which the sequence violates nothing. */
export interface Answer {
  readonly recipe: Recipe;
  /** In words. */
  readonly call: string;
  readonly profit: PlainAmount<"USD">;
  readonly pause: PlainAmount<"seconds">;
  /** Who decides afterwards that it is paid; absent if the call itself pays. */
  readonly decision?: Decision;
}

/** What to look for an answer to. */
interface Sequence {
  /** Up to its violation. */
  readonly trace: Trace;
  /** Causes of violations that are no news. */
  readonly ignoring: readonly string[];
  readonly seed: number;
  /** What is tried first. */
  readonly known: readonly Recipe[];
  /** Set if nothing else is tried. */
  readonly onlyKnown?: true;
}

/**
 * Looks for what an outsider would do in the pauses of a sequence. The answer must pay, leave no violation, and must not be an
 * exploit itself, see {@link isExploit}.
 *
 * @param player - on the user's connection, one transaction per call
 */
export async function answerTo(player: Player, sequence: Sequence): Promise<Answer | undefined> {
  const purse = purseIn(player.world);
  const world = withOutsider(player.world);
  const stage = new FundedStage(world, purse);
  const table = new Table(player.on(stage, world), purse, sequence);
  try {
    for (const rest of restsIn(sequence.trace)) {
      const answer = await table.answerIn(rest);
      if (answer !== undefined) return answer;
    }
    return undefined;
  } finally {
    await stage.close();
  }
}

/** What lies on the table in the pauses of a sequence. */
class Table {
  readonly #player: Player;
  readonly #world: World;
  readonly #purse: Purse;
  readonly #sequence: Sequence;
  /** The states before pauses, by block. */
  readonly #states = new Map<number, RunState>();
  /** What the outsider has, before it does anything. */
  #had: BalanceSheet | undefined;

  constructor(player: Player, purse: Purse, sequence: Sequence) {
    this.#player = player;
    this.#world = player.world;
    this.#purse = purse;
    this.#sequence = sequence;
  }

  async answerIn(rest: Rest): Promise<Answer | undefined> {
    const { known, onlyKnown, seed } = this.#sequence;
    const seen = new Set<string>();
    const again = known.length === 0 ? undefined : await this.#among(known, rest, seen);
    if (again !== undefined || onlyKnown === true) return again;
    const entries = [...this.#world.catalogue.values()].filter(({ isLoan }) => isLoan !== true);
    return this.#among(recipesOf(entries, createRandom(mixSeeds(seed, rest.behind))), rest, seen);
  }

  /** @param seen - calls that need not be looked at again */
  async #among(recipes: readonly Recipe[], rest: Rest, seen: Set<string>): Promise<Answer | undefined> {
    const seeking = {
      world: this.#world,
      purse: this.#purse,
      check: () => {
        this.#player.check();
      },
    };
    const found = await this.#before(rest, (standstill) => candidatesIn(seeking, standstill, recipes, seen));
    const answer = await this.#firstOf(found?.paying ?? [], rest);
    const stakes = found?.stakes ?? [];
    if (answer !== undefined || stakes.length === 0) return answer;
    const random = createRandom(mixSeeds(this.#sequence.seed, rest.behind, 1));
    const decided = await this.#before(rest, (standstill) => decidedIn(seeking, standstill, stakes, random));
    return this.#firstOf(decided ?? [], rest);
  }

  /** Plays until a pause begins, and lets calls be tried there. */
  async #before<T>(rest: Rest, tried: (standstill: Standstill) => Promise<T>): Promise<T | undefined> {
    const { trace, ignoring } = this.#sequence;
    const mined = async ({ block, state: after }: MinedBlock): Promise<void> => {
      this.#states.set(block, after);
    };
    const outcome = await this.#player.trace(until(trace, rest), { mined }, { ignoring });
    // if the chain is there already, no block is mined
    const state = this.#states.get(rest.behind);
    if (outcome.kind === "violation" || state === undefined) return undefined;
    const standstill = await Standstill.open(this.#world, state);
    this.#had = standstill.had;
    try {
      return await tried(standstill);
    } finally {
      await standstill.close();
    }
  }

  async #firstOf(candidates: readonly Candidate[], rest: Rest): Promise<Answer | undefined> {
    for (const candidate of candidates) {
      const answer = await this.#played(candidate, rest);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The sequence with a call of the outsider in it, if that answers it. */
  async #played({ recipe, call, change, profit, decision }: Candidate, rest: Rest): Promise<Answer | undefined> {
    const { trace, ignoring } = this.#sequence;
    const { behind } = rest;
    const own = callStep(call, OUTSIDER, behind);
    const approvals = approvalsFor(this.#world, change.pays).map((one) =>
      callStep(one, OUTSIDER, behind, APPROVAL_GAS),
    );
    const before = this.#had;
    const state = this.#states.get(behind);
    if (before === undefined || state === undefined) return undefined;
    let made: Change | undefined;
    const mined = async ({ block, state: { prices } }: MinedBlock): Promise<void> => {
      if (block !== behind) return;
      const after = await holdingsOf(this.#world, OUTSIDER_ADDRESS);
      made = changeOf(this.#world, OUTSIDER_ADDRESS, {
        before,
        after,
        price: (asset) => prices.get(asset) ?? 0,
      });
    };
    const outcome = await this.#player.trace(withCalls(trace, [...approvals, own], rest), { mined }, { ignoring });
    const isQuiet = outcome.kind === "survived" && (outcome.also ?? []).every(({ cause }) => ignoring.includes(cause));
    if (!isQuiet || made === undefined) return undefined;
    // in the block itself it may pay less than behind it, or nothing at all
    const earned = decision === undefined ? made.dollars : profit;
    if (earned <= LEAST_PROFIT || (decision !== undefined && made.pays.length === 0)) return undefined;
    const taking = { call, rest, profit: earned, lost: lostBy(this.#world, state) };
    if (await isExploit(this.#player, trace, taking, ignoring)) return undefined;
    const [described] = describeSteps(this.#world, { steps: [own], blocks: behind }, new Map(), []);
    return {
      recipe,
      call: described?.action ?? call.function.name,
      profit: usd(earned),
      pause: seconds(rest.seconds),
      ...(decision === undefined ? {} : { decision }),
    };
  }
}

import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { PlainAmount } from "../../quantity/amount.js";
import type { CallStep, Trace } from "../events/trace.js";
import type { Player } from "../run/player.js";
import type { MinedBlock, RunState } from "../run/state.js";
import type { World } from "../world/world.js";
import type { Decision } from "./decision.js";
import type { Change } from "./holdings.js";
import type { Purse } from "./outsider.js";
import type { Recipe } from "./recipe.js";
import type { Attempt } from "./standstill.js";

import { encodeCall } from "../../protocols/call.js";
import { isSameAddress } from "../../quantity/address.js";
import { seconds, usd } from "../../quantity/amount.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { describeSteps } from "../explain/describe.js";
import { startView } from "../run/views.js";
import { worth } from "../world/observed-view.js";

import { callStep, withAccount } from "./call-step.js";
import { decisionFor } from "./decision.js";
import { FundedStage } from "./funded-stage.js";
import { changeOf, holdingsOf } from "./holdings.js";
import { largestProfit } from "./largest-profit.js";
import { OUTSIDER, OUTSIDER_ADDRESS, purseIn, withOutsider } from "./outsider.js";
import { openCall, recipesOf } from "./recipe.js";
import { APPROVAL_GAS, approvalsFor, Standstill } from "./standstill.js";

/** The least profit that somebody would come for, US dollars. */
const LEAST_PROFIT = 1;

/** The most calls that are tried at the beginning of a pause; and the most recipes that are looked at. */
const MOST_TRIED = 150;
const MOST_RECIPES = 300;

/** The most calls that pay whose consequences are looked at, in a pause. */
const MOST_PLAYED = 12;

/** The most calls that cost something for which a decision is sought, in a pause. */
const MOST_STAKES = 8;

/** A call of an outsider that takes a profit at the beginning of a pause and leaves nothing of the violation. */
export interface Answer {
  readonly recipe: Recipe;
  /** In words. */
  readonly call: string;
  readonly profit: PlainAmount<"USD">;
  readonly pause: PlainAmount<"seconds">;
  /** Whose decision it takes to be paid, and which; absent if the call itself pays. */
  readonly decision?: Decision;
}

/** A pause, and the block behind which it begins. */
interface Rest {
  readonly behind: number;
  readonly seconds: number;
}

/** What to look for an answer to. */
interface Sequence {
  readonly trace: Trace;
  /** Causes that are no news. */
  readonly ignoring: readonly string[];
  readonly seed: number;
  /** What is tried first. */
  readonly known: readonly Recipe[];
}

/** The pauses of a trace, the time between the blocks that agents act in. Before the first block there is nothing to take. */
export function restsIn({ steps }: Pick<Trace, "steps">): readonly Rest[] {
  const rests = new Map<number, number>();
  for (const step of steps) {
    if (step.kind !== "pause" || !("seconds" in step) || step.block < 2) continue;
    rests.set(step.block - 1, (rests.get(step.block - 1) ?? 0) + step.seconds);
  }
  return [...rests].map(([behind, passing]) => ({ behind, seconds: passing }));
}

/** The same without its pauses. */
export function withoutPauses(trace: Trace): Trace {
  return { ...trace, steps: trace.steps.filter(({ kind }) => kind !== "pause") };
}

/**
 * Looks for what an outsider would do in the pauses of a sequence. The answer must pay, leave no violation, and must not be an
 * exploit itself: made by an attacker it violates nothing, or it pays no more than the agents have lost until then.
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

/** A call that may be an answer. */
interface Candidate {
  readonly recipe: Recipe;
  readonly attempt: Attempt;
  readonly decision?: Decision;
  readonly profit: number;
}

class Table {
  readonly #player: Player;
  readonly #world: World;
  readonly #purse: Purse;
  readonly #sequence: Sequence;
  /** The states at the beginnings of pauses, by the block before. */
  readonly #states = new Map<number, RunState>();

  constructor(player: Player, purse: Purse, sequence: Sequence) {
    this.#player = player;
    this.#world = player.world;
    this.#purse = purse;
    this.#sequence = sequence;
  }

  async answerIn(rest: Rest): Promise<Answer | undefined> {
    const { known } = this.#sequence;
    const played = new Set<string>();
    const again = known.length === 0 ? undefined : await this.#among(rest, known, played);
    if (again !== undefined) return again;
    const entries = [...this.#world.catalogue.values()].filter(({ isLoan }) => isLoan !== true);
    const random = createRandom(mixSeeds(this.#sequence.seed, rest.behind));
    return this.#among(rest, recipesOf(entries, random).slice(0, MOST_RECIPES), played);
  }

  /** Plays until the pause begins, and leaves the chain there. */
  async #before({ behind }: Rest): Promise<RunState | undefined> {
    const { trace, ignoring } = this.#sequence;
    const steps = trace.steps.filter(({ block }) => block <= behind);
    const mined = async ({ block, state }: MinedBlock): Promise<void> => {
      this.#states.set(block, state);
    };
    const outcome = await this.#player.trace({ ...trace, steps, blocks: behind }, { mined }, { ignoring });
    // if the chain is there already, no block is mined
    return outcome.kind === "survived" ? this.#states.get(behind) : undefined;
  }

  /** @param played - calls that need not be looked at again */
  async #among(rest: Rest, recipes: readonly Recipe[], played: Set<string>): Promise<Answer | undefined> {
    const state = await this.#before(rest);
    if (state === undefined) return undefined;
    const standstill = await Standstill.open(this.#world, state);
    const stakes: { readonly recipe: Recipe; readonly attempt: Attempt }[] = [];
    const paying: Candidate[] = [];
    const isNew = (attempt: Attempt): boolean => {
      const key = `${attempt.call.to} ${encodeCall(attempt.call)}`;
      if (played.has(key)) return false;
      played.add(key);
      return true;
    };
    let lost = 0;
    try {
      lost = standstill.lostSince(startView(this.#world), (view, account) =>
        worth(this.#world.frame, view, account, (asset) => standstill.view.price(asset)),
      );
      for (const recipe of recipes) {
        if (standstill.tried >= MOST_TRIED || paying.length >= MOST_PLAYED) break;
        const at = { self: OUTSIDER_ADDRESS, view: standstill.view, purse: this.#purse };
        const call = openCall(this.#world, recipe, at);
        const attempt = call === undefined ? undefined : await largestProfit(standstill, OUTSIDER_ADDRESS, call);
        if (attempt === undefined || !isNew(attempt)) continue;
        const { dollars, gets, pays } = attempt.change;
        if (dollars > LEAST_PROFIT) paying.push({ recipe, attempt, profit: dollars });
        const isStaked = stakes.some((stake) => stake.recipe.action === recipe.action);
        if (!gets && pays.length > 0 && !isStaked && stakes.length < MOST_STAKES) stakes.push({ recipe, attempt });
      }
      for (const { recipe, attempt } of stakes) {
        const random = createRandom(mixSeeds(this.#sequence.seed, rest.behind, 1));
        const stake = { call: attempt.call, known: recipe.decision };
        const found = await decisionFor(this.#world, standstill, stake, { random, purse: this.#purse });
        if (found === undefined || found.profit <= LEAST_PROFIT) continue;
        const { decision, profit } = found;
        paying.push({ recipe: { ...recipe, decision: found.recipe }, attempt, decision, profit });
      }
    } finally {
      await standstill.close();
    }
    for (const candidate of paying.sort((a, b) => b.profit - a.profit)) {
      const answer = await this.#played(rest, candidate, { lost, before: standstill.before });
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The sequence with a call of the outsider in it, and whether that answers it. */
  async #played(
    rest: Rest,
    { recipe, attempt, decision, profit }: Candidate,
    { lost, before }: { readonly lost: number; readonly before: Standstill["before"] },
  ): Promise<Answer | undefined> {
    const { call, change } = attempt;
    const { ignoring } = this.#sequence;
    const made = [
      ...approvalsFor(this.#world, change.pays).map((one) => callStep(one, OUTSIDER, rest.behind, APPROVAL_GAS)),
      callStep(call, OUTSIDER, rest.behind),
    ];
    let changed: Change | undefined;
    const mined = async ({ block, state: { prices } }: MinedBlock): Promise<void> => {
      if (block !== rest.behind) return;
      const after = await holdingsOf(this.#world, OUTSIDER_ADDRESS);
      const price = (asset: string): number => prices.get(asset) ?? 0;
      changed = changeOf(this.#world, OUTSIDER_ADDRESS, { before, after, price });
    };
    const outcome = await this.#player.trace(this.#with(made, rest), { mined }, { ignoring });
    const isQuiet = outcome.kind === "survived" && (outcome.also ?? []).every(({ cause }) => ignoring.includes(cause));
    // in the block itself it may pay less, or nothing at all
    const { dollars, pays } = changed ?? { dollars: 0, pays: [] };
    const earned = decision === undefined ? dollars : profit;
    const isMade = decision === undefined ? dollars > LEAST_PROFIT : pays.length > 0;
    if (!isQuiet || !isMade || (await this.#isExploit(rest, call, earned, lost))) return undefined;
    const [described] = describeSteps(this.#world, { steps: made.slice(-1), blocks: rest.behind }, new Map(), []);
    return {
      recipe,
      call: described?.action ?? call.function.name,
      profit: usd(earned),
      pause: seconds(rest.seconds),
      ...(decision === undefined ? {} : { decision }),
    };
  }

  /**
   * Whether an attacker could break a condition with the same call. Where it cannot make the call, for want of money say, what
   * pays more than the agents have lost is taken from somebody else.
   */
  async #isExploit(rest: Rest, call: ContractCall, profit: number, lost: number): Promise<boolean> {
    const attackers = [...this.#world.scenario.agents].flatMap(([name, { moves }]) =>
      moves?.kind === "any" ? [name] : [],
    );
    const acting = new Set(this.#sequence.trace.steps.flatMap((step) => ("agent" in step ? [step.agent] : [])));
    const attacker = attackers.find((name) => acting.has(name)) ?? attackers[0];
    const account = attacker === undefined ? undefined : this.#world.frame.accounts.get(attacker);
    if (attacker === undefined || account === undefined) return profit > lost;
    const own = { ...call, args: call.args.map((arg) => withAccount(arg, account)) };
    let isMade = false;
    const mined = async ({ block, calls, inclusions }: MinedBlock): Promise<void> => {
      if (block !== rest.behind) return;
      const place = calls.findLastIndex(
        (one) => isSameAddress(one.from, account) && encodeCall(one.call) === encodeCall(own),
      );
      const inclusion = inclusions[place];
      const receipts = inclusion === undefined ? [] : await this.#world.executor.receipts([inclusion]);
      isMade = receipts[0]?.success === true;
    };
    const trace = this.#with([callStep(own, attacker, rest.behind)], rest);
    const untilThen = { ...trace, steps: trace.steps.filter(({ block }) => block <= rest.behind), blocks: rest.behind };
    const { ignoring } = this.#sequence;
    const outcome = await this.#player.trace(untilThen, { mined }, { ignoring });
    if (outcome.kind === "violation") return true;
    return !isMade && profit > lost;
  }

  /** The sequence with calls just before a pause. */
  #with(made: readonly CallStep[], { behind }: Rest): Trace {
    const { trace } = this.#sequence;
    const place = trace.steps.findLastIndex(({ block }) => block <= behind) + 1;
    return { ...trace, steps: [...trace.steps.slice(0, place), ...made, ...trace.steps.slice(place)] };
  }
}

import type { RunTally } from "../activity/run-tally.js";

import { MOMENT } from "../activity/run-tally.js";

/** The tokens that callers of an action paid and got. */
export interface TokenFlow {
  readonly pays: ReadonlySet<string>;
  readonly gets: ReadonlySet<string>;
}

/** Successes of an action from which on what came before them is hardly a coincidence. */
const ENOUGH = 3;

/** Standard errors by which what others have done has to come before an action more often than before others. */
const ERRORS = 2;

/** The share of them that something comes before if it has to: what is done early in most runs comes before less. */
const ALMOST = 0.95;

/** Successes from which on it shows that an action does not need what happens early in nearly every run; and the share for that. */
const OFTEN = 20;
const ALWAYS = 0.985;

const KINDS = ["done", "anyone", "since"] as const;

interface Seen {
  times: number;
  readonly done: Map<string, number>;
  readonly anyone: Map<string, number>;
  readonly since: Map<string, number>;
}

/**
 * What agents had done before they did something else, in the generations that are over, and which tokens that moved: a loan comes after
 * a deposit, in whatever words.
 */
export class OrderOfActions {
  readonly #seen = new Map<string, Seen>();
  readonly #moved = new Map<string, { readonly pays: Set<string>; readonly gets: Set<string> }>();
  #waiting: RunTally[] = [];
  #before: ReadonlyMap<string, readonly string[]> = new Map();
  #waits: ReadonlyMap<string, readonly string[]> = new Map();
  #gifts: readonly string[] = [];

  /** What comes before an action, by its name: of actions that have succeeded often enough to tell. */
  get before(): ReadonlyMap<string, readonly string[]> {
    return this.#before;
  }

  /** What an action waits after, by its name: it hardly ever succeeds before prices have moved or time has passed since that was done. */
  get waits(): ReadonlyMap<string, readonly string[]> {
    return this.#waits;
  }

  /** What the callers of an action have paid and got. */
  flowOf(name: string): TokenFlow {
    return this.#moved.get(name) ?? { pays: new Set(), gets: new Set() };
  }

  /**
   * Actions whose callers pay and get nothing, that need nothing and that nothing else needs: gifts. Who makes them has less for everything
   * else. A deposit is none, since withdrawals need it; nor is a repayment, which needs a loan.
   */
  get gifts(): readonly string[] {
    return this.#gifts;
  }

  /** Records a run. Takes effect with {@link OrderOfActions.grow}. */
  saw(tally: RunTally): void {
    this.#waiting.push(tally);
  }

  /** Takes in what has been recorded: sums, so that the order of the runs does not matter. */
  grow(): void {
    for (const { after, flows } of this.#waiting) {
      for (const [name, { times, ...counts }] of Object.entries(after)) {
        const seen = this.#seen.get(name) ?? { times: 0, done: new Map(), anyone: new Map(), since: new Map() };
        this.#seen.set(name, seen);
        seen.times += times;
        for (const kind of KINDS) addAll(seen[kind], Object.entries(counts[kind]));
      }
      for (const [name, { pays, gets }] of Object.entries(flows)) {
        const moved = this.#moved.get(name) ?? { pays: new Set(), gets: new Set() };
        this.#moved.set(name, moved);
        for (const token of pays) moved.pays.add(token);
        for (const token of gets) moved.gets.add(token);
      }
    }
    this.#waiting = [];
    this.#before = closed(this.#needs());
    this.#waits = this.#waitsNow();
    this.#gifts = this.#giftsNow();
  }

  /**
   * What each action hardly ever succeeds without: what its agent has done, or what somebody has, if that comes before it more often
   * than before other actions: who liquidates has not borrowed.
   */
  #needs(): ReadonlyMap<string, readonly string[]> {
    const all = [...this.#seen].sort(byName);
    const total = all.reduce((sum, [, { times }]) => sum + times, 0);
    const anyone = new Map<string, number>();
    for (const [, seen] of all) addAll(anyone, seen.anyone);
    return new Map(
      all.flatMap(([name, { times, done, anyone: byAnyone }]) => {
        if (times < ENOUGH) return [];
        const needs = [...byAnyone.keys(), MOMENT].sort().filter((one) => {
          const count = byAnyone.get(one) ?? 0;
          const isOwn = (done.get(one) ?? 0) >= ALMOST * times;
          const others = { count: (anyone.get(one) ?? 0) - count, times: total - times };
          return one !== name && (isOwn || (count >= ALMOST * times && isMoreThanChance({ count, times }, others)));
        });
        return [[name, needs]];
      }),
    );
  }

  /** Of what comes before each action, what it waits after, more often than other actions happen to. */
  #waitsNow(): ReadonlyMap<string, readonly string[]> {
    const all = [...this.#seen].sort(byName);
    const [sums, sinces] = [new Map<string, number>(), new Map<string, number>()];
    for (const [, { anyone, since }] of all) {
      addAll(sums, anyone);
      addAll(sinces, since);
    }
    return new Map(
      all.flatMap(([name, { anyone, since }]) => {
        const waits = (this.#before.get(name) ?? []).filter((one) => {
          const [count, times] = [since.get(one) ?? 0, anyone.get(one) ?? 0];
          const others = { count: (sinces.get(one) ?? 0) - count, times: (sums.get(one) ?? 0) - times };
          return times >= ENOUGH && count >= ALMOST * times && isMoreThanChance({ count, times }, others);
        });
        return waits.length === 0 ? [] : [[name, waits]];
      }),
    );
  }

  #giftsNow(): readonly string[] {
    const often = [...this.#seen].filter(([, { times }]) => times >= OFTEN);
    const isNeeded = (name: string): boolean =>
      often.some(([other, { times, done }]) => other !== name && (done.get(name) ?? 0) >= ALWAYS * times);
    return often.sort(byName).flatMap(([name]) => {
      const { pays, gets } = this.flowOf(name);
      return pays.size > 0 && gets.size === 0 && this.#before.get(name)?.length === 0 && !isNeeded(name) ? [name] : [];
    });
  }
}

interface Share {
  readonly count: number;
  readonly times: number;
}

/** Whether a share is greater than that of others by more than its standard error, a few times over. */
function isMoreThanChance({ count, times }: Share, others: Share): boolean {
  const share = others.times <= 0 ? 0 : others.count / others.times;
  return count - times * share > ERRORS * Math.sqrt(times * share * (1 - share));
}

/** With what comes before that in turn. */
function closed(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...needs].map(([name, direct]) => {
      const all = new Set(direct);
      for (const one of all) for (const further of needs.get(one) ?? []) if (further !== name) all.add(further);
      return [name, [...all].sort()];
    }),
  );
}

function addAll(counts: Map<string, number>, more: Iterable<readonly [string, number]>): void {
  for (const [name, count] of more) counts.set(name, (counts.get(name) ?? 0) + count);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

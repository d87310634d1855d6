import type { RunTally } from "../activity/run-tally.js";

/** The tokens that callers of an action paid and got. */
export interface TokenFlow {
  readonly pays: ReadonlySet<string>;
  readonly gets: ReadonlySet<string>;
}

/** Successes of an action from which on what came before them is hardly a coincidence. */
const ENOUGH = 5;

/** The share of them that something comes before if it has to: what is done early in most runs comes before less. */
const ALMOST = 0.95;

/** Successes from which on it shows that an action does not need what happens early in nearly every run; and the share for that. */
const OFTEN = 20;
const ALWAYS = 0.985;

/**
 * What agents had done before they did something else, in the generations that are over, and which tokens that moved: a loan comes after
 * a deposit, in whatever words.
 */
export class OrderOfActions {
  readonly #seen = new Map<string, { times: number; readonly done: Map<string, number> }>();
  readonly #moved = new Map<string, { readonly pays: Set<string>; readonly gets: Set<string> }>();
  #waiting: RunTally[] = [];
  #before: ReadonlyMap<string, readonly string[]> = new Map();

  /** What comes before an action, by its name: of actions that have succeeded often enough to tell. */
  get before(): ReadonlyMap<string, readonly string[]> {
    return this.#before;
  }

  /** What the callers of an action have paid and got. */
  flowOf(name: string): TokenFlow {
    return this.#moved.get(name) ?? { pays: new Set(), gets: new Set() };
  }

  /**
   * Actions whose callers pay and get nothing, and that nothing else needs: gifts. Who makes them has less for everything else. A deposit
   * is none, since withdrawals need it.
   */
  get gifts(): readonly string[] {
    const often = [...this.#seen].filter(([, { times }]) => times >= OFTEN);
    const isNeeded = (name: string): boolean =>
      often.some(([other, { times, done }]) => other !== name && (done.get(name) ?? 0) >= ALWAYS * times);
    return often.sort(byName).flatMap(([name]) => {
      const { pays, gets } = this.flowOf(name);
      return pays.size > 0 && gets.size === 0 && !isNeeded(name) ? [name] : [];
    });
  }

  /** Records a run. Takes effect with {@link OrderOfActions.grow}. */
  saw(tally: RunTally): void {
    this.#waiting.push(tally);
  }

  /** Takes in what has been recorded: sums, so that the order of the runs does not matter. */
  grow(): void {
    for (const { after, flows } of this.#waiting) {
      for (const [name, { times, done }] of Object.entries(after)) {
        const seen = this.#seen.get(name) ?? { times: 0, done: new Map<string, number>() };
        this.#seen.set(name, seen);
        seen.times += times;
        for (const [one, count] of Object.entries(done)) seen.done.set(one, (seen.done.get(one) ?? 0) + count);
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
  }

  /** What each action hardly ever succeeds without. */
  #needs(): ReadonlyMap<string, readonly string[]> {
    const known = [...this.#seen].filter(([, { times }]) => times >= ENOUGH).sort(byName);
    return new Map(
      known.map(([name, { times, done }]) => [
        name,
        [...done].sort(byName).flatMap(([one, count]) => (one !== name && count >= ALMOST * times ? [one] : [])),
      ]),
    );
  }
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

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

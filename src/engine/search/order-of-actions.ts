import type { RunTally } from "../activity/run-tally.js";

/** The tokens that callers of an action paid and got. */
export interface TokenFlow {
  readonly pays: ReadonlySet<string>;
  readonly gets: ReadonlySet<string>;
}

/** Successes of an action from which on what came before them is hardly a coincidence. */
const ENOUGH = 5;

/** The share of them that something comes before if it has to: dust is lent without collateral. */
const ALMOST = 0.9;

/** Standard errors by which that has to be more than before other actions. */
const ERRORS = 2;

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
    const needed = new Set([...this.#before.values()].flat());
    return [...this.#before.keys()].filter((name) => {
      const { pays, gets } = this.flowOf(name);
      return pays.size > 0 && gets.size === 0 && !needed.has(name);
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

  /** What each action hardly ever succeeds without, far more seldom than others do: some things just happen early in every run. */
  #needs(): ReadonlyMap<string, readonly string[]> {
    const all = [...this.#seen].sort(byName);
    const times = all.reduce((sum, [, seen]) => sum + seen.times, 0);
    const after = new Map<string, number>();
    for (const [, { done }] of all) for (const [one, count] of done) after.set(one, (after.get(one) ?? 0) + count);
    return new Map(
      all.flatMap(([name, { times: own, done }]) => {
        if (own < ENOUGH) return [];
        const needs = [...done].sort(byName).flatMap(([one, count]) => {
          const itself = this.#seen.get(one);
          const among = times - own - (itself?.times ?? 0);
          const others = among <= 0 ? 0 : ((after.get(one) ?? 0) - count - (itself?.done.get(one) ?? 0)) / among;
          const spread = Math.sqrt(own * others * (1 - others));
          const isNoChance = count - own * others > ERRORS * spread;
          return one !== name && count >= ALMOST * own && isNoChance ? [one] : [];
        });
        return [[name, needs]];
      }),
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

import type { RoundOutcome } from "../run/rounds.js";
import type { Judged } from "../run/state.js";

/** What became of the calls of one function in a run: numbers by name of the agent and the function. */
export interface CallTally {
  tried: number;
  /** How often nothing was sent, because the state accepted no such call. */
  unsent: number;
  included: number;
  succeeded: number;
  /** By revert reason. */
  readonly reverts: Record<string, number>;
}

/** How often a condition was judged in a run. */
export interface ConditionTally {
  judged: number;
  failed: number;
  nothing: number;
  /** 1 in a run at whose end it could no longer be judged although no oracle had failed. */
  stuck: number;
  /** The least margin that it told; 0 where it was violated. */
  closest?: number;
  /** By reason. */
  readonly why: Record<string, number>;
}

/** What the callers of an action paid and got, lower-case addresses of tokens. */
export interface Flow {
  readonly pays: string[];
  readonly gets: string[];
}

/** What came before an action of the same agent in its run. */
export interface Order {
  times: number;
  /** How often it came after another, by name. */
  readonly done: Record<string, number>;
  /** The same, whoever had done the other. */
  readonly anyone: Record<string, number>;
  /** How often a moment had come since somebody had last done the other. */
  readonly since: Record<string, number>;
}

/** The counts of one run, plain data: they travel in its report. */
export interface RunTally {
  /** By agent, then by function. */
  readonly calls: Record<string, Record<string, CallTally>>;
  /** By condition. */
  readonly conditions: Record<string, ConditionTally>;
  /** What became of the rounds of feeds, by feed. */
  readonly rounds: Record<string, Record<RoundOutcome, number>>;
  /** By kind. */
  readonly events: Record<string, number>;
  /** Least and greatest value, by name. */
  readonly reached: Record<string, [least: number, greatest: number]>;
  /** Contracts of which a state-changing call succeeded, directly or from another contract: lower-case addresses. */
  readonly exercised: string[];
  /** Actions that called an agent back which was waiting for it. */
  readonly callers: string[];
  /** Actions that succeeded in a callback, other than those of assets' tokens, which hardly ever refuse. */
  readonly insiders: string[];
  /** The tokens that callers of actions paid and got, by the name of the action. */
  readonly flows: Record<string, Flow>;
  /** What calls were built from that succeeded and moved something, by the name of the action. */
  readonly accepted: Record<string, (readonly number[])[]>;
  /** How often agents did an action, and what they had done before, by the name of the action; {@link MOMENT} among it. */
  readonly after: Record<string, Order>;
  /** Contracts that were created and that nobody calls, because nothing is known of their code. */
  unknownContracts: number;
  /** Contracts that a call was sent to, whatever became of it: lower-case addresses. */
  readonly addressed: string[];
}

/** Stands for a large price move or a pause among what happened before an action. */
export const MOMENT = "moment";

/** How long pauses are, among what was reached. */
export const PAUSE = "pause";

/** Counts of nothing. */
export function emptyTally(): RunTally {
  return {
    calls: byName(),
    conditions: byName(),
    rounds: byName(),
    events: byName(),
    reached: byName(),
    exercised: [],
    callers: [],
    insiders: [],
    flows: byName(),
    accepted: byName(),
    after: byName(),
    unknownContracts: 0,
    addressed: [],
  };
}

/** Without a prototype: a contract may revert with the reason "constructor", and a condition be called `__proto__`. */
function byName<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** The entry of an agent's function, made if there is none. */
export function callsOf(tally: Pick<RunTally, "calls">, agent: string, called: string): CallTally {
  const ofAgent = (tally.calls[agent] ??= byName());
  return (ofAgent[called] ??= { tried: 0, unsent: 0, included: 0, succeeded: 0, reverts: byName() });
}

/** Counts a condition after a block. */
export function countCondition(tally: RunTally, condition: string, { unjudged, margin }: Judged): void {
  const entry = (tally.conditions[condition] ??= { judged: 0, failed: 0, nothing: 0, stuck: 0, why: byName() });
  if (unjudged === undefined) {
    entry.judged += 1;
    come(entry, margin);
    return;
  }
  entry[unjudged.unjudged] += 1;
  add(entry.why, unjudged.why, 1);
}

/** Brings a condition as close to broken as a margin says. */
function come(entry: ConditionTally, margin: number | undefined): void {
  if (margin !== undefined) entry.closest = Math.min(margin, entry.closest ?? 1);
}

/** Counts a run at whose end a condition could no longer be judged. */
export function markStuck({ conditions }: RunTally, condition: string): void {
  const entry = conditions[condition];
  if (entry !== undefined) entry.stuck = 1;
}

/** The entry of a feed, made if there is none. */
export function roundsOf({ rounds }: Pick<RunTally, "rounds">, feed: string): Record<RoundOutcome, number> {
  return (rounds[feed] ??= { published: 0, changed: 0, refused: 0 });
}

/** Widens a range. */
export function reach(tally: Pick<RunTally, "reached">, what: string, value: number): void {
  const range = tally.reached[what];
  if (range === undefined) tally.reached[what] = [value, value];
  else if (value < range[0]) range[0] = value;
  else if (value > range[1]) range[1] = value;
}

/** Adds to a count by name. */
export function add(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count;
}

/** Calls of agents that did not revert. */
export function succeededIn({ calls }: Pick<RunTally, "calls">): number {
  return Object.values(calls)
    .flatMap((functions) => Object.values(functions))
    .reduce((sum, { succeeded }) => sum + succeeded, 0);
}

/** Adds the counts of a run to a total. */
export function addTally(total: RunTally, run: RunTally): void {
  for (const [agent, functions] of Object.entries(run.calls)) {
    for (const [called, { tried, unsent, included, succeeded, reverts }] of Object.entries(functions)) {
      const entry = callsOf(total, agent, called);
      entry.tried += tried;
      entry.unsent += unsent;
      entry.included += included;
      entry.succeeded += succeeded;
      for (const [reason, count] of Object.entries(reverts)) add(entry.reverts, reason, count);
    }
  }
  for (const [condition, { judged, failed, nothing, stuck, closest, why }] of Object.entries(run.conditions)) {
    const entry = (total.conditions[condition] ??= { judged: 0, failed: 0, nothing: 0, stuck: 0, why: byName() });
    entry.judged += judged;
    entry.failed += failed;
    entry.nothing += nothing;
    entry.stuck += stuck;
    come(entry, closest);
    for (const [reason, count] of Object.entries(why)) add(entry.why, reason, count);
  }
  for (const [feed, { published, changed, refused }] of Object.entries(run.rounds)) {
    const entry = roundsOf(total, feed);
    entry.published += published;
    entry.changed += changed;
    entry.refused += refused;
  }
  for (const [kind, count] of Object.entries(run.events)) add(total.events, kind, count);
  for (const [what, [least, greatest]] of Object.entries(run.reached)) {
    reach(total, what, least);
    reach(total, what, greatest);
  }
  total.unknownContracts += run.unknownContracts;
  join(total.exercised, run.exercised);
  join(total.addressed, run.addressed);
}

/** Notes a token that the caller of an action paid or got. */
export function noteFlow({ flows }: Pick<RunTally, "flows">, action: string, way: keyof Flow, token: string): void {
  const flow = (flows[action] ??= { pays: [], gets: [] });
  if (!flow[way].includes(token)) flow[way].push(token);
}

/**
 * Notes what an agent had done before an action, and what anyone had.
 *
 * @param since - what nobody had done since the last moment
 */
export function noteAfter(
  { after }: Pick<RunTally, "after">,
  action: string,
  done: Iterable<string>,
  anyone: Iterable<string> = [],
  since: Iterable<string> = [],
): void {
  const order = (after[action] ??= { times: 0, done: byName(), anyone: byName(), since: byName() });
  order.times += 1;
  for (const name of done) add(order.done, name, 1);
  for (const name of anyone) add(order.anyone, name, 1);
  for (const name of since) add(order.since, name, 1);
}

/** The most calls of an action of which a run tells what they were built from. */
const MOST_ACCEPTED = 2;

/** Notes what a call was built from. */
export function noteAccepted(
  { accepted }: Pick<RunTally, "accepted">,
  action: string,
  operands: readonly number[],
): void {
  const calls = (accepted[action] ??= []);
  if (calls.length < MOST_ACCEPTED) calls.push(operands);
}

function join(total: string[], more: readonly string[]): void {
  for (const address of more) if (!total.includes(address)) total.push(address);
}

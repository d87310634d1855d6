import type { Activity, CallActivity, ConditionActivity, ReachedRange, RevertCount } from "./activity.js";
import type { Facts } from "./facts.js";
import type { CallTally, RunTally } from "./run-tally.js";

import { quoted, QUOTES, wordOf } from "../../quantity/quote.js";

import { PAUSE } from "./run-tally.js";

const TARGET = "target.";

/** The activity of a search: its counts in order, with what was never tried. */
export function activityOf(facts: Facts, tally: RunTally): Activity {
  return {
    calls: callsIn(facts, tally),
    skipped: facts.skipped,
    ...(facts.unasked === 0 ? {} : { unasked: facts.unasked }),
    ...(facts.untold === undefined ? {} : { untold: facts.untold }),
    conditions: facts.conditions.map((id) => conditionActivity(id, tally)),
    feeds: Object.entries(tally.rounds).map(([feed, counts]) => ({ feed, ...counts })),
    ...(tally.unknownContracts === 0 ? {} : { unknownContracts: tally.unknownContracts }),
    events: { ...tally.events },
    reached: Object.entries(tally.reached).map(([what, [least, greatest]]): ReachedRange => ({
      what,
      least,
      greatest,
      unit: unitOf(what),
    })),
  };
}

/** Of what `RunCounter` counts. */
function unitOf(what: string): ReachedRange["unit"] {
  if (what === PAUSE) return "seconds";
  const quote = QUOTES.find((one) => what.startsWith(`${wordOf(one)} of `));
  return quote === undefined ? "gwei" : quoted(0, quote).unit;
}

function callsIn(facts: Facts, { calls }: RunTally): readonly CallActivity[] {
  const offers = new Map(facts.agents.map(({ agent, offered }) => [agent, offered]));
  const agents = new Set([...offers.keys(), ...Object.keys(calls)]);
  return [...agents].flatMap((agent) => {
    const offered = offers.get(agent) ?? [];
    const counted = calls[agent] ?? {};
    const names = [...new Set([...offered, ...Object.keys(counted)])];
    const rank = (name: string): number => (name.startsWith(TARGET) ? 0 : 1);
    // a stable sort keeps the catalogue's order
    return names.sort((one, other) => rank(one) - rank(other)).map((name) => callActivity(agent, name, counted[name]));
  });
}

function callActivity(agent: string, called: string, counted: CallTally | undefined): CallActivity {
  const { tried = 0, unsent = 0, included = 0, succeeded = 0, reverts = {} } = counted ?? {};
  return {
    agent,
    function: called,
    // a call of a saved trace was not tried by a policy in this run
    tried: Math.max(tried, included),
    ...(unsent === 0 ? {} : { unsent }),
    included,
    succeeded,
    reverts: byCount(reverts),
  };
}

function byCount(counts: Readonly<Record<string, number>>): readonly RevertCount[] {
  return Object.entries(counts)
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count);
}

function conditionActivity(condition: string, { conditions }: RunTally): ConditionActivity {
  const { judged = 0, failed = 0, nothing = 0, stuck = 0, closest, why = {} } = conditions[condition] ?? {};
  const [most] = byCount(why);
  return {
    condition,
    judged,
    failed,
    nothing,
    stuck,
    ...(closest === undefined ? {} : { closest }),
    ...(most === undefined ? {} : { why: most.reason }),
  };
}

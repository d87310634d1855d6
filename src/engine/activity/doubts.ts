import type { Activity, CallActivity, ConditionActivity, FeedActivity } from "./activity.js";
import type { Facts } from "./facts.js";
import type { RunTally } from "./run-tally.js";

import { isOfTarget } from "./facts.js";

/** Of the blocks after which a condition may be without a verdict. */
const MOST_UNJUDGED = 0.1;

/** The most functions that a sentence names. */
const NAMED = 4;

/** Why a campaign without a violation says nothing about the target. Plain data. */
export interface Doubt {
  /**
   * `NOT_EXERCISED`: no call that changes the state of the target, or of a contract that a condition reads, succeeded.
   * `NOT_JUDGED`: a condition could not be judged after more than a tenth of the blocks, or any longer at the end of a run in
   * which no oracle failed; or there never was anything to judge.
   * `NOT_PUBLISHED`: a feed accepted none of its rounds.
   * `NOTHING_HAPPENED`: no agent acted and nothing moved.
   * `SHARDS_MISSING`: results of some shards were not merged.
   * `FEW_EFFECTIVE_PATHS`: of the ruined paths of a risk run that tilts prices, few have nearly all of the weight.
   */
  readonly code:
    "NOT_EXERCISED" | "NOT_JUDGED" | "NOT_PUBLISHED" | "NOTHING_HAPPENED" | "SHARDS_MISSING" | "FEW_EFFECTIVE_PATHS";
  /** One sentence with names and numbers. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** The reasons why a search that found nothing is inconclusive; none if it is not. */
export function doubtsOf(facts: Facts, activity: Activity, tally: RunTally): readonly Doubt[] {
  if (nothingHappened(activity)) return [nothing(facts)];
  return [
    ...exerciseDoubts(facts, activity, tally),
    ...activity.conditions.flatMap(judgementDoubts),
    ...activity.feeds.flatMap(publicationDoubts),
  ];
}

function publicationDoubts({ feed, published, changed, refused }: FeedActivity): readonly Doubt[] {
  if (published + changed > 0 || refused === 0) return [];
  return [
    {
      code: "NOT_PUBLISHED",
      message: `The ${feed} feed accepted none of the ${refused.toLocaleString("en-US")} rounds that it was sent, so it showed one price throughout.`,
      hint: "Check who may publish, the bounds of the feed (minAnswer, maxAnswer), and the asset's price: a feed that has to be silent needs oracleFaults: { maxDelayBlocks }.",
    },
  ];
}

function nothingHappened({ calls, events, reached }: Activity): boolean {
  const moved = reached.some(({ what, least, greatest }) => what.startsWith("price") && least !== greatest);
  // time that passes is nothing that happens
  const happened = Object.keys(events).some((kind) => kind !== "pause" && kind !== "interval");
  return calls.every(({ tried }) => tried === 0) && !happened && !moved;
}

function nothing({ agents, target }: Facts): Doubt {
  const names = agents.map(({ agent }) => agent);
  const message = "Nothing happened in any run: no agent made a call, no price moved, and nothing failed.";
  if (names.length === 0 || agents.some(({ offered }) => offered.length > 0)) {
    return {
      code: "NOTHING_HAPPENED",
      message,
      hint: "Give the scenario an agent (attacker, user, …), a price process or oracle faults.",
    };
  }
  return {
    code: "NOTHING_HAPPENED",
    message: `${message} There is no move on ${target} for ${listed(names)}.`,
    hint: "retail makes deposits, withdrawals, swaps and loans alone: take user({ … }), which calls whatever functions a target has, or attacker({ … }).",
  };
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, NAMED);
  const more = names.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

function exerciseDoubts(facts: Facts, activity: Activity, { addressed, exercised }: RunTally): readonly Doubt[] {
  const { target: name, targets, read, cheatcodes } = facts;
  if (exercised.some((address) => targets.includes(address))) return [];
  const own = activity.calls.filter(({ function: called }) => isOfTarget(facts, called));
  const isTried = own.some(({ tried }) => tried > 0);
  // a target that no agent may call is judged by what the agents do to the contracts that its conditions read
  if (!isTried && exercised.some((address) => read.includes(address))) return [];
  if (isTried && cheatcodes.length > 0) {
    return [
      {
        code: "NOT_EXERCISED",
        message: `No call that changes the state of ${name} succeeded, for it needs Foundry cheatcodes, which exist in forge alone: ${cheatcodes.join(", ")}.`,
        hint: "Name the contract that the handler calls as the target, or write a handler without cheatcodes: agents act for themselves here, and blocks have a clock.",
      },
    ];
  }
  if (isTried && noneWasIncluded(own)) {
    return [
      {
        code: "NOT_EXERCISED",
        message: `No call of ${name} got into a block: none was paid for, each was outbid, or came too late.`,
        hint: "Give the agents native coin for gas, as in attacker({ native: 10 }), or let demand for block space fall.",
      },
    ];
  }
  if (isTried) {
    return [
      {
        code: "NOT_EXERCISED",
        message: `No call that changes the state of ${name} succeeded: ${triedText(own)}.`,
        hint: "Set it up so that the agents may use it (roles, allow lists, liquidity, a start time), give an agent the calls that it accepts (a policy or an adapter), name the contract that users call (as the target, or among the scenario's targets), or give the search more runs.",
      },
    ];
  }
  const addressedNames = addressed.flatMap(
    (address) => facts.names.find((known) => known.address === address)?.name ?? [],
  );
  const what =
    addressedNames.length === 0
      ? "no agent calls it, nor any contract that a condition reads"
      : `no agent calls it, and no call of ${addressedNames.join(", ")} succeeded`;
  return [
    {
      code: "NOT_EXERCISED",
      message: `${name} was not exercised: ${what}.`,
      hint: `Add an agent that may call it: attacker({ capital: { … } }), or user({ capital: { … } }).`,
    },
  ];
}

/** Whether transactions were sent, and no block had any. */
function noneWasIncluded(own: readonly CallActivity[]): boolean {
  return (
    own.every(({ included, reverts }) => included === 0 && reverts.length === 0) &&
    own.some(({ tried, unsent = 0 }) => tried > unsent)
  );
}

/** `deposit was tried 120 times: "paused"; renounceRole succeeded 80 times and changed nothing` */
function triedText(own: readonly CallActivity[]): string {
  const tried = [...byFunction(own)].sort((one, other) => other.tried - one.tried);
  const named = tried.slice(0, NAMED).map(({ name, tried: count, succeeded, why }) => {
    if (succeeded > 0) return `${name} succeeded ${timesText(succeeded)} and changed nothing`;
    return `${name} was tried ${timesText(count)}${why === undefined ? "" : `: ${why}`}`;
  });
  const more = tried.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more ${more === 1 ? "function" : "functions"}`] : [])].join("; ");
}

interface Tried {
  readonly name: string;
  tried: number;
  succeeded: number;
  why: string | undefined;
}

/** What all agents together tried. */
function byFunction(own: readonly CallActivity[]): readonly Tried[] {
  const functions = new Map<string, Tried>();
  for (const { function: called, tried, succeeded, reverts } of own) {
    if (tried === 0) continue;
    const name = called.replace(/^[^(]*\./, "");
    const entry = functions.get(name) ?? { name, tried: 0, succeeded: 0, why: undefined };
    entry.tried += tried;
    entry.succeeded += succeeded;
    entry.why ??= reverts[0]?.reason;
    functions.set(name, entry);
  }
  return [...functions.values()];
}

function timesText(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en-US")} times`;
}

function judgementDoubts({
  condition,
  judged,
  failed,
  nothing: none,
  stuck,
  why,
}: ConditionActivity): readonly Doubt[] {
  const blocks = judged + failed + none;
  if (blocks === 0) return [];
  const because = why === undefined ? "" : `: ${why}`;
  if (stuck > 0 && failed <= blocks * MOST_UNJUDGED) {
    return [
      {
        code: "NOT_JUDGED",
        message: `${condition} could no longer be judged at the end of ${stuck === 1 ? "a run" : `${stuck} runs`} in which no oracle failed${because}.`,
        hint: "What agents did makes it unreadable, and may hide anything: add a condition that notices (withdrawable, invariants), or look at what reverts.",
      },
    ];
  }
  if (failed > blocks * MOST_UNJUDGED) {
    return [
      {
        code: "NOT_JUDGED",
        message: `${condition} could not be judged after ${shareText(failed, blocks)} of the blocks${because}.`,
        hint: "Whether the target survives is unknown there. If an attacker can cause it, add a condition that notices (withdrawable, invariants); else repair what it reads.",
      },
    ];
  }
  if (judged > 0 || failed > 0) return [];
  return [
    {
      code: "NOT_JUDGED",
      message: `${condition} had nothing to judge in any block${because}.`,
      hint: "Add what it applies to (depositors, borrowers, a protocol that can be short of funds), or use another condition.",
    },
  ];
}

function shareText(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

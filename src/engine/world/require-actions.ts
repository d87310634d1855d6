import type { Agent } from "../../agents/agent.js";
import type { SkippedFunction } from "../../target/actions.js";
import type { CatalogueEntry } from "./catalogue.js";

import { oneOf, SiegeError } from "../../errors.js";
import { ORDINARY } from "../../target/actions.js";

import { isOffered, matches, movesOf } from "./catalogue.js";

/** The most names that a hint lists. */
const LISTED = 12;

/**
 * Checks that the patterns with which agents choose their moves name actions that exist: a misspelt one would silently leave
 * everything out, and the target would "survive".
 *
 * @param skipped - functions of the target that no agent calls
 * @throws SiegeError `UNKNOWN_ACTION` with the nearest names, or with what to do about an action that is not for this agent
 */
export function requireActions(
  agents: ReadonlyMap<string, Agent>,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  skipped: readonly SkippedFunction[],
): void {
  for (const [name, agent] of agents) {
    const { moves } = agent;
    if (moves === undefined || moves.lenient === true) continue;
    const offered = [...catalogue.values()].filter((entry) => isOffered(entry, agent)).map((entry) => entry.name);
    // of two agents with the same patterns, one may take loans and the other not
    const loans = [...catalogue.values()].flatMap((entry) => (entry.isLoan === true ? [entry.name] : []));
    for (const pattern of moves.only ?? []) {
      if ([...offered, ...loans].some((action) => matches(pattern, action))) continue;
      requireOrdinary(name, pattern, catalogue, offered);
      requireCalled(name, pattern, skipped);
    }
    requireMatches(name, "only", moves.only, [...offered, ...loans]);
    requireMatches(name, "except", moves.except, [...catalogue.keys()]);
    if ((moves.only ?? moves.except) === undefined || movesOf(agent, catalogue).length > 0) continue;
    throw new SiegeError("UNKNOWN_ACTION", {
      message:
        moves.only === undefined
          ? `The agent "${name}" has no moves: "except" excludes every one of its actions.`
          : `The agent "${name}" has no moves: "except" excludes every action that "only" allows.`,
      hint: oneOf(offered.slice(0, LISTED), "No protocol and no function of the target offers anything to it."),
    });
  }
}

/** Refuses what exists, but is left to attackers. */
function requireOrdinary(
  agent: string,
  pattern: string,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  offered: readonly string[],
): void {
  if (![...catalogue.keys()].some((name) => matches(pattern, name))) return;
  const limits = `Of a target, ordinary users call only ${[...ORDINARY].join(", ")}`;
  const instead = `user({ name: "${agent}", only: ["${pattern}"] }) may call it`;
  const same = offered.filter((name) => split(name)[0] === split(pattern)[0]).slice(0, LISTED);
  throw new SiegeError("UNKNOWN_ACTION", {
    message: `"only" of the agent "${agent}" names "${pattern}", which an ordinary user does not call.`,
    hint: `${limits}; ${instead}.${same.length === 0 ? "" : ` ${oneOf(same, "")}`}`,
  });
}

/** Refuses a function of the target that exists, but that the search leaves alone. */
function requireCalled(agent: string, pattern: string, skipped: readonly SkippedFunction[]): void {
  const left = skipped.find(({ function: signature }) =>
    [signature, signature.replace(/\(.*$/, "")].some((name) => matches(pattern, `target.${name}`)),
  );
  if (left === undefined) return;
  throw new SiegeError("UNKNOWN_ACTION", {
    message: `"only" of the agent "${agent}" names "${pattern}", which no agent calls: ${left.because}.`,
    hint: "Take it out of the list, or call it in an agent or an event of your own.",
  });
}

function requireMatches(
  agent: string,
  option: "only" | "except",
  patterns: readonly string[] = [],
  names: readonly string[],
): void {
  for (const pattern of patterns) {
    if (names.some((name) => matches(pattern, name))) continue;
    // says that the target is only watched, and holds for one without functions
    if (option === "except" && pattern === "target.*") continue;
    throw new SiegeError("UNKNOWN_ACTION", {
      message: `"${option}" of the agent "${agent}" names "${pattern}", which is no action that it could make.`,
      hint: oneOf(nearest(pattern, names), "No protocol and no function of the target offers anything to it."),
    });
  }
}

/** Actions of the same name elsewhere and overloads; else those of the same contract; else all. */
function nearest(pattern: string, names: readonly string[]): readonly string[] {
  const [owner, action] = split(pattern);
  const alike = names.filter((name) => bare(split(name)[1]) === bare(action));
  const same = names.filter((name) => split(name)[0] === owner);
  const found = [alike, same, names].find((list) => list.length > 0) ?? [];
  return found.length > LISTED ? [...found.slice(0, LISTED), "…"] : found;
}

function split(name: string): readonly [owner: string, action: string] {
  // protocols' names may have dots; signatures have none before their parenthesis
  const open = name.indexOf("(");
  const dot = name.lastIndexOf(".", open === -1 ? undefined : open);
  return [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
}

/** Without arguments and in lower case: `withdraw(uint256)` and `Withdraw` are near `withdraw`. */
function bare(action: string): string {
  return action.replace(/\(.*$/, "").toLowerCase();
}

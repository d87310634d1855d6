import type { Agent } from "../../agents/agent.js";
import type { CatalogueEntry } from "./catalogue.js";

import { oneOf, SiegeError } from "../../errors.js";

import { isOffered, matches, movesOf } from "./catalogue.js";

/** The most names that a hint lists. */
const LISTED = 12;

/**
 * Checks that the patterns with which agents choose their moves name actions that exist: a misspelt one would silently leave
 * everything out, and the target would "survive".
 *
 * @throws SiegeError `UNKNOWN_ACTION` with the nearest names
 */
export function requireActions(
  agents: ReadonlyMap<string, Agent>,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
): void {
  for (const [name, agent] of agents) {
    const { moves } = agent;
    if (moves === undefined || moves.lenient === true) continue;
    const offered = [...catalogue.values()].filter((entry) => isOffered(entry, agent)).map((entry) => entry.name);
    // of two agents with the same patterns, one may take loans and the other not
    const loans = [...catalogue.values()].flatMap((entry) => (entry.isLoan === true ? [entry.name] : []));
    requireMatches(name, "only", moves.only, [...offered, ...loans]);
    requireMatches(name, "except", moves.except, [...catalogue.keys()]);
    if ((moves.only ?? moves.except) === undefined || movesOf(agent, catalogue).length > 0) continue;
    throw new SiegeError("UNKNOWN_ACTION", {
      message: `The agent "${name}" has no moves left: "except" takes away all that "only" names.`,
      hint: oneOf(offered.slice(0, LISTED), "No protocol and no function of the target offers anything to it."),
    });
  }
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

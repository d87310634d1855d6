import type { Random } from "../../market/random.js";
import type { AgentActions } from "./agent-actions.js";
import type { Link } from "./link.js";

/** Of 100 payments of a token that something later is paid with, too, those that do not take as much as possible. */
const KEPT = 75;

/**
 * Of 100 chains without callbacks, those that get the least that there is, and then take back as much as they can of what they
 * paid for it: the smallest position at its limit, which rules about dust stand in the way of.
 */
export const SMALLEST = 8;

/** And of 100 of these, those that give a part of it back first: what may remain may be less. */
const PAID_BACK = 40;

/** The chain, mostly without spending all of a token on one thing that something later is paid with, too. */
export function keepingSome(chain: readonly Link[], actions: AgentActions, random: Random): readonly Link[] {
  return chain.map((link, at) => {
    if (link.extent !== "most" || random.integer(0, 99) >= KEPT) return link;
    const isSpent = [...actions.flowOf(link.action).pays].some((token) => {
      const next = chain.slice(at + 1).find(({ action }) => {
        const { pays, gets } = actions.flowOf(action);
        return pays.has(token) || gets.has(token);
      });
      return next !== undefined && actions.flowOf(next.action).pays.has(token);
    });
    return isSpent ? { ...link, extent: undefined } : link;
  });
}

/**
 * The chain, what it gets being the least that there is, with what can be taken back of what was paid, if anything can.
 *
 * @param possible - what can be done after it
 */
export function smallest(
  chain: readonly Link[],
  actions: AgentActions,
  possible: readonly string[],
  random: Random,
): readonly Link[] {
  const backs = possible.filter((name) => actions.undoes(name) && actions.paysOut(name));
  const at = chain.findLastIndex(
    ({ action }) => !backs.includes(action) && actions.paysOut(action) && actions.hasBefore(action),
  );
  const got = chain[at];
  if (got === undefined || backs.length === 0) return chain;
  const returns = possible.filter(
    (name) => actions.undoes(name) && !actions.paysOut(name) && actions.needsOf(name).includes(got.action),
  );
  const isPaidBack = returns.length > 0 && random.integer(0, 99) < PAID_BACK;
  return [
    ...chain.slice(0, at),
    { ...got, extent: "least" },
    ...(isPaidBack ? [{ action: random.pick(returns), extent: undefined }] : []),
    { action: random.pick(backs), extent: "most" },
    ...chain.slice(at + 1),
  ];
}

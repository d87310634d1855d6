import type { Random } from "../../market/random.js";
import type { Link } from "./link.js";

/** Of 100 chains with something that is done to two of a kind, those that come to have two before. */
const TWO = 60;

/** The most that is done twice. */
const MOST = 4;

/** What is known of actions, by name. */
interface Actions {
  /** Whether it names two things of a kind. */
  readonly takesTwo: (action: string) => boolean;
  /** Whether its caller pays something. */
  readonly pays: (action: string) => boolean;
}

/**
 * A chain, mostly with two of a kind before something is done to two of a kind: one account that is as deep in debt as it may be, and
 * another, before what the one has goes to the other. What was done comes first once more, about something else; what is paid then is any
 * amount, so that something is left for the other.
 */
export function withTwo(
  chain: readonly Link[],
  { takesTwo, pays }: Actions,
  random: Random,
): { readonly chain: readonly Link[]; readonly others: number } {
  const at = chain.findIndex(({ action }) => takesTwo(action));
  if (at < 1 || at > MOST || random.integer(0, 99) >= TWO) return { chain, others: 0 };
  const before = chain.slice(0, at);
  // a chain that does something in callbacks is about one thing
  if (chain.some(({ depth }) => depth !== undefined)) return { chain, others: 0 };
  const first = before.map((link): Link => (pays(link.action) ? { ...link, extent: undefined } : link));
  return { chain: [...first, ...chain], others: at };
}

import type { World } from "../../engine/world/world.js";
import type { NumberQuote } from "../../quantity/quote.js";

import { kindsOf } from "../../engine/events/kinds.js";
import { movesOf } from "../../engine/world/catalogue.js";
import { numberQuote } from "../../quantity/quote.js";

import { passesTime } from "./path-source.js";

/** What the paths of a risk run differ in, and so what its probability is over. Plain data. */
export interface Randomness {
  /** Assets whose price moves, with their processes. */
  readonly prices: readonly {
    readonly asset: string;
    readonly process: string;
    /** Set if the asset is only a number: a volatility, or a level. */
    readonly quote?: NumberQuote;
  }[];
  /** Agents with a policy, which reacts to what it sees and may draw. */
  readonly policies: readonly string[];
  /** Agents without one, whose calls are drawn: evenly among what they may do, not as a rational attacker would choose them. */
  readonly drawnCalls: readonly string[];
  /** Other kinds of events that are drawn: `oracle`, `gas`, `builder`, `interval`, and the scenario's own. */
  readonly events: readonly string[];
  /** Set if a search of the scenario lets time pass between blocks. The paths do not: each has the same horizon. */
  readonly withoutPauses?: true;
}

/** What the paths of a world differ in. */
export function randomnessOf(world: World): Randomness {
  const { scenario, catalogue } = world;
  const { assets, agents, oracleFaults, gas, builder, pauses, intervals } = scenario;
  const free = new Set([...agents].flatMap(([name, agent]) => (movesOf(agent, catalogue).length > 0 ? [name] : [])));
  const drawn: Readonly<Record<string, boolean>> = {
    oracle: oracleFaults.length > 0,
    gas: gas.demand !== undefined,
    builder: builder.censors > 0 || builder.reorders || builder.reorganises > 0,
    interval: intervals !== "fixed",
  };
  const own = new Set(
    kindsOf(world)
      .own.filter((kind) => !passesTime(kind))
      .map(({ kind }) => kind),
  );
  return {
    prices: [...assets].flatMap(([asset, { process, quote }]) =>
      process === undefined ? [] : [{ asset, process: process.kind, ...numberQuote(quote) }],
    ),
    policies: [...agents].flatMap(([name, { act }]) => (act === undefined ? [] : [name])),
    drawnCalls: [...free],
    events: [...Object.keys(drawn).filter((kind) => drawn[kind] === true), ...own],
    ...(pauses.most === 0 ? {} : { withoutPauses: true as const }),
  };
}

import type { OracleFaultKind } from "../../oracles/faults.js";
import type { PlainAmount } from "../../quantity/amount.js";
import type { Quote, QuotedUnit } from "../../quantity/quote.js";
import type { Round, RoundOutcome } from "../run/rounds.js";
import type { MinedBlock } from "../run/state.js";
import type { World } from "../world/world.js";

import { format } from "../../quantity/format.js";
import { quoted, wordOf } from "../../quantity/quote.js";
import { FEED } from "../run/oracle-desk.js";
import { isClose } from "../run/rounds.js";

/**
 * A round of a feed in a report, between the steps that it was executed between. It follows from the feed's schedule, so it is
 * no step.
 */
export interface RoundDescription {
  /** The index of the step before which it was executed; the number of steps if it came last. */
  readonly before: number;
  readonly block: number;
  /** Set in the block that replaces one of that height after a reorganisation. */
  readonly again?: true;
  /** `ETH feed` */
  readonly actor: string;
  /** `publishes $1,200.00`, `shows $1,000.00 for a price of $500.00` */
  readonly action: string;
  readonly consequence: string | undefined;
  readonly data: RoundData;
}

/** A round, described. */
export interface RoundData {
  readonly feed: string;
  readonly outcome: RoundOutcome;
  /** US dollars; percent a year, where the feed publishes a volatility. */
  readonly offered: PlainAmount<QuotedUnit>;
  readonly shown: PlainAmount<QuotedUnit>;
  readonly fair: PlainAmount<QuotedUnit>;
  /** The fault that decides on it; absent for an ordinary round. */
  readonly fault?: OracleFaultKind;
}

/** Collects the rounds of a run that change what is seen, in the order of execution. */
export class RoundWatch {
  readonly #world: Pick<World, "oracles" | "scenario">;
  readonly #rounds: RoundDescription[] = [];
  /** The last that was told of each feed. */
  readonly #told = new Map<string, string>();
  #steps = 0;
  #highest = 0;

  /** @param world - says what its feeds publish */
  constructor(world: Pick<World, "oracles" | "scenario">) {
    this.#world = world;
  }

  after({ block, calls, intents, inclusions, rounds, rest, state: { steps } }: MinedBlock): void {
    const again = block <= this.#highest ? { again: true as const } : {};
    this.#highest = Math.max(this.#highest, block);
    const isStep = (index: number): boolean => intents[index] !== undefined && inclusions[index]?.kind !== "refused";
    const own = calls.filter((_call, index) => isStep(index)).length;
    const pauses = steps.slice(this.#steps).findIndex(({ kind }) => kind !== "pause");
    const rested = this.#steps + (pauses === -1 ? steps.length - this.#steps : pauses);
    for (const round of rest?.feeds?.rounds ?? []) this.#tell(round, { before: rested, block, ...again }, own > 0);
    const placed = rounds.map((round) => {
      const at = calls.findIndex(({ sender }) => sender === `${round.feed}${FEED}`);
      const ahead = calls.filter((_call, index) => index < at && isStep(index)).length;
      return { round, at, before: steps.length - own + ahead };
    });
    for (const { round, before } of placed.sort((one, other) => one.at - other.at)) {
      this.#tell(round, { before, block, ...again }, own > 0);
    }
    this.#steps = steps.length;
  }

  /** In the order of execution. */
  get rounds(): readonly RoundDescription[] {
    return this.#rounds;
  }

  /** @param among - whether there are calls in its block, whose order with it matters */
  #tell(round: Round, place: Pick<RoundDescription, "before" | "block" | "again">, among: boolean): void {
    const { feed, outcome, offered, before, shown, fair, fault } = round;
    const { asset = "" } = this.#world.oracles.get(feed)?.bound.oracle?.model ?? {};
    const quote = this.#world.scenario.assets.get(asset)?.quote;
    const action = roundWords(round, quote);
    const isNews = this.#told.get(feed) !== action;
    // a heartbeat changes nothing, and what is expected needs a place only among calls
    if (outcome === "published" ? isClose(before, shown) || !among : !isNews) return;
    this.#told.set(feed, action);
    this.#rounds.push({
      ...place,
      actor: `${feed}${FEED}`,
      action,
      consequence:
        outcome !== "published" || isClose(shown, fair)
          ? undefined
          : `(the ${wordOf(quote)} is ${format(quoted(fair, quote))})`,
      data: {
        feed,
        outcome,
        offered: quoted(offered, quote),
        shown: quoted(shown, quote),
        fair: quoted(fair, quote),
        ...(fault === undefined ? {} : { fault }),
      },
    });
  }
}

function roundWords({ outcome, offered, shown }: Round, quote: Quote | undefined): string {
  const text = (price: number): string => format(quoted(price, quote));
  switch (outcome) {
    case "published":
      return `publishes ${text(shown)}`;
    case "changed":
      return `shows ${text(shown)} for a ${wordOf(quote)} of ${text(offered)}`;
    case "refused":
      return `refuses ${text(offered)} and still shows ${text(shown)}`;
  }
}

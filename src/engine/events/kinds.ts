import type { Scenario } from "../../scenario/scenario.js";
import type { BoundEvent } from "../world/bind-event.js";
import type { EventKind } from "./kind.js";
import type { EventStep } from "./place.js";

import { SiegeError } from "../../errors.js";

import { blockSpaceDemand } from "./block-space-demand.js";
import { builderAct } from "./builder-act.js";
import { agentCall } from "./call.js";
import { interval } from "./interval.js";
import { oracleFault } from "./oracle-fault.js";
import { ownEvent } from "./own-event.js";
import { pause } from "./pause.js";
import { priceMove } from "./price-move.js";

/** All kinds of events of a scenario: the built-in ones and its own. */
export class EventKinds {
  /** In the order in which they happen in a block. */
  readonly all: readonly EventKind[];
  /** In the order in which they are drawn. It must never change: another order would change every genome. */
  readonly drawn: readonly EventKind[];
  /** The scenario's own kinds. */
  readonly own: readonly EventKind[];
  readonly #byName: ReadonlyMap<string, EventKind>;

  constructor(own: readonly EventKind[]) {
    this.own = own;
    this.all = [pause, interval, priceMove, blockSpaceDemand, oracleFault, builderAct, ...own, agentCall];
    this.drawn = [priceMove, oracleFault, agentCall, blockSpaceDemand, builderAct, pause, interval, ...own];
    this.#byName = new Map(this.all.map((kind) => [kind.kind, kind]));
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Whether steps can happen in a scenario: no price moves faster than its process does, say. */
  possible(steps: readonly EventStep[], scenario: Pick<Scenario, "assets">): boolean {
    return this.all.every(
      ({ kind, shrinks }) =>
        shrinks.possible?.(
          steps.filter((step) => step.kind === kind),
          scenario,
        ) ?? true,
    );
  }

  /**
   * The kind of a step.
   *
   * @throws SiegeError `UNKNOWN_EVENT` if there is no kind of that name
   */
  of({ kind: name }: { readonly kind: string }): EventKind {
    const kind = this.#byName.get(name);
    if (kind !== undefined) return kind;
    throw new SiegeError("UNKNOWN_EVENT", {
      message: `The scenario has no event of the kind "${name}".`,
      hint: `List the kind in the scenario's events. It has ${this.all.map((known) => known.kind).join(", ")}.`,
    });
  }
}

/** The kinds that every scenario has. */
export const BUILT_IN_KINDS: EventKinds = new EventKinds([]);

const known = new WeakMap<readonly BoundEvent[], EventKinds>();

/** The kinds of a world's scenario. */
export function kindsOf({ events }: { readonly events: readonly BoundEvent[] }): EventKinds {
  if (events.length === 0) return BUILT_IN_KINDS;
  const kinds = known.get(events) ?? new EventKinds(events.map(ownEvent));
  known.set(events, kinds);
  return kinds;
}

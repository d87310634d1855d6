import type { Scenario } from "../../scenario/scenario.js";
import type { Siege } from "../../siege.js";

import { SiegeError } from "../../errors.js";

/**
 * Which connection a scenario belongs to. The matcher gets a contract and a scenario, and a contract does not know its
 * connection; so it is recorded for each scenario which connection made it.
 */
const makers = new WeakMap<Scenario, Siege>();

/**
 * Connections that are open. Tests often leave connections to the garbage collector, so they are held weakly; collected
 * ones still count as open, because a matcher must not depend on when garbage is collected.
 */
const open = new Map<number, WeakRef<Siege>>();
const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Records that a connection has opened. */
export function opened(connection: object, siege: Siege): void {
  lastNumber += 1;
  numbers.set(connection, lastNumber);
  open.set(lastNumber, new WeakRef(siege));
}

/** Records that a connection is closing. */
export function closed(connection: object): void {
  const number = numbers.get(connection);
  if (number !== undefined) open.delete(number);
}

/** Records that this connection made the scenario. */
export function claim(scenario: Scenario, siege: Siege): void {
  makers.set(scenario, siege);
}

/**
 * The siege of the connection on which a scenario runs: the one that made it, otherwise the only open one.
 *
 * @throws SiegeError `NO_CONNECTION`
 */
export function siegeOf(scenario: Scenario): Siege {
  const maker = makers.get(scenario);
  if (maker !== undefined) return maker;
  const [first, ...others] = open.values();
  const only = others.length === 0 ? first?.deref() : undefined;
  if (only === undefined) {
    throw new SiegeError("NO_CONNECTION", {
      message: `The scenario "${scenario.name}" was made without a connection, and ${String(open.size)} are open.`,
      hint: "Make it with siege.scenario(...) of the connection that it should run on, or call siege.run(...) there.",
    });
  }
  return only;
}

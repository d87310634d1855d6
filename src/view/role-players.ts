import type { Role } from "../protocols/roles/role.js";
import type { View } from "./view.js";

import { oneOf, SiegeError } from "../errors.js";

/**
 * The protocols that an agent uses in a role, by name.
 *
 * @param names - default: all that play it
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist; also if there are none at all
 */
export function playersOf<T>(
  view: Pick<View, "all">,
  role: Role<T>,
  names?: readonly string[],
): ReadonlyMap<string, T> {
  const players = view.all(role);
  if (players.size === 0) throw unknownPlayer(`The scenario has no ${role.name}.`, role, players);
  if (names === undefined) return players;
  return new Map(names.map((name) => [name, named(role, players, name)] as const));
}

/**
 * The one protocol that an agent uses in a role.
 *
 * @param name - its name in the scenario; default: the only one
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist; also if there are several and none was named
 */
export function playerOf<T>(view: Pick<View, "all">, role: Role<T>, name?: string): T {
  const players = playersOf(view, role);
  if (name !== undefined) return named(role, players, name);
  if (players.size > 1) {
    throw unknownPlayer(`The scenario has more than one ${role.name}, and none was named.`, role, players);
  }
  return named(role, players, [...players.keys()][0] ?? "");
}

function named<T>(role: Role<T>, players: ReadonlyMap<string, T>, name: string): T {
  const player = players.get(name);
  // what agents see of a role may itself be undefined
  if (player !== undefined || players.has(name)) return player as T;
  throw unknownPlayer(`The scenario has no ${role.name} named "${name}".`, role, players);
}

function unknownPlayer<T>(message: string, role: Role<T>, players: ReadonlyMap<string, T>): SiegeError {
  const hint =
    role.example === undefined
      ? "Add a protocol that plays this role to the scenario's protocols."
      : `Add one to the scenario's protocols: ${role.example}.`;
  return new SiegeError("UNKNOWN_PROTOCOL", { message, hint: oneOf(players.keys(), hint) });
}

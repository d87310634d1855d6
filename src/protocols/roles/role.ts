import { SiegeError } from "../../errors.js";

/** Type-level only: what agents see of a protocol that plays the role. */
declare const PLAYED_AS: unique symbol;

/**
 * How agents see protocols of different designs: as a place to swap, as a lending market. Made by {@link defineRole}.
 *
 * @typeParam T - what agents see of a protocol that plays it
 */
export interface Role<T> {
  /** The noun for a protocol that plays it, used in messages: `lending market`. */
  readonly name: string;
  /** A protocol that plays it, as a scenario lists one; for hints. */
  readonly example: string | undefined;
  readonly [PLAYED_AS]?: () => T;
}

/** A role as one protocol plays it. Made by {@link plays}. */
export interface PlayedRole<View> {
  readonly role: Role<unknown>;
  /** What agents see. A method, which TypeScript compares both ways; see `ValueOf`. */
  play(view: View): unknown;
}

/**
 * Defines a role. The built-in ones are defined with this very function.
 *
 * A role is identified by this object, not by its name: agents and protocols import it from where it is defined.
 *
 * @param name - a noun for the protocols that play it; no two roles of a scenario may share a name
 * @param options - `example`: a protocol that plays it, as a scenario lists one, for hints
 * @throws SiegeError `INVALID_ROLE` if the name is an empty string
 * @example
 * ```ts
 * const bridge = defineRole<{ inFlight: bigint; settle(): ContractCall }>("bridge");
 * const canonicalBridge = defineProtocol({ …, roles: [plays(bridge, (view: BridgeView) => bridgeOf(view))] });
 * const relayer = defineAgent({
 *   role: "relayer",
 *   act: ({ view, submit }) => {
 *     for (const played of view.all(bridge).values()) submit(played.settle());
 *   },
 * });
 * ```
 */
export function defineRole<T>(name: string, { example }: { readonly example?: string } = {}): Role<T> {
  if (typeof name !== "string" || name.trim() === "") {
    throw new SiegeError("INVALID_ROLE", {
      message: `A role's name is ${JSON.stringify(name)}.`,
      hint: 'Name it after what it is to agents: defineRole<LendingMarket>("lending market").',
    });
  }
  return Object.freeze({ name, example });
}

/**
 * Declares that a protocol plays a role.
 *
 * @param role - the role
 * @param play - turns the protocol's observed state into what agents see of it; pure, called at most once per block
 */
export function plays<T, View>(role: Role<T>, play: (view: View) => NoInfer<T>): PlayedRole<View> {
  return Object.freeze({ role, play });
}

/** Whether a protocol plays a role. */
export function isPlaying(roles: readonly PlayedRole<never>[] | undefined, role: Role<unknown>): boolean {
  return roles?.some((played) => played.role === role) === true;
}

/**
 * Rejects roles that could be confused with each other.
 *
 * @param player - the protocol that plays them, for the message: `The protocol "uniswapV2"`
 * @param known - the roles that others play, by name; this protocol's roles are added to it
 * @throws SiegeError `INVALID_ROLE` if it plays a role twice, or a role whose name another one has
 */
export function requireDistinctRoles(
  player: string,
  roles: readonly PlayedRole<never>[],
  known: Map<string, Role<unknown>>,
): void {
  for (const [index, { role }] of roles.entries()) {
    if (roles.slice(0, index).some((other) => other.role === role)) {
      throw new SiegeError("INVALID_ROLE", {
        message: `${player} plays the role "${role.name}" twice.`,
        hint: "List it once: agents see one per protocol. Two markets behind one address are two protocols.",
      });
    }
    const other = known.get(role.name);
    if (other !== undefined && other !== role) throw nameTaken(player, role);
    known.set(role.name, role);
  }
}

/** The error for two roles with the same name. */
export function nameTaken(user: string, { name }: Role<unknown>): SiegeError {
  return new SiegeError("INVALID_ROLE", {
    message: `${user} uses a role named "${name}", which is not the role "${name}" that other protocols play.`,
    hint: "Import the role from where it is defined, or give your own another name.",
  });
}

import type { Agent } from "../agents/agent.js";
import type { Action } from "../protocols/protocol.js";
import type { BoundProtocol } from "./binding.js";

/** An action with its full name and the protocol whose view it works on; `undefined`: the target's own ABI. */
export interface CatalogueEntry {
  /** `pool.swap`, `target.borrow` */
  readonly name: string;
  readonly protocol: string | undefined;
  readonly action: Action<unknown>;
}

/** Everything that free moves can be, by name. */
export function buildCatalogue(
  protocols: Iterable<BoundProtocol>,
  targetActions: readonly Action<unknown>[],
): ReadonlyMap<string, CatalogueEntry> {
  const entries = [
    ...[...protocols].flatMap((protocol) =>
      protocol.actions.map((action) => ({ name: `${protocol.name}.${action.name}`, protocol: protocol.name, action })),
    ),
    ...targetActions.map((action) => ({ name: `target.${action.name}`, protocol: undefined, action })),
  ];
  return new Map(entries.map((entry) => [entry.name, entry]));
}

/** The actions that the search may choose for an agent. */
export function movesOf(agent: Agent, catalogue: ReadonlyMap<string, CatalogueEntry>): readonly CatalogueEntry[] {
  const { moves } = agent;
  if (moves === undefined) return [];
  return [...catalogue.values()].filter(
    ({ name, action }) =>
      (moves.kind === "any" || action.ordinary) && (moves.only?.some((pattern) => matches(pattern, name)) ?? true),
  );
}

/** `pool.swap` or `pool.*` */
function matches(pattern: string, name: string): boolean {
  return pattern === name || (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1)));
}

import type { Agent } from "../../agents/agent.js";
import type { Random } from "../../market/random.js";
import type { Action } from "../../protocols/action.js";
import type { BoundProtocol } from "./bind-protocol.js";

import { flashLenders } from "../../protocols/roles/flash-lender.js";
import { isPlaying } from "../../protocols/roles/role.js";
import { PPM } from "../../quantity/ppm.js";

/** An action with its full name and the protocol whose view it works on; `undefined`: a function of a contract's own ABI. */
export interface CatalogueEntry {
  /** `pool.swap`, `target.borrow` */
  readonly name: string;
  readonly protocol: string | undefined;
  readonly action: Action<unknown>;
  /** Set if it takes a flash loan, which the moves after it use and repay. */
  readonly isLoan?: true;
}

/** Operands of an action, each as likely as any other; parts per million. */
export function anyOperands({ operands }: Pick<Action<unknown>, "operands">, random: Random): readonly number[] {
  return Array.from({ length: operands }, () => random.integer(0, PPM));
}

/** Which loan, and what share of the available liquidity. */
const LOAN_OPERANDS = 2;

/**
 * Everything that free moves can be, by name.
 *
 * @param functions - those of contracts, by the contract's name, the target's last
 */
export function buildCatalogue(
  protocols: readonly BoundProtocol[],
  functions: ReadonlyMap<string, readonly Action<unknown>[]>,
): ReadonlyMap<string, CatalogueEntry> {
  const entries = [
    ...protocols.flatMap((protocol) =>
      protocol.actions.map((action) => ({ name: `${protocol.name}.${action.name}`, protocol: protocol.name, action })),
    ),
    ...protocols.flatMap((protocol) => (isPlaying(protocol.roles, flashLenders) ? [loanOf(protocol.name)] : [])),
    ...[...functions].flatMap(([owner, actions]) =>
      actions.map((action) => ({ name: `${owner}.${action.name}`, protocol: undefined, action })),
    ),
  ];
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function loanOf(protocol: string): CatalogueEntry {
  const build = (): undefined => undefined;
  return {
    name: `${protocol}.flashLoan`,
    protocol,
    action: { name: "flashLoan", operands: LOAN_OPERANDS, ordinary: false, build },
    isLoan: true,
  };
}

/** The actions that the search may choose for an agent. */
export function movesOf(agent: Agent, catalogue: ReadonlyMap<string, CatalogueEntry>): readonly CatalogueEntry[] {
  const { moves } = agent;
  if (moves === undefined) return [];
  return [...catalogue.values()].filter(
    (entry) =>
      isOffered(entry, agent) &&
      (moves.only?.some((pattern) => matches(pattern, entry.name)) ?? true) &&
      moves.except?.some((pattern) => matches(pattern, entry.name)) !== true,
  );
}

/** Whether an agent of this kind could make a move, whatever its patterns say. */
export function isOffered({ action, isLoan }: CatalogueEntry, { moves, flashLoans }: Agent): boolean {
  if (action.gives === true && moves?.actsFor === "itself") return false;
  return (isLoan !== true || flashLoans === true) && (moves?.kind === "any" || action.ordinary);
}

/** `pool.swap`, `pool.*` or `*.swap` */
export function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith(".*")) return name.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith("*.")) return name.endsWith(pattern.slice(1));
  return pattern === name;
}

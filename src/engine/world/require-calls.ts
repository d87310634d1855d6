import type { Agent } from "../../agents/agent.js";
import type { TargetActions } from "../../target/actions.js";
import type { ResolvedTarget } from "../../target/target.js";

import { SiegeError } from "../../errors.js";

/** The pattern of all functions of the target. */
const ALL = "target.*";

interface Surroundings {
  readonly agents: Iterable<Agent>;
  /** What can be called of the scenario's further targets. */
  readonly elsewhere?: readonly TargetActions["actions"][];
}

/**
 * A target of which nothing can be called passes whatever it is. An empty ABI says that this is meant, and so do agents
 * that are kept from the target.
 *
 * @throws SiegeError `UNSUPPORTED_TARGET`
 */
export function requireCalls(
  { name, abi }: ResolvedTarget,
  target: TargetActions,
  { agents, elsewhere = [] }: Surroundings,
): void {
  if (abi.length === 0 || [target.actions, ...elsewhere].some((actions) => actions.length > 0)) return;
  if (![...agents].some(mayCallTarget)) return;
  const skipped = target.skipped.map((one) => `${one.function}: ${one.because}`).join("; ");
  throw new SiegeError("UNSUPPORTED_TARGET", {
    message: `The ABI of ${name} has no function that can be called${skipped === "" ? "" : ` (${skipped})`}, so the siege would test nothing of it.`,
    hint: 'Pass the contract\'s complete ABI, or that of the implementation if it is a proxy. If the target is only watched while agents use the protocols, say so with { address, abi: [] }, or keep them from it with except: ["target.*"].',
  });
}

function mayCallTarget({ moves }: Agent): boolean {
  if (moves === undefined || moves.except?.includes(ALL) === true) return false;
  return moves.only?.some((pattern) => pattern.startsWith("target.") || pattern.startsWith("*.")) ?? true;
}

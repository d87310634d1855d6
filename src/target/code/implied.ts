import type { Called } from "./ast.js";
import type { CompiledSources } from "./compiled-sources.js";
import type { Implied } from "./source-code.js";
import type { PlacedStatement } from "./statements.js";

import { grouped } from "../../quantity/grouped.js";

/** What is known of one contract's code. */
interface Code {
  readonly sources: CompiledSources;
  /** By id, of all statements of which there are instructions. */
  readonly present: ReadonlyMap<string, PlacedStatement>;
  /** The function that a call runs. */
  readonly resolved: (called: Called) => number;
}

/**
 * What must have been executed, too: in a block, everything before a statement that was; of what is executed, the functions that
 * it calls.
 */
export function impliedBy(executed: ReadonlySet<string>, { sources, present, resolved }: Code): readonly Implied[] {
  const implied: Implied[] = [];
  const known = new Set(executed);
  const queue = [...executed].flatMap((id) => present.get(id) ?? []);
  const looked = new Set<number>();
  const add = (placed: PlacedStatement, by: string): void => {
    if (known.has(placed.statement.id)) return;
    known.add(placed.statement.id);
    implied.push({ statement: placed.statement, by });
    queue.push(placed);
  };
  for (let placed = queue.shift(); placed !== undefined; placed = queue.shift()) {
    const { functionId, statement, calls } = placed;
    if (functionId !== undefined && !looked.has(functionId)) {
      looked.add(functionId);
      for (const [one, by] of passed(sources.statementsOf(functionId), known, present)) add(one, by);
    }
    for (const call of calls) {
      const body = sources.statementsOf(resolved(call));
      if (body.some((one) => known.has(one.statement.id))) continue;
      const [{ blockId } = {}] = body;
      // what is in a branch of it may not have been
      for (const one of body) if (one.blockId === blockId) add(one, statement.id);
    }
  }
  return implied;
}

/** The statements of a function that were passed by, and one that shows it. */
function passed(
  statements: readonly PlacedStatement[],
  known: ReadonlySet<string>,
  present: ReadonlyMap<string, PlacedStatement>,
): readonly (readonly [PlacedStatement, string])[] {
  const blocks = grouped(
    statements.filter(({ blockId }) => blockId !== undefined),
    ({ blockId }) => blockId,
  );
  return [...blocks.values()].flatMap((block) => {
    const isExecuted = ({ statement: { id } }: PlacedStatement): boolean => known.has(id);
    const last = block.findLastIndex(isExecuted);
    if (last === -1) return [];
    return block.flatMap((one, index): (readonly [PlacedStatement, string])[] => {
      // after the last, only what has no instructions
      if (isExecuted(one) || (index > last && present.has(one.statement.id))) return [];
      const by = block.slice(0, index).findLast(isExecuted) ?? block.find(isExecuted);
      return by === undefined ? [] : [[one, by.statement.id]];
    });
  });
}

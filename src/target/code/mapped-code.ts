import type { Hex } from "viem";

import type { Called } from "./ast.js";
import type { CompiledSources } from "./compiled-sources.js";
import type { SourceCode } from "./source-code.js";
import type { PlacedStatement } from "./statements.js";

import { impliedBy } from "./implied.js";
import { instructionsIn } from "./instructions.js";
import { unpackSourceMap } from "./source-map.js";
import { innermost } from "./statements.js";

/**
 * Code with the compiler's source map for it.
 *
 * @param contract - its name, and its file as statements call it
 * @param code - the code as deployed or as compiled: what differs between the two is the data of pushes
 */
export function mappedCode(
  { name, file }: { readonly name: string; readonly file: string },
  code: Hex,
  map: string,
  sources: CompiledSources,
): SourceCode {
  const ranges = unpackSourceMap(map);
  const instructions = instructionsIn(code);
  const places = new Map<string, PlacedStatement | undefined>();
  const placeOf = (instruction: number): PlacedStatement | undefined => {
    const range = ranges[instruction];
    if (range === undefined) return undefined;
    const key = `${range.source}:${range.start}:${range.length}`;
    if (!places.has(key)) places.set(key, innermost(sources.statements(range.source), range));
    return places.get(key);
  };
  const present = new Map<string, PlacedStatement>();
  for (const instruction of ranges.keys()) {
    const place = placeOf(instruction);
    if (place !== undefined) present.set(place.statement.id, place);
  }
  const resolved = (called: Called): number => sources.resolved(file, name, called);
  const reachable = new Map<string, ReadonlySet<number> | undefined>();
  const reachedBy = (selector: string): ReadonlySet<number> | undefined => {
    const entry = sources.called(file, name, selector);
    return entry === undefined ? undefined : reachableFrom(entry, sources, resolved);
  };
  return {
    contract: name,
    statementAt: (pc) => placeOf(instructions.get(pc) ?? -1)?.statement,
    isReachable: ({ id }, selector) => {
      if (!reachable.has(selector)) reachable.set(selector, reachedBy(selector));
      const functionId = present.get(id)?.functionId;
      // what is called is not always written down
      return functionId === undefined || reachable.get(selector)?.has(functionId) !== false;
    },
    impliedBy: (executed) => impliedBy(executed, { sources, present, resolved }),
  };
}

/** The functions that a function can run without leaving the contract, itself among them. */
function reachableFrom(
  entry: number,
  sources: CompiledSources,
  resolved: (called: Called) => number,
): ReadonlySet<number> {
  const reached = new Set([entry]);
  for (const id of reached) {
    for (const { calls } of sources.statementsOf(id)) for (const call of calls) reached.add(resolved(call));
  }
  return reached;
}

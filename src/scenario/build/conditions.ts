import type { Condition } from "../../conditions/condition.js";

import { shown } from "../../options.js";

import { check, hasFunctions, isRecord, isText, requireMade, requireValue } from "./check.js";

/** Checks the survival conditions; no two may share an id. */
export function buildConditions(conditions: unknown): readonly Condition[] {
  check(Array.isArray(conditions) && conditions.length > 0, {
    message: `conditions is ${Array.isArray(conditions) ? "empty" : shown(conditions)}.`,
    hint: "Say what must survive: conditions: [solvent()].",
  });
  const places = new Map<string, number>();
  const built = (conditions as readonly unknown[]).map((candidate, index) => {
    const path = `conditions[${index}]`;
    const condition = requireCondition(path, candidate);
    const first = places.get(condition.id);
    check(first === undefined, {
      message: `${path} has the id "${condition.id}", which conditions[${first ?? 0}] already has.`,
      hint: 'Two conditions may not share an id: remove one, or name it: { ...condition, id: "repay USDC" }.',
    });
    places.set(condition.id, index);
    return condition;
  });
  return Object.freeze(built);
}

function requireCondition(path: string, condition: unknown): Condition {
  requireMade(
    path,
    condition,
    isRecord(condition) && typeof condition.id === "string" && hasFunctions(condition.definition, "observe", "judge"),
    {
      what: "a condition",
      call: "Call it: solvent().",
      use: "Use solvent(), withdrawable(), … of hardhat-siege/conditions, or defineCondition({ id, observe, judge }).",
    },
  );
  const { id } = condition;
  requireValue(`${path}.id`, id, isText(id), "Reports name a condition by its id: give it one.");
  return condition as unknown as Condition;
}

import type { Unit } from "../../quantity/amount.js";
import type { Violation } from "./outcome.js";
import type { RunWatcher } from "./state.js";

import { measuredHarm } from "../minimise/harm-in-evidence.js";

/** Units of which those of several accounts or protocols are not added up: half of one and half of another is half. */
const RELATIVE = new Set<unknown>(["percent", "ppm", "times"]);

/** How much harm a condition measured in a run. Plain data. */
export interface HarmOf {
  readonly condition: string;
  /** What is counted: `bad debt`. */
  readonly kind: string;
  readonly unit: Unit;
  /** The most after any block, whole units. */
  readonly most: number;
  /** After the last block, whole units; 0 if the condition held then. */
  readonly last: number;
}

/** The harm that was done in a run. Plain data. */
export interface Harm {
  /** By condition; those that say no number are missing. */
  readonly measured: readonly HarmOf[];
  /** The conditions that did not hold after the last block. */
  readonly atEnd: readonly string[];
}

/** Watches how much harm the conditions of a run measure. */
export class HarmWatch {
  readonly #measured = new Map<string, HarmOf>();
  #atEnd: readonly string[] = [];
  /** To be passed to the player. */
  readonly watcher: RunWatcher;

  constructor() {
    this.watcher = {
      broken: (violations) => {
        this.#after(violations);
      },
    };
  }

  get harm(): Harm {
    return { measured: [...this.#measured.values()], atEnd: this.#atEnd };
  }

  #after(violations: readonly Violation[]): void {
    for (const [key, known] of this.#measured) this.#measured.set(key, { ...known, last: 0 });
    for (const [key, now] of harmAfter(violations)) {
      const most = Math.max(now.most, this.#measured.get(key)?.most ?? 0);
      this.#measured.set(key, { ...now, most });
    }
    this.#atEnd = [...new Set(violations.map(({ condition }) => condition))];
  }
}

/** The harm after one block: that of several accounts or protocols together, unless each of them says what all have lost. */
function harmAfter(violations: readonly Violation[]): ReadonlyMap<string, HarmOf> {
  const harm = new Map<string, HarmOf>();
  const counted = new Set<string>();
  for (const { condition, evidence } of violations) {
    const found = measuredHarm(evidence);
    if (found === undefined) continue;
    const { kind, of, unit } = found;
    const key = JSON.stringify([condition, kind, unit]);
    const own = JSON.stringify([key, of]);
    const value = typeof unit === "string" ? found.value : found.value / 10 ** unit.decimals;
    const before = harm.get(key)?.most ?? 0;
    const isPart = of !== undefined && !RELATIVE.has(unit) && !counted.has(own);
    counted.add(own);
    const now = isPart ? before + value : Math.max(before, value);
    harm.set(key, { condition, kind, unit, most: now, last: now });
  }
  return harm;
}

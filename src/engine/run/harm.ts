import type { LiquidatedIn } from "../../protocols/liquidation.js";
import type { Unit } from "../../quantity/amount.js";
import type { Part } from "../world/observation.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { MinedBlock, RunWatcher } from "./state.js";

import { wholeUnits } from "../../quantity/amount.js";
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
  /** The collateral that liquidations took, US dollars at the fair prices of their blocks; absent if no protocol can tell. */
  readonly liquidated?: number;
}

/** Watches how much harm the conditions of a run measure. */
export class HarmWatch {
  readonly #measured = new Map<string, HarmOf>();
  #atEnd: readonly string[] = [];
  #liquidated: number | undefined;
  /** To be passed to the player. */
  readonly watcher: RunWatcher;

  /** @param world - what is played on, to see liquidations. Default: they are not looked at */
  constructor(world?: Pick<World, "frame" | "executor">) {
    const liquidations = world === undefined ? [] : liquidationsOf(world);
    if (liquidations.length > 0) this.#liquidated = 0;
    this.watcher = {
      ...(world === undefined || liquidations.length === 0
        ? {}
        : {
            mined: async (block: MinedBlock): Promise<void> => {
              this.#liquidated = (this.#liquidated ?? 0) + (await liquidatedIn(block, liquidations, world));
            },
          }),
      broken: (violations) => {
        this.#after(violations);
      },
    };
  }

  get harm(): Harm {
    const liquidated = this.#liquidated;
    return {
      measured: [...this.#measured.values()],
      atEnd: this.#atEnd,
      ...(liquidated === undefined ? {} : { liquidated }),
    };
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

interface Liquidations {
  readonly of: LiquidatedIn<unknown>;
  readonly part: Part<unknown>;
}

/** The protocols that can tell what liquidations take. */
function liquidationsOf({ frame }: Pick<World, "frame">): readonly Liquidations[] {
  return [...frame.protocols.values()].flatMap(({ bound: { liquidated: of }, part }) =>
    of === undefined ? [] : [{ of, part }],
  );
}

/** US dollars. */
async function liquidatedIn(
  { inclusions, state: { observation, prices } }: MinedBlock,
  liquidations: readonly Liquidations[],
  { executor }: Pick<World, "executor">,
): Promise<number> {
  let total = 0;
  for (const receipt of await executor.receipts(inclusions)) {
    if (receipt?.success !== true) continue;
    for (const log of receipt.logs) {
      for (const { of, part } of liquidations) {
        const taken = of(log, observation.get(part));
        const price = taken?.token.asset === undefined ? undefined : prices.get(taken.token.asset);
        if (taken !== undefined && price !== undefined) total += wholeUnits(taken.amount, taken.token.decimals) * price;
      }
    }
  }
  return total;
}

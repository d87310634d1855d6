import type { SkippedFunction } from "../../target/actions.js";
import type { Untold } from "../world/untold.js";
import type { World } from "../world/world.js";

import { movesOf } from "../world/catalogue.js";
import { isAllTold } from "../world/untold.js";

import { subjectsOf } from "./subjects.js";

/**
 * What a campaign's counts are read by: who may call what, and what the campaign is about. Plain data, so that the counts of
 * several machines can be judged where there is no world.
 */
export interface Facts {
  /** The target's name. */
  readonly target: string;
  /** In the scenario's order, with the names of the moves that each is offered. */
  readonly agents: readonly { readonly agent: string; readonly offered: readonly string[] }[];
  /** Functions of the target that are never called, and why. */
  readonly skipped: readonly SkippedFunction[];
  /** How many questions to views of the contracts were not asked. */
  readonly unasked: number;
  /** What else they did not say, and of which that is. Default, as in records of earlier versions: nothing is known of it. */
  readonly untold?: Untold | undefined;
  /** The ids of the conditions, in the scenario's order. */
  readonly conditions: readonly string[];
  /** See `Subjects`: lower-case addresses. */
  readonly targets: readonly string[];
  readonly read: readonly string[];
  /** What stands before the dot in the names of the targets' functions. */
  readonly owners: readonly string[];
  /** Names of those contracts. */
  readonly names: readonly { readonly address: string; readonly name: string }[];
  /** Foundry cheatcodes that contracts need. */
  readonly cheatcodes: readonly string[];
}

/** The facts of a world. */
export function factsOf(world: World): Facts {
  const { scenario, catalogue, target, skipped, untold, conditions, names, cheatcodes } = world;
  const { targets, read, all, owners } = subjectsOf(world);
  return {
    target: target.name,
    agents: [...scenario.agents].map(([agent, definition]) => ({
      agent,
      offered: movesOf(definition, catalogue).map(({ name }) => name),
    })),
    skipped,
    unasked: untold.questions.reduce((sum, { count }) => sum + count, 0),
    ...(isAllTold(untold) ? {} : { untold }),
    conditions: conditions.map(({ bound: { id } }) => id),
    targets: [...targets],
    read: [...read],
    owners: [...owners],
    names: [...all].flatMap((address) => {
      const name = names.get(address);
      return name === undefined ? [] : [{ address, name }];
    }),
    cheatcodes: [...new Set(cheatcodes.flatMap((user) => user.cheatcodes))],
  };
}

/** Whether a function with this name is a target's. */
export function isOfTarget({ owners }: Pick<Facts, "owners">, called: string): boolean {
  return owners.includes(ownerOf(called));
}

/** `pool` of `pool.swap`, `target` of `target.set(uint256)`. */
function ownerOf(called: string): string {
  const open = called.indexOf("(");
  return called.slice(0, Math.max(0, called.lastIndexOf(".", open === -1 ? undefined : open)));
}

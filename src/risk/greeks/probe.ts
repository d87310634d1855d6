import type { AbiFunction, Address } from "viem";

import type { GenomeWatcher } from "../../engine/run/player.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { GreeksOutput } from "./greeks-options.js";

import { defineCondition } from "../../conditions/condition.js";
import { oneOf, SiegeError } from "../../errors.js";
import { attempt, map, read } from "../../protocols/read-plan.js";

/** The condition that reads the number. */
const NAME = "greeks";

/** A scenario whose output is recorded after every block of a run. */
export interface Probe {
  readonly scenario: Scenario;
  /** To be passed to the player. */
  readonly watcher: Pick<GenomeWatcher, "judged">;
  /** What the output was after each block of the run that is being played; `undefined` where it could not be told. */
  readonly values: (number | undefined)[];
}

/**
 * The scenario with its output recorded.
 *
 * @throws SiegeError `UNSUPPORTED_TARGET` if the target has no such function
 */
export function probed(scenario: Scenario, target: ResolvedTarget, output: GreeksOutput): Probe {
  const values: (number | undefined)[] = [];
  if ("margin" in output) {
    const judged: Probe["watcher"]["judged"] = (condition, { margin }) => {
      if (condition === output.margin) values.push(margin);
    };
    return { scenario, watcher: { judged }, values };
  }
  const { reads } = output;
  const plan = typeof reads === "string" ? planOf(reads, target, output.decimals ?? 0) : reads;
  const probe = defineCondition<undefined, number | undefined>({
    id: NAME,
    observe: () => attempt(plan),
    judge: ({ reading }) => {
      values.push(reading);
      return undefined;
    },
  });
  return { scenario: { ...scenario, conditions: [...scenario.conditions, probe] }, watcher: {}, values };
}

/** What an output is called: `least margin of noBadDebt`, `totalAssets`. */
export function outputName(output: GreeksOutput): string {
  if ("margin" in output) return `least margin of ${output.margin}`;
  return typeof output.reads === "string" ? output.reads : "what is read";
}

function planOf(name: string, { name: target, address, abi }: ResolvedTarget, decimals: number): ReadPlan<number> {
  const numbers = abi.filter(
    (item): item is AbiFunction =>
      item.type === "function" &&
      item.inputs.length === 0 &&
      (item.stateMutability === "view" || item.stateMutability === "pure") &&
      item.outputs.length === 1 &&
      /^u?int/.test(item.outputs[0]?.type ?? ""),
  );
  const found = numbers.find((item) => item.name === name);
  if (found === undefined) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `greeks: ${target} has no view ${name}() without arguments that returns a number.`,
      hint: oneOf(
        numbers.map((item) => item.name),
        "Read it with a plan: { reads: map(read({ address, abi, functionName, args }), Number) }.",
      ),
    });
  }
  return map(answerOf(address, found), (answer) => Number(answer) / 10 ** decimals);
}

function answerOf(address: Address, item: AbiFunction): ReadPlan<unknown> {
  return read({ address, abi: [item], functionName: item.name });
}

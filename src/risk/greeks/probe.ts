import type { AbiFunction, Address } from "viem";

import type { SeriesOf } from "../../engine/run/series.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { GreeksOutput } from "./greeks-options.js";

import { defineCondition } from "../../conditions/condition.js";
import { oneOf, SiegeError } from "../../errors.js";
import { attempt, map, read } from "../../protocols/read-plan.js";

/** The condition that reads the number. */
const NAME = "greeks";

/** A scenario whose output is told after every block of a run. */
export interface Probe {
  readonly scenario: Scenario;
  readonly series: SeriesOf;
}

/**
 * The scenario with its output read.
 *
 * @throws SiegeError `UNSUPPORTED_TARGET` if the target has no such function
 */
export function probed(scenario: Scenario, target: ResolvedTarget, output: GreeksOutput): Probe {
  if ("margin" in output) return { scenario, series: { condition: output.margin, number: "margin" } };
  const { reads } = output;
  const plan = typeof reads === "string" ? planOf(reads, target, output.decimals ?? 0) : reads;
  const probe = defineCondition<undefined, number | undefined>({
    id: NAME,
    observe: () => attempt(plan),
    // it holds always; it is there to be read
    judge: () => undefined,
  });
  return {
    scenario: { ...scenario, conditions: [...scenario.conditions, probe] },
    series: { condition: NAME, number: "reading" },
  };
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

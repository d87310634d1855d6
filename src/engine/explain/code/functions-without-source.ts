import type { AbiFunction } from "viem";

import type { TracedCall } from "../../chain/traces.js";
import type { World } from "../../world/world.js";
import type { ComparedPoint } from "./compared-point.js";
import type { Profiled } from "./play-profile.js";

import { selectorOf } from "../../../protocols/call.js";
import { addressKey } from "../../../quantity/address.js";
import { functionsOf } from "../../../target/functions.js";

import { ochiai, rounded } from "./spectrum.js";

/**
 * The functions of the contracts under siege that a failing run calls, the most suspicious first: all that there is to see of code
 * without source. Of those with the same coefficient, later calls come first.
 *
 * @param called - the functions that the steps call, whose names are known
 */
export function functionsWithoutSource(
  { names, target }: Pick<World, "names" | "target">,
  called: readonly AbiFunction[],
  failing: Profiled,
  survivors: readonly Profiled[],
): readonly ComparedPoint[] {
  const functions = new Map([...called, ...functionsOf(target.abi)].map((item) => [selectorOf(item), item.name]));
  const calledIn = survivors.map(({ calls }) => new Set(calls.filter((call) => !call.isUndone).map(keyOf)));
  const own = new Map(failing.calls.filter((call) => !call.isUndone).map((call) => [keyOf(call), call]));
  return [...own.entries()]
    .flatMap(([key, { to, selector }], order) => {
      const contract = names.get(addressKey(to));
      if (contract === undefined) return [];
      const inSurvivors = calledIn.map((called) => called.has(key));
      return [{ contract, name: functions.get(selector) ?? selector, inSurvivors, score: ochiai(inSurvivors), order }];
    })
    .sort((one, other) => other.score - one.score || other.order - one.order)
    .map(({ contract, name, inSurvivors, score }) => ({
      differs: inSurvivors.map((isThere) => !isThere),
      point: {
        contract,
        function: name,
        score: rounded(score),
        survivors: { executing: inSurvivors.filter(Boolean).length, of: inSurvivors.length },
      },
    }));
}

function keyOf({ to, selector }: TracedCall): string {
  return `${addressKey(to)}:${selector}`;
}

import type { AbiFunction, Hex } from "viem";

import type { ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { ResolvedTarget, Target } from "../target/target.js";
import type { Condition } from "./condition.js";

import { SiegeError } from "../errors.js";
import { list, map, simulate } from "../protocols/read-plan.js";
import { functionsOf, numberIn, readCall } from "../target/functions.js";
import { resolveTarget } from "../target/target.js";

import { defineCondition } from "./condition.js";
import { eachFirst } from "./failure.js";
import { revertReason } from "./revert-reason.js";

const ID = "invariants";

/** The prefixes that Foundry, Medusa and Echidna use. */
const PREFIXES = ["invariant_", "property_", "echidna_"];

/** A function that reverts or returns false. */
interface Failure {
  readonly name: string;
  /** `undefined`: it returned false */
  readonly reverted: Hex | undefined;
}

/**
 * Every zero-argument function of a contract whose name starts with `invariant_`, `property_` or `echidna_` holds: it
 * neither reverts nor returns false. Each is called in a simulation of its own, so it may change state; no change
 * persists. A failure that is only recorded (a `failed` flag, an event) goes unnoticed: revert or return false.
 *
 * @param contract - a deployed contract that queries the target: a viem contract, an ethers contract, or `{ address, abi }`
 * @throws SiegeError `INVALID_TARGET`; `UNSUPPORTED_TARGET` if it has no such function; when the scenario is bound,
 * `NO_CODE`
 * @example `invariants(await viem.deployContract("VaultInvariants", [vault.address]))`
 */
export function invariants(contract: Target): Condition {
  const resolved = resolveTarget(contract, "the contract of invariants");
  const { address, abi } = resolved;
  const functions = invariantsOf(resolved);
  return defineCondition<undefined, readonly Failure[]>({
    id: ID,
    inspect: async ({ hasCode }) => {
      if (await hasCode(address)) return undefined;
      throw new SiegeError("NO_CODE", {
        message: `There is no contract at ${address}, where ${functions.map(({ name }) => name).join(", ")} should be.`,
        hint: "Deploy it on this connection before the siege.",
      });
    },
    observe: () => failuresPlan(resolved, functions),
    onChain: ({ reading }) => ({
      kind: "checks",
      says: "every invariant holds",
      checks: functions.map((item) => ({
        to: address,
        function: item,
        failed: reading.some(({ name }) => name === item.name),
      })),
    }),
    judge: ({ reading, target }) => {
      const others = reading.length === 1 ? "" : `, and ${reading.length - 1} more`;
      const shown = ({ reverted }: Failure): string =>
        // errors of the target may bubble up
        reverted === undefined
          ? "returned false"
          : `reverted: ${revertReason(reverted, { ...target, abi: [...abi, ...target.abi] })}`;
      return eachFirst(reading).map((failures) => ({
        cause: `${failures[0].name}()`,
        summary: `${failures[0].name}() ${shown(failures[0])}${others}`,
        quantities: failures.map((failure) => {
          const of = `${failure.name}()`;
          return { kind: "invariant", of, label: of, text: shown(failure) };
        }),
      }));
    },
  });
}

function invariantsOf({ abi, name }: ResolvedTarget): readonly AbiFunction[] {
  const functions = functionsOf(abi);
  const found = functions.filter(
    (item) => item.inputs.length === 0 && PREFIXES.some((prefix) => item.name.startsWith(prefix)),
  );
  if (found.length > 0) return found;
  const names = [...new Set(functions.map((item) => `${item.name}(${item.inputs.map(({ type }) => type).join(",")})`))];
  throw new SiegeError("UNSUPPORTED_TARGET", {
    message: `${ID} found no zero-argument function named ${PREFIXES.map((prefix) => `${prefix}*`).join(", ")} in ${name}.`,
    hint: names.length === 0 ? "Its ABI has no functions." : `Its functions are: ${names.join(", ")}.`,
  });
}

function failuresPlan({ address }: ResolvedTarget, functions: readonly AbiFunction[]): ReadPlan<readonly Failure[]> {
  const plan = list(functions.map((item) => simulate([readCall(address, item, [])])));
  return map(plan, (groups) =>
    functions.flatMap((item, index) => {
      const failure = failureIn(item, groups[index]?.[0]);
      return failure === undefined ? [] : [failure];
    }),
  );
}

function failureIn(item: AbiFunction, result: ReadResult | undefined): Failure | undefined {
  if (result === undefined) return undefined;
  if (!result.success) return { name: item.name, reverted: result.data };
  const isFalse = item.outputs[0]?.type === "bool" && numberIn(result) === 0n;
  return isFalse ? { name: item.name, reverted: undefined } : undefined;
}

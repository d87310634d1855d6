import type { Abi, AbiFunction, AbiParameter, Hex } from "viem";

import { toEventSelector } from "viem";

import { isView } from "./functions.js";

/**
 * What a contract emits that returns an error code instead of reverting: `error`, `info`, `detail`.
 *
 * @see https://github.com/compound-finance/compound-protocol/blob/v2.8.1/contracts/ErrorReporter.sol
 */
export const FAILURE_TOPIC: Hex = toEventSelector("event Failure(uint256 error, uint256 info, uint256 detail)");

/** Whether a contract says that a call failed by returning a code: its ABI has the event, or its code names it. */
export function returnsErrorCodes({ abi, codes }: { readonly abi: Abi; readonly codes: readonly Hex[] }): boolean {
  return (
    abi.some((item) => item.type === "event" && toEventSelector(item) === FAILURE_TOPIC) ||
    codes.some((code) => code.includes(FAILURE_TOPIC.slice(2)))
  );
}

/** A name that says what an unnamed number of such a contract is. */
const CODE_NAME = /^(|_?err(or)?(_?code)?_?)$/i;

/** The first word of a list, behind its offset and its length. */
const FIRST_OF_LIST = 2;

/**
 * Which word of its return data is an error code, of a function of a contract that {@link returnsErrorCodes}: a number alone, or the
 * first of a list, without a name. `undefined` if none is. Other numbers that such functions return are no codes, but too large to be
 * taken for one.
 */
export function errorCodeOf(item: AbiFunction): number | undefined {
  const [output, ...others] = item.outputs;
  if (output === undefined || others.length > 0 || isView(item) || !isNamedLikeCode(output)) return undefined;
  if (output.type === "uint256") return 0;
  return output.type === "uint256[]" ? FIRST_OF_LIST : undefined;
}

function isNamedLikeCode({ name = "" }: AbiParameter): boolean {
  return CODE_NAME.test(name);
}

import type { Abi, AbiFunction, AbiParameter, Address, ContractFunctionArgs, ContractFunctionName, Hex } from "viem";

import { concatHex, encodeAbiParameters, getAbiItem, toFunctionSelector } from "viem";

import { SiegeError } from "../errors.js";

import { plainArguments } from "./plain-arguments.js";

/**
 * A contract call as an agent means it: decoded, so that a reproduction can print its arguments and the minimiser
 * can reduce its amounts.
 */
export interface ContractCall {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  /** wei sent with the call */
  readonly value?: bigint;
  /**
   * Calls that this one makes, in order: they are the function's last argument, a list of `(to, value, data)`, which
   * `args` leaves out. Kept decoded, so that they can be printed and reduced like any other.
   */
  readonly inner?: readonly ContractCall[];
}

/**
 * Describes a call of a state-changing function.
 *
 * @throws SiegeError `INVALID_INTENT` if the ABI does not have the function.
 * @example
 * ```ts
 * submit(call({ address: vault, abi, functionName: "deposit", args: [10n ** 18n, self.address] }));
 * ```
 */
export function call<
  const abi extends Abi,
  name extends ContractFunctionName<abi, "nonpayable" | "payable">,
>(parameters: {
  readonly address: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args?: ContractFunctionArgs<abi, "nonpayable" | "payable", name>;
  readonly value?: bigint;
}): ContractCall {
  const args = (parameters.args ?? []) as readonly unknown[];
  // viem resolves overloads by the arguments; inside a generic function its types do not resolve, so they are widened
  const abi: Abi = parameters.abi;
  const name: string = parameters.functionName;
  const item = getAbiItem({ abi, name, args });
  if (item?.type !== "function") {
    throw new SiegeError("INVALID_INTENT", {
      message: `The ABI given for ${parameters.address} has no function "${name}".`,
      hint: "Pass an ABI that contains the function.",
    });
  }
  return {
    to: parameters.address,
    function: item,
    args,
    ...(parameters.value === undefined ? {} : { value: parameters.value }),
  };
}

const encodings = new WeakMap<ContractCall, Hex>();
const selectors = new WeakMap<AbiFunction, Hex>();

/** The calldata of a call. Cached: a call is checked when it is submitted, and encoded again when it is executed. */
export function encodeCall(contractCall: ContractCall): Hex {
  const known = encodings.get(contractCall);
  if (known !== undefined) return known;
  const { function: item, args, inner } = contractCall;
  const made = inner?.map((one) => ({ to: one.to, value: one.value ?? 0n, data: encodeCall(one) }));
  const values = made === undefined ? args : [...args, made];
  const plain = plainArguments(item, values);
  const data =
    plain === undefined
      ? concatHex([selectorOf(item), encodeAbiParameters(item.inputs.map(asEncoded), values)])
      : (`${selectorOf(item)}${plain}` as const);
  encodings.set(contractCall, data);
  return data;
}

/** The name of what is called without a function, that is, without calldata: a plain transfer of native coin. */
export const PLAIN: Hex = "0x";

/** A function without a known name, which is called by its selector: recovered from bytecode, for example; or {@link PLAIN}. */
const UNNAMED = /^0x([0-9a-f]{8})?$/;

/** The selector of a function: a hash of its signature, so it is worth caching; or its name, if that is a selector. */
export function selectorOf(item: AbiFunction): Hex {
  const known = selectors.get(item);
  if (known !== undefined) return known;
  // no identifier of Solidity or Vyper begins with a digit
  const selector = UNNAMED.test(item.name) ? (item.name as Hex) : toFunctionSelector(item);
  selectors.set(item, selector);
  return selector;
}

/**
 * A parameter with the types that its values are encoded as: Solidity's `function` is an address and a selector, encoded
 * like `bytes24`, which viem does not know.
 *
 * @see https://docs.soliditylang.org/en/latest/abi-spec.html#types
 */
function asEncoded(parameter: AbiParameter): AbiParameter {
  if ("components" in parameter) return { ...parameter, components: parameter.components.map(asEncoded) };
  return parameter.type.startsWith("function")
    ? { ...parameter, type: parameter.type.replace("function", "bytes24") }
    : parameter;
}

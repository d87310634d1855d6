import type { AbiParameter } from "viem";

import type { OpenAmount, Way } from "../../protocols/open-amount.js";
import type { InnerCall } from "./surroundings.js";

import { namesAccount } from "../../protocols/beneficiary.js";
import { changedAt } from "../../protocols/open-amount.js";

import { elementOf } from "./element.js";

/** What is sent along with a call in an argument. */
const VALUE = /^_?(msg)?(value|wei|eth|ether|callvalue)s?$/i;

/** Beside a call, these are no accounts. */
const CALLEE = /^_?(to|dest|destination|callee)s?$/i;

/** Arguments of a call, with what is left open of them. */
interface Made {
  readonly args: readonly unknown[];
  readonly open: readonly OpenAmount[];
}

/**
 * Arguments with calls among them, which go where their functions are: `execute(target, value, data)` and its like, in structs and
 * lists as well. The address is that of the contract whose function the data calls, and no coin goes along with a function that
 * takes none.
 */
export function addressed(inputs: readonly AbiParameter[], made: Made, inner: readonly InnerCall[]): Made {
  return inner.reduce((before, one) => withTarget(inputs, before, one), made);
}

function withTarget(inputs: readonly AbiParameter[], { args, open }: Made, { way, to, item }: InnerCall): Made {
  const { place, at, rest } = aroundOf(inputs, way);
  const siblings = parametersAt(inputs, place);
  const near = [...siblings.entries()].sort(([a], [b]) => Math.abs(a - at) - Math.abs(b - at));
  const find = (type: RegExp, is: (parameter: AbiParameter) => boolean): Way | undefined => {
    const found = near.find(([, one]) => type.test(one.type) && one.type.endsWith("]") === rest.length > 0 && is(one));
    return found === undefined ? undefined : [...place, keyOf(siblings, found[0], place), ...rest];
  };
  const target = find(/^address(\[\d*\])?$/, (one) => !namesAccount(one) || CALLEE.test(one.name ?? ""));
  const value = find(/^uint\d*(\[\d*\])?$/, ({ name = "" }) => VALUE.test(name));
  const isFree = item.stateMutability !== "payable" && value !== undefined && exists(args, value);
  const named = target === undefined || !exists(args, target) ? args : changedAt(args, target, () => to);
  return {
    args: (isFree ? changedAt(named, value, zeroOf) : named) as readonly unknown[],
    open: isFree ? open.filter((amount) => !isSame(amount.way, value)) : open,
  };
}

/** viem takes integers of up to 48 bits as numbers. */
function zeroOf(value: unknown): unknown {
  return typeof value === "number" ? 0 : 0n;
}

/** The struct or the list of arguments that a call stands in, its place there, and what leads from there to it. */
function aroundOf(
  inputs: readonly AbiParameter[],
  way: Way,
): { readonly place: Way; readonly at: number; readonly rest: Way } {
  const isItem = typeof way.at(-1) === "number" && way.length > 1 && isList(inputs, way.slice(0, -1));
  const rest = isItem ? way.slice(-1) : [];
  const own = isItem ? way.slice(0, -1) : way;
  const place = own.slice(0, -1);
  const key = own.at(-1);
  const at = typeof key === "number" ? key : parametersAt(inputs, place).findIndex(({ name }) => name === key);
  return { place, at, rest };
}

function isList(inputs: readonly AbiParameter[], way: Way): boolean {
  const own = parameterOf(parametersAt(inputs, way.slice(0, -1)), way.at(-1));
  return own !== undefined && elementOf(own) !== undefined;
}

/** The parameters of the function, or of the struct at a place. */
function parametersAt(inputs: readonly AbiParameter[], way: Way): readonly AbiParameter[] {
  let parameters = inputs;
  let element: AbiParameter | undefined;
  for (const key of way) {
    const own: AbiParameter | undefined = element ?? parameterOf(parameters, key);
    if (own === undefined) return [];
    const list: AbiParameter | undefined = element === undefined ? own : undefined;
    const item = list === undefined ? undefined : elementOf(list)?.parameter;
    if (item !== undefined) {
      // the next key is an index into it
      element = item;
      continue;
    }
    element = undefined;
    parameters = componentsOf(own);
  }
  return element === undefined ? parameters : componentsOf(element);
}

function parameterOf(parameters: readonly AbiParameter[], key: number | string | undefined): AbiParameter | undefined {
  return typeof key === "number" ? parameters[key] : parameters.find(({ name }) => name === key);
}

function componentsOf(parameter: AbiParameter): readonly AbiParameter[] {
  return "components" in parameter ? parameter.components : [];
}

/** How a struct's values are addressed: by name where all have one. */
function keyOf(parameters: readonly AbiParameter[], at: number, place: Way): number | string {
  const isNamed = place.length > 0 && parameters.every(({ name }) => name !== undefined && name !== "");
  return isNamed ? (parameters[at]?.name ?? at) : at;
}

function exists(value: unknown, way: Way): boolean {
  let at: unknown = value;
  for (const key of way) {
    if (typeof at !== "object" || at === null || !(key in at)) return false;
    at = (at as Readonly<Record<number | string, unknown>>)[key];
  }
  return true;
}

function isSame(one: Way, other: Way): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

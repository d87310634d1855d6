import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, ContractFunctionReturnType, Hex } from "viem";

import { decodeFunctionResult, encodeFunctionData } from "viem";

import { SiegeError } from "../errors.js";

/**
 * One call of a batched read. With `from`, the call is made from that account and may change state
 * for the calls after it in the same group; none of it outlives the read.
 */
export interface ReadCall {
  readonly to: Address;
  readonly data: Hex;
  readonly from?: Address;
  /** The most gas that it may take, of a call without `from`; at most 1,024 bytes of its result are read then. Default: no limit. */
  readonly gas?: number;
  /** Overwrites 32 bytes of `data` with the first word returned by an earlier call of the same group. */
  readonly splice?: {
    /** Index of the earlier call in its group. */
    readonly from: number;
    /** Offset of the word in `data`, in bytes: 4 for the first argument. */
    readonly offset: number;
  };
}

/** The result of one call of a batched read. */
export interface ReadResult {
  readonly success: boolean;
  readonly data: Hex;
}

/**
 * A description of what to read and how to decode it, as data. Plans are built once, when a scenario is
 * bound to a world; the engine folds all of them into one `eth_call` per block.
 *
 * `groups`: each group of calls runs on its own copy of the state, in order; groups cannot see each
 * other's changes. Plain reads share one group.
 */
export interface ReadPlan<T> {
  /** Plain reads. */
  readonly calls: readonly ReadCall[];
  /** Simulations: each a list of calls that see each other's effects and no others. */
  readonly simulations: readonly (readonly ReadCall[])[];
  /** Turns the results (in the order of `calls` and `simulations`) into a value. Pure. */
  decode(results: readonly ReadResult[], simulations: readonly (readonly ReadResult[])[]): T;
}

/** A call to a typed contract function. */
export interface ContractReadParameters<
  abi extends Abi,
  name extends ContractFunctionName<abi, "view" | "pure">,
  args extends ContractFunctionArgs<abi, "view" | "pure", name>,
> {
  readonly address: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args?: args;
}

/**
 * Reads one view function.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` while decoding, if the call reverted or returned data that
 * is not of the function's return type. Use {@link attempt} where that is a legitimate result.
 */
export function read<
  const abi extends Abi,
  name extends ContractFunctionName<abi, "view" | "pure">,
  const args extends ContractFunctionArgs<abi, "view" | "pure", name>,
>(
  parameters: ContractReadParameters<abi, name, args>,
): ReadPlan<ContractFunctionReturnType<abi, "view" | "pure", name, args>> {
  const { address, abi, functionName } = parameters;
  // viem's conditional types do not resolve inside a generic function; the public signature above is what is checked
  const call = { abi: abi as Abi, functionName: functionName as string, args: (parameters.args ?? []) as unknown[] };
  const data = encodeFunctionData(call);
  return {
    calls: [{ to: address, data }],
    simulations: [],
    decode: ([result]) => {
      if (result?.success !== true || result.data === "0x") {
        throw new SiegeError("UNSUPPORTED_PROTOCOL", {
          message: `${functionName}() of ${address} ${result?.success === true ? "returned nothing" : "reverted"}.`,
          hint: "Check that the address is the intended contract and that it has this function at the fork block.",
        });
      }
      return decodeFunctionResult({ ...call, data: result.data }) as ContractFunctionReturnType<
        abi,
        "view" | "pure",
        name,
        args
      >;
    },
  };
}

/** The same plan, yielding `undefined` where one of its calls reverts or cannot be decoded. */
export function attempt<T>(plan: ReadPlan<T>): ReadPlan<T | undefined> {
  return {
    ...plan,
    decode: (results, simulations) => {
      try {
        return plan.decode(results, simulations);
      } catch {
        return undefined;
      }
    },
  };
}

/** Calls whose raw results are the value, in a group of their own that may change state (see {@link ReadCall.from}). */
export function simulate(calls: readonly ReadCall[]): ReadPlan<readonly ReadResult[]> {
  return {
    calls: [],
    simulations: [calls],
    decode: (_results, simulations) => simulations[0] ?? [],
  };
}

/**
 * The same reads, made after some calls that may change the state, on a copy of their own: for example, what a contract
 * would return once its interest is accrued.
 *
 * @param plan - plain reads only
 */
export function after<T>(first: readonly ReadCall[], plan: ReadPlan<T>): ReadPlan<T> {
  return {
    calls: [],
    simulations: [[...first, ...plan.calls]],
    decode: (_results, [results = []]) => plan.decode(results.slice(first.length), []),
  };
}

/** A plan that reads nothing and yields a constant. */
export function constant<T>(value: T): ReadPlan<T> {
  return { calls: [], simulations: [], decode: () => value };
}

/** A record of plans as one plan for the record of their values. */
export function all<const T extends Readonly<Record<string, ReadPlan<unknown>>>>(
  plans: T,
): ReadPlan<{ readonly [K in keyof T]: T[K] extends ReadPlan<infer V> ? V : never }> {
  const names = Object.keys(plans);
  const joined = list(Object.values(plans));
  return map(
    joined,
    (values) =>
      // the keys and the values come from the same record
      Object.fromEntries(names.map((name, index) => [name, values[index]])) as {
        readonly [K in keyof T]: T[K] extends ReadPlan<infer V> ? V : never;
      },
  );
}

/** A list of plans as one plan for the list of their values. */
export function list<T>(plans: readonly ReadPlan<T>[]): ReadPlan<readonly T[]> {
  return {
    calls: plans.flatMap((plan) => plan.calls),
    simulations: plans.flatMap((plan) => plan.simulations),
    decode: (results, simulations) => {
      let call = 0;
      let simulation = 0;
      return plans.map((plan) => {
        const value = plan.decode(
          results.slice(call, call + plan.calls.length),
          simulations.slice(simulation, simulation + plan.simulations.length),
        );
        call += plan.calls.length;
        simulation += plan.simulations.length;
        return value;
      });
    },
  };
}

/** The same reads, with their value transformed. */
export function map<T, U>(plan: ReadPlan<T>, transform: (value: T) => U): ReadPlan<U> {
  return {
    ...plan,
    decode: (results, simulations) => transform(plan.decode(results, simulations)),
  };
}

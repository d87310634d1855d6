import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

/** Sets a parameter by calling its contract, before the siege. */
export interface CallSetter {
  /** The calls that set it to a value, in order: `call({ address, abi, functionName: "setLtv", args: [BigInt(value)] })`. */
  calls(value: number): ContractCall | readonly ContractCall[];
  /**
   * Who makes them. It needs no key and no ether. Default: what `owner()` of the first called contract returns.
   */
  readonly as?: Address;
}

/** Sets a parameter by writing it where its contract keeps it. The other bytes of the slot stay as they are. */
export interface SlotSetter {
  /** The contract. Of a proxy, the proxy. */
  readonly of: Address;
  /** The storage slot, as the compiler's storage layout has it. */
  readonly slot: bigint | Hex;
  /** The first byte within the slot, from the lowest, 0 to 31. Default 0. */
  readonly offset?: number;
  /** How many bytes it takes, 1 to 32. Default: all from `offset` on. */
  readonly bytes?: number;
  /** What is stored for a value, at least 0n. */
  word(value: number): bigint;
}

/** A function that says what of a scenario is different at a value; whatever it leaves out stays as written. */
export type SetterOf<Definition> = (value: number, definition: Definition) => Partial<Definition>;

/**
 * How a parameter is set:
 *
 * - the path of a number in the scenario: `"blockTime"`, `"agents.attacker.capital.USDC"`, `"oracles.ETH.heartbeat"`; in a
 *   preset, of one of its options: `"drop"`;
 * - a function of the scenario;
 * - a call of a contract, as its owner or as another account;
 * - a storage slot.
 */
export type ParameterSetterOf<Definition> = string | SetterOf<Definition> | CallSetter | SlotSetter;

/** A quantity of a scenario, or of a protocol's own configuration, that a run of the tool may set. */
export interface ParameterOf<Definition> {
  /** The least and the greatest value. */
  readonly range: readonly [least: number, most: number];
  /** What its number means, as reports print it after the value: `of the collateral`, `seconds`. */
  readonly unit?: string;
  /** Its values are multiples of this: 1 for whole numbers, 0.0001 for basis points. Default: any number of the range. */
  readonly step?: number;
  readonly set: ParameterSetterOf<Definition>;
  /**
   * Reads the value from the chain. With it, reports say what it was before, and a setter that does not set it is noticed
   * (`PARAMETER_REFUSED`): `map(read({ address, abi, functionName: "ltv" }), (bps) => Number(bps) / 10_000)`.
   */
  readonly reads?: ReadPlan<number>;
  /**
   * Whether campaigns search its values: in some runs, its owner sets it, in a block of the run, to any value of the range. That
   * shrinks towards the present value like any other event of a run. Needs `reads`, and to be set by one call. Default false.
   */
  readonly search?: boolean;
}

/** Values of parameters by name. */
export type ParameterValues = Readonly<Record<string, number>>;

import type { Address } from "viem";

/** A standard by which a contract passes its calls on to the code of another. */
export type ProxyKind =
  /** ERC-1967: the implementation is in a fixed slot; transparent and UUPS proxies are of this kind */
  | "ERC-1967"
  /** ERC-1967 with a beacon, which is asked for the implementation */
  | "beacon"
  /** ERC-1822, the first form of UUPS */
  | "ERC-1822"
  /** OpenZeppelin's proxies before ERC-1967 */
  | "zeppelinos"
  /** ERC-1167: the implementation is part of the code */
  | "minimal clone"
  /** ERC-2535: every function has a facet */
  | "diamond"
  /** of no standard: a call of an unknown function was seen to be passed on */
  | "delegating";

/** A contract whose code a proxy runs. */
export interface Implementation {
  readonly address: Address;
  /** That of the artifact with its code; `undefined` if the project has none. */
  readonly name: string | undefined;
}

/** How a target passes its calls on. */
export interface ProxySource {
  readonly kind: ProxyKind;
  /** One, or the facets of a diamond. */
  readonly implementations: readonly Implementation[];
}

/** Functions that were read from bytecode, which has selectors and arguments but no names. */
export interface RecoveredFunctions {
  readonly functions: number;
  /** How many of them have the selector of a function that the project or a standard names. */
  readonly named: number;
}

/** Where a target's ABI comes from. Plain data. */
export interface TargetSource {
  /**
   * `given`: what the user passed, as it is; `artifact`: completed by the project's artifact with the same code;
   * `recovered`: completed from bytecode.
   */
  readonly kind: "given" | "artifact" | "recovered";
  /** Set if it is a proxy. */
  readonly proxy?: ProxySource;
  /** Set if `kind` is `recovered`. */
  readonly recovered?: RecoveredFunctions;
}

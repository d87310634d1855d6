import type { Abi, Address } from "viem";

import type { Approval } from "./preparation.js";
import type { PlainAbi, Protocol } from "./protocol.js";

import { SiegeError } from "../errors.js";
import { requireAddress, requireKnown, requireText, shown } from "../options.js";

import { defineProtocol } from "./protocol.js";
import { constant } from "./read-plan.js";

/** Options of {@link contract}. */
export interface ContractOptions {
  /** What it is called in a list of targets. Under `protocols`, and in a record of targets, its key names it. */
  readonly name?: string;
}

/** A contract as a protocol without an adapter: it can be listed under `protocols`, or among `targets`. */
export interface PlainContract extends Protocol<undefined> {
  readonly abi: PlainAbi;
  readonly name?: string;
}

const plainContract = defineProtocol<
  PlainAbi,
  { readonly abi: PlainAbi; readonly approvals: readonly Approval[] },
  undefined
>({
  kind: "contract",
  inspect: async ({ assetTokens }, address, abi) => ({
    abi,
    approvals: assetTokens.map((token) => ({ token: token.address, spender: address })),
  }),
  approvals: ({ approvals }) => approvals,
  functions: ({ abi }) => abi,
  observe: () => constant(undefined),
});

/**
 * A contract without an adapter: its state-changing functions are free moves as they stand, `router.swap` of
 * `protocols: { router: contract(address, abi) }`. Their arguments are found like those of the target's functions, agents have
 * approved it for their assets, and its custom errors are named. Nothing of it is read.
 *
 * @param abi - the items of an artifact, or signatures; with none, nothing of it is called
 * @throws SiegeError `INVALID_OPTION`
 * @example `protocols: { router: contract(router.address, router.abi) }`
 */
export function contract(address: Address, abi: Abi | PlainAbi, options: ContractOptions = {}): PlainContract {
  requireAddress("contract", "address", address);
  requireAbi(abi);
  requireKnown("contract", options, ["name"]);
  const { name } = options;
  if (name !== undefined) requireText("contract", "name", name);
  return Object.freeze({ ...plainContract(address, abi), abi, ...(name === undefined ? {} : { name }) });
}

function requireAbi(abi: unknown): void {
  if (Array.isArray(abi)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `contract: "abi" is ${shown(abi)}.`,
    hint: 'Pass the items of the compiled artifact, or signatures: contract(address, ["function swap(uint256 amount)"]).',
  });
}

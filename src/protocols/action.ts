import type { Address } from "viem";

import type { ContractCall } from "./call.js";

/** Who makes a free move, and with what it may work. */
export interface ActionContext<View> {
  readonly view: View;
  readonly self: Address;
  /** `self`'s balance of a token, in base units; 0 for a token that no protocol or asset names. */
  readonly balance: (token: Address, account?: Address) => bigint;
  /** Accounts by name: agents, target, and those the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  /** Contracts of the protocols by name: `pool`, `pool router`. */
  readonly contracts: ReadonlyMap<string, Address>;
}

/**
 * Something an agent can do with a protocol, as the search sees it: a few operands, each a fraction
 * from 0 to 1,000,000 (parts per million) that `build` resolves against the state of that moment.
 */
export interface Action<View> {
  /** Unique within the protocol; the scenario prefixes it with the protocol's name: `pool.swap`. */
  readonly name: string;
  /** How many operands `build` takes. */
  readonly operands: number;
  /** Whether an ordinary user of the protocol does this; retail agents only draw from these. */
  readonly ordinary: boolean;
  /** The call, or `undefined` where the move makes no sense now (nothing to sell, say). */
  build(operands: readonly number[], context: ActionContext<View>): ContractCall | undefined;
}

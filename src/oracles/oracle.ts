import type { Address } from "viem";

import type { ContractCall } from "../protocols/call.js";

/** How a price feed follows the fair price. */
export interface OracleModel {
  /** The scenario's asset whose fair price it publishes. */
  readonly asset: string;
  /** The feed's name; default: the asset's. An asset with several feeds has one without a name at most. */
  readonly name?: string;
  /** A published price is the fair price of that many blocks ago. */
  readonly latencyBlocks: number;
  /** Publishes when the price moved by at least this fraction since the last round (0.005 = 0.5 %). */
  readonly deviation: number;
  /** Publishes at the latest after this many seconds. */
  readonly heartbeat: number;
}

/** A round that an oracle publishes: the calls that do it, and from whom they come. */
export interface Publication {
  readonly from: Address;
  readonly call: ContractCall;
}

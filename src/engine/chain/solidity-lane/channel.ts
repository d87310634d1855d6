import type { Address, Hex } from "viem";

/** What a lane in the Solidity test runner forks, and the rules it follows. */
export interface LaneChannelParameters {
  /** The URL that serves the state. */
  readonly url: string;
  readonly hardfork: string;
  /** The block whose state is forked. */
  readonly blockNumber: number;
  readonly builder: Address;
}

/** A contract that carries out commands in a Solidity test, see contracts/Lane.sol. */
export interface LaneChannel {
  /**
   * Sends a command. Several may be under way; they are carried out in their order.
   *
   * @throws SiegeError `RPC_FAILED` if the test has ended
   */
  ask(command: Hex): Promise<Hex>;
  /** Ends the test. */
  close(): Promise<void>;
}

/**
 * Starts such a test. The engine is given this function, so that it does not depend on what executes blocks.
 *
 * @throws SiegeError `RPC_FAILED` if there is no way to start one here
 */
export type OpenLaneChannel = (parameters: LaneChannelParameters) => Promise<LaneChannel>;

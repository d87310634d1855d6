import type { Address, Hex } from "viem";

import type { LensReader } from "../../../engine/chain/lens-reader.js";
import type { NodeRequest } from "../../flow/contract-reader.js";
import type { Governing } from "./governing.js";

import { getAddress, parseAbi, slice, toEventSelector, zeroAddress } from "viem";

import { SiegeError } from "../../../errors.js";
import { votesAbi } from "../../../protocols/governor/abi.js";
import { all, attempt, read } from "../../../protocols/read-plan.js";
import { distinctAddresses } from "../../../quantity/address.js";
import { logRanges } from "../../flow/node-logs.js";

/** Whose first indexed argument has, or had, votes: of ERC20Votes and Comp, of XVSVault, and of both kinds of governors. */
const TOPICS = [
  "event DelegateVotesChanged(address,uint256,uint256)",
  "event DelegateVotesChangedV2(address,uint256,uint256)",
  "event VoteCast(address,uint256,uint8,uint256,string)",
].map(toEventSelector);

/** Blocks that are looked through: two weeks of mainnet. */
const MOST_BLOCKS = 100_000;

const balanceAbi = parseAbi(["function balanceOf(address account) view returns (uint256)"]);

/** Accounts that may have votes. */
export interface Known {
  readonly accounts: readonly Address[];
  /** Why there may be more that are not known. */
  readonly lack?: string;
}

/** Accounts that recent events of a governor and its token name as voters or delegates. A node that does not tell is no fault of the proposal. */
export async function votersInEvents(
  { governor, token }: Pick<Governing, "governor" | "token">,
  latest: number,
  request: NodeRequest,
): Promise<Known> {
  const accounts: Address[] = [];
  const range = [Math.max(0, latest - MOST_BLOCKS), latest] as const;
  try {
    // the connection itself waits for its endpoint
    const ranges = logRanges(request, { addresses: [governor, token], topics: TOPICS, range }, () => Promise.resolve());
    for await (const { logs } of ranges) {
      for (const { topics } of logs) {
        const account = Array.isArray(topics) ? (topics[1] as Hex | undefined) : undefined;
        if (account?.length === 66) accounts.push(getAddress(slice(account, 12)));
      }
    }
  } catch (error) {
    if (!SiegeError.isSiegeError(error)) throw error;
    return { accounts: distinctAddresses(accounts), lack: `events could not be read: ${error.summary}` };
  }
  return { accounts: distinctAddresses(accounts) };
}

/** Whether an account has tokens whose votes it has never delegated: it can delegate them to itself. */
export async function canDelegate(reader: LensReader, token: Address, account: Address): Promise<boolean> {
  const { balance, delegate } = await reader.read(
    all({
      balance: attempt(read({ address: token, abi: balanceAbi, functionName: "balanceOf", args: [account] })),
      delegate: attempt(read({ address: token, abi: votesAbi, functionName: "delegates", args: [account] })),
    }),
  );
  return (balance ?? 0n) > 0n && delegate === zeroAddress;
}

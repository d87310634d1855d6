import type { Address, Hex } from "viem";

import type { StoredProposal } from "../../../risk/proposal/proposal.js";
import type { Governing, Looking } from "./governing.js";

import { concatHex, keccak256, parseAbi, stringToHex, zeroAddress } from "viem";

import { call, selectorOf } from "../../../protocols/call.js";
import { governorAbi } from "../../../protocols/governor/abi.js";
import { all, attempt, read } from "../../../protocols/read-plan.js";
import { functionOf } from "../../../risk/proposal/decode-call.js";

import { STATES } from "./governing.js";

// https://docs.openzeppelin.com/contracts/5.x/api/governance: what passing a proposal takes besides
const abi = parseAbi([
  "function COUNTING_MODE() view returns (string)",
  "function getVotes(address account, uint256 timepoint) view returns (uint256)",
  "function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns (uint256)",
  "function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns (uint256)",
]);

/** OpenZeppelin's Governor at an address, from version 4 on; `undefined` if there is none. */
export async function openZeppelin({ reader, governor }: Looking): Promise<Governing | undefined> {
  const of = { address: governor, abi: governorAbi } as const;
  const found = await reader.read(
    all({
      counting: attempt(read({ address: governor, abi, functionName: "COUNTING_MODE" })),
      mode: attempt(read({ ...of, functionName: "CLOCK_MODE" })),
      token: attempt(read({ ...of, functionName: "token" })),
      timelock: attempt(read({ ...of, functionName: "timelock" })),
      threshold: attempt(read({ ...of, functionName: "proposalThreshold" })),
    }),
  );
  const { counting, token, timelock, threshold = 0n, mode } = found;
  if (counting === undefined || token === undefined) return undefined;
  const withAbstentions = counting.includes("abstain");
  const args = (stored: StoredProposal) =>
    [stored.targets, stored.values, calldatasOf(stored), keccak256(stringToHex(stored.description))] as const;
  // governors that count their proposals have both functions
  const idOf = async (stored: StoredProposal): Promise<bigint | undefined> =>
    (await reader.read(attempt(read({ address: governor, abi, functionName: "getProposalId", args: args(stored) })))) ??
    reader.read(attempt(read({ address: governor, abi, functionName: "hashProposal", args: args(stored) })));
  return {
    kind: "OpenZeppelin Governor",
    governor,
    token,
    ...(timelock === undefined || timelock === zeroAddress ? {} : { timelock }),
    clock: mode?.includes("timestamp") === true ? "seconds" : "blocks",
    threshold,
    votesAt: async (account: Address, time) =>
      (await reader.read(attempt(read({ address: governor, abi, functionName: "getVotes", args: [account, time] })))) ??
      0n,
    quorumAt: (time) => reader.read(read({ ...of, functionName: "quorum", args: [time] })),
    hasVoted: (id, account) => reader.read(read({ ...of, functionName: "hasVoted", args: [id, account] })),
    voted: async (id) => {
      const { state, snapshot, deadline, eta, votes } = await reader.read(
        all({
          state: attempt(read({ ...of, functionName: "state", args: [id] })),
          snapshot: attempt(read({ ...of, functionName: "proposalSnapshot", args: [id] })),
          deadline: attempt(read({ ...of, functionName: "proposalDeadline", args: [id] })),
          eta: attempt(read({ ...of, functionName: "proposalEta", args: [id] })),
          votes: attempt(read({ ...of, functionName: "proposalVotes", args: [id] })),
        }),
      );
      const name = state === undefined ? undefined : STATES[state];
      if (name === undefined || snapshot === undefined || deadline === undefined) return undefined;
      const [votesAgainst, votesFor, abstained] = votes ?? [0n, 0n, 0n];
      const counted = votesFor + (withAbstentions ? abstained : 0n);
      return { state: name, snapshot, deadline, eta: eta ?? 0n, votesFor, votesAgainst, counted };
    },
    idOf,
    isOf: async (id, stored) => (await idOf(stored)) === id,
    propose: (stored) =>
      call({
        ...of,
        functionName: "propose",
        args: [stored.targets, stored.values, calldatasOf(stored), stored.description],
      }),
    support: (id) => call({ ...of, functionName: "castVote", args: [id, 1] }),
    queue: (_id, stored) => call({ ...of, functionName: "queue", args: args(stored) }),
    execute: (_id, stored) => call({ ...of, functionName: "execute", args: args(stored) }),
  };
}

/** With the selectors of signatures that stand beside them. */
function calldatasOf({ calldatas, signatures }: StoredProposal): readonly Hex[] {
  return calldatas.map((calldata, index) => {
    const signature = signatures[index] ?? "";
    return signature === "" ? calldata : concatHex([selectorOf(functionOf(signature)), calldata]);
  });
}

import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://docs.openzeppelin.com/contracts/5.x/api/governance, IGovernor with simple counting, IVotes and
// TimelockController: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const governor = [
  "function clock() view returns (uint48)",
  "function CLOCK_MODE() view returns (string)",
  "function token() view returns (address)",
  "function timelock() view returns (address)",
  "function votingDelay() view returns (uint256)",
  "function votingPeriod() view returns (uint256)",
  "function proposalThreshold() view returns (uint256)",
  "function quorum(uint256 timepoint) view returns (uint256)",
  "function quorumNumerator() view returns (uint256)",
  "function quorumDenominator() view returns (uint256)",
  "function state(uint256 proposalId) view returns (uint8)",
  "function proposalSnapshot(uint256 proposalId) view returns (uint256)",
  "function proposalDeadline(uint256 proposalId) view returns (uint256)",
  "function proposalEta(uint256 proposalId) view returns (uint256)",
  "function proposalVotes(uint256 proposalId) view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)",
  "function hasVoted(uint256 proposalId, address account) view returns (bool)",
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns (uint256)",
  "function castVote(uint256 proposalId, uint8 support) returns (uint256)",
  "function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns (uint256)",
  "function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
] as const;
export const governorAbi: ParseAbi<typeof governor> = parseAbi(governor);

const votes = [
  "function getVotes(address account) view returns (uint256)",
  "function delegates(address account) view returns (address)",
  "function totalSupply() view returns (uint256)",
  "function delegate(address delegatee)",
] as const;
export const votesAbi: ParseAbi<typeof votes> = parseAbi(votes);

const timelock = ["function getMinDelay() view returns (uint256)"] as const;
export const timelockAbi: ParseAbi<typeof timelock> = parseAbi(timelock);

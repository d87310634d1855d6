import type { Address } from "viem";

import type { Governing, Looking } from "./governing.js";

import { parseAbi } from "viem";

import { call } from "../../../protocols/call.js";
import { all, attempt, read } from "../../../protocols/read-plan.js";

import { STATES } from "./governing.js";

// https://github.com/compound-finance/compound-protocol/tree/master/contracts/Governance
const abi = parseAbi([
  "function quorumVotes() view returns (uint256)",
  "function proposalThreshold() view returns (uint256)",
  "function timelock() view returns (address)",
  "function state(uint256 id) view returns (uint8)",
  "function proposals(uint256 id) view returns (uint256 id, address proposer, uint256 eta, uint256 startBlock, uint256 endBlock, uint256 forVotes, uint256 againstVotes, uint256 abstainVotes, bool canceled, bool executed)",
  "function getActions(uint256 id) view returns (address[] targets, uint256[] values, string[] signatures, bytes[] calldatas)",
  "function getReceipt(uint256 id, address voter) view returns (bool hasVoted, uint8 support, uint96 votes)",
  "function propose(address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, string description) returns (uint256)",
  "function castVote(uint256 id, uint8 support)",
  "function queue(uint256 id)",
  "function execute(uint256 id) payable",
  // the token, by the names that Compound, Uniswap and others have for it
  "function comp() view returns (address)",
  "function uni() view returns (address)",
  "function token() view returns (address)",
  // Venus: three kinds of proposals, of which the first is meant for everything that is not urgent
  "function xvsVault() view returns (address)",
  "function proposalTimelocks(uint256 kind) view returns (address)",
  "function proposalConfigs(uint256 kind) view returns (uint256 votingDelay, uint256 votingPeriod, uint256 proposalThreshold)",
]);

const venusAbi = parseAbi([
  "function propose(address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, string description, uint8 kind) returns (uint256)",
]);

const votesAbi = parseAbi(["function getPriorVotes(address account, uint256 block) view returns (uint96)"]);

const NORMAL = 0;

/** Governor Bravo at an address: Compound's, or one that has its calls; `undefined` if there is none. */
export async function bravo({ reader, governor }: Looking): Promise<Governing | undefined> {
  const of = { address: governor, abi } as const;
  const found = await reader.read(
    all({
      quorum: attempt(read({ ...of, functionName: "quorumVotes" })),
      threshold: attempt(read({ ...of, functionName: "proposalThreshold" })),
      timelock: attempt(read({ ...of, functionName: "timelock" })),
      comp: attempt(read({ ...of, functionName: "comp" })),
      uni: attempt(read({ ...of, functionName: "uni" })),
      token: attempt(read({ ...of, functionName: "token" })),
      vault: attempt(read({ ...of, functionName: "xvsVault" })),
      normal: attempt(read({ ...of, functionName: "proposalTimelocks", args: [BigInt(NORMAL)] })),
      config: attempt(read({ ...of, functionName: "proposalConfigs", args: [BigInt(NORMAL)] })),
    }),
  );
  const { quorum, normal, config } = found;
  const token = found.comp ?? found.uni ?? found.token ?? found.vault;
  const timelock = normal ?? found.timelock;
  // Compound's wants more than its threshold, Venus's no less
  const threshold = config?.[2] ?? (found.threshold === undefined ? undefined : found.threshold + 1n);
  if (quorum === undefined || token === undefined || timelock === undefined || threshold === undefined)
    return undefined;
  return {
    kind: "Governor Bravo",
    governor,
    token,
    timelock,
    clock: "blocks",
    threshold,
    votesAt: async (account: Address, time) =>
      (await reader.read(
        attempt(read({ address: token, abi: votesAbi, functionName: "getPriorVotes", args: [account, time] })),
      )) ?? 0n,
    quorumAt: () => Promise.resolve(quorum),
    hasVoted: async (id, account) => {
      const [hasVoted] = await reader.read(read({ ...of, functionName: "getReceipt", args: [id, account] }));
      return hasVoted;
    },
    voted: async (id) => {
      const { state, proposal } = await reader.read(
        all({
          state: attempt(read({ ...of, functionName: "state", args: [id] })),
          proposal: attempt(read({ ...of, functionName: "proposals", args: [id] })),
        }),
      );
      const name = state === undefined ? undefined : STATES[state];
      if (name === undefined || proposal === undefined) return undefined;
      const [, , eta, snapshot, deadline, votesFor, votesAgainst] = proposal;
      return { state: name, snapshot, deadline, eta, votesFor, votesAgainst, counted: votesFor };
    },
    idOf: () => Promise.resolve(undefined),
    isOf: async (id, { targets, values, signatures, calldatas }) => {
      const actions = await reader.read(attempt(read({ ...of, functionName: "getActions", args: [id] })));
      const given = [targets, values, targets.map((_target, index) => signatures[index] ?? ""), calldatas];
      const text = (lists: unknown): string =>
        JSON.stringify(lists, (_key, one: unknown) => (typeof one === "bigint" ? String(one) : one)).toLowerCase();
      return actions !== undefined && text(actions) === text(given);
    },
    propose: ({ targets, values, signatures, calldatas, description }) => {
      const whole = [targets, values, targets.map((_target, index) => signatures[index] ?? ""), calldatas] as const;
      return config === undefined
        ? call({ ...of, functionName: "propose", args: [...whole, description] })
        : call({ address: governor, abi: venusAbi, functionName: "propose", args: [...whole, description, NORMAL] });
    },
    support: (id) => call({ ...of, functionName: "castVote", args: [id, 1] }),
    queue: (id) => call({ ...of, functionName: "queue", args: [id] }),
    execute: (id, { values }) => {
      // Compound's passes on what it is sent, Venus's takes nothing
      const value = config === undefined ? values.reduce((sum, one) => sum + one, 0n) : 0n;
      return call({ ...of, functionName: "execute", args: [id], ...(value === 0n ? {} : { value }) });
    },
  };
}

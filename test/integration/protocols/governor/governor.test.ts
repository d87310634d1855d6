import type { Address } from "viem";

import type { GovernorView, ProposalStatus } from "../../../../src/protocols/governor/view.js";
import type { Bound } from "../../../helpers/bind-protocol.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { GovernanceDeployment, GovernanceDeploymentOptions } from "../../../mini-mainnet/cast/governance.js";

import { expect } from "chai";
import { getAddress, parseAbi, parseEther } from "viem";

import { call, governor } from "../../../../src/protocols/index.js";
import { person } from "../../../fixtures/give.js";
import { bindToFork, sendCall } from "../../../helpers/bind-protocol.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { erc20Abi } from "../../../mini-mainnet/abis.js";
import { deployGovernance } from "../../../mini-mainnet/cast/governance.js";

const governorAbi = parseAbi([
  "function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns (uint256)",
  "function state(uint256 id) view returns (uint8)",
  "function clock() view returns (uint48)",
  "function quorum(uint256 timepoint) view returns (uint256)",
  "function getVotes(address account, uint256 timepoint) view returns (uint256)",
]);

const vaultAbi = parseAbi(["function migrate(address successor)", "function totalAssets() view returns (uint256)"]);

/** The contract's names of its states. */
const STATES = ["pending", "active", "canceled", "defeated", "succeeded", "queued", "expired", "executed"];

describe("governor", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let dao: GovernanceDeployment;
  let bound: Bound<GovernorView>;
  let voter: Address;

  /** With an account that has 500,000 votes, above the quorum of 400,000. */
  async function deploy(options: GovernanceDeploymentOptions = {}): Promise<void> {
    fork = theFork();
    dao = await deployGovernance(fork.chain, fork.addresses, options);
    voter = await person(fork, "voter");
    bound = await bindToFork(fork, protocol(), { ...dao.users, voter });
    await transfer(dao.users.deployer, voter, "500000");
    await sendCall(fork, voter, (await bound.view()).delegate(voter));
  }

  function protocol() {
    return governor(dao.governor, {
      proposals: {
        drain: (accounts) => [
          call({ address: dao.vault, abi: vaultAbi, functionName: "migrate", args: [accounts.get("voter")!] }),
        ],
        nothing: [call({ address: dao.vault, abi: vaultAbi, functionName: "migrate", args: [dao.vault] })],
      },
    });
  }

  const contract = () => ({ address: dao.governor, abi: governorAbi });

  async function transfer(from: Address, to: Address, votes: string): Promise<void> {
    await fork.chain.write(from, { address: dao.token, abi: erc20Abi }, "transfer", [to, parseEther(votes)]);
  }

  async function mine(blocks = 1): Promise<void> {
    for (let block = 0; block < blocks; block++) {
      await fork.chain.send({ from: dao.users.deployer, to: dao.users.deployer });
    }
  }

  /** The view, its proposal to drain, and the next step in a block 12 seconds later. */
  async function look(name = "drain"): Promise<{ view: GovernorView; status: ProposalStatus; step: string }> {
    const view = await bound.view();
    const status = view.proposals.get(name)!;
    if (status.state !== undefined) {
      const state = await fork.chain.read(contract(), "state", [status.proposal.id]);
      expect(status.state, "as the contract says").to.equal(STATES[state]);
    }
    const { timestamp } = await fork.chain.latest();
    return { view, status, step: view.nextStep(status, Number(timestamp) + 12) };
  }

  it("reads the ids, the quorum, the votes and the clock of the contracts", async () => {
    await deploy({ votingDelay: 5, votingPeriod: 9, proposalThreshold: 123, timelockDelay: 60 });
    const view = await bound.view();
    const { targets, values, calldatas, descriptionHash, id } = view.proposals.get("drain")!.proposal;
    const args = [targets, values, calldatas, descriptionHash] as const;
    expect(id).to.equal(await fork.chain.read(contract(), "hashProposal", args));
    const { number } = await fork.chain.latest();
    expect(view.clock).to.equal(BigInt(await fork.chain.read(contract(), "clock", [])));
    expect(view.clock).to.equal(BigInt(number));
    expect(view.quorum).to.equal(await fork.chain.read(contract(), "quorum", [view.clock - 1n]));
    expect([view.votingDelay, view.votingPeriod, view.timelockDelay]).to.deep.equal([5n, 9n, 60n]);
    expect(view.proposalThreshold).to.equal(parseEther("123"));
    await mine();
    for (const account of [voter, dao.users.holder, dao.users.deployer]) {
      const votes = await fork.chain.read(contract(), "getVotes", [account, view.clock]);
      expect(view.votesOf(account)).to.equal(votes);
    }
    expect(view.votesOf(voter)).to.equal(parseEther("500000"));
    expect(view.delegateOf(voter)).to.equal(getAddress(voter));
    expect(view.delegateOf(dao.users.deployer)).to.equal(undefined);
    expect(view.clockMode).to.equal("blocknumber");
  });

  for (const clock of ["blocks", "seconds"] as const) {
    it(`reports the next step, from proposal to execution, with a clock that counts ${clock}`, async () => {
      const timepoints = clock === "blocks" ? 1 : 12;
      await deploy({ clock, votingDelay: 2 * timepoints, votingPeriod: 3 * timepoints, timelockDelay: 30 });
      const steps: string[] = [];
      for (let block = 0; block < 12; block++) {
        const { view, status, step } = await look();
        steps.push(step);
        const { proposal } = status;
        if (step === "propose") await sendCall(fork, voter, view.propose(proposal));
        else if (step === "vote" && !status.hasVoted(voter)) {
          await sendCall(fork, voter, view.castVote(proposal, "for"));
        } else if (step === "queue") await sendCall(fork, voter, view.queue(proposal));
        else if (step === "execute") await sendCall(fork, voter, view.execute(proposal));
        else await mine();
      }
      // none of this reverted; the snapshot is 2 blocks after the proposal, voting lasts 3 blocks, 30 seconds are 3 blocks
      expect(steps).to.deep.equal([
        "propose",
        ...["hold", "hold"],
        ...["vote", "vote", "vote"],
        "queue",
        ...["wait", "wait"],
        "execute",
        ...["over", "over"],
      ]);
      const { status } = await look();
      expect(status.state).to.equal("executed");
      expect(status.votes).to.deep.equal({ against: 0n, for: parseEther("500000"), abstain: 0n });
      expect(status.hasVoted(voter)).to.equal(true);
      expect(await fork.chain.read({ address: dao.vault, abi: vaultAbi }, "totalAssets", [])).to.equal(0n);
    });
  }

  it("counts votes held at the end of the snapshot's block: votes transferred away later count, votes received later do not", async () => {
    await deploy();
    const { view, status } = await look();
    const late = dao.users.depositor;
    await sendCall(fork, late, view.delegate(late));
    await sendCall(fork, voter, view.propose(status.proposal));
    await transfer(voter, late, "500000");
    const after = await look();
    expect(after.step).to.equal("vote");
    expect([after.view.votesOf(voter), after.view.votesOf(late)]).to.deep.equal([0n, parseEther("500000")]);
    await sendCall(fork, late, view.castVote(status.proposal, "against"));
    await sendCall(fork, voter, view.castVote(status.proposal, "for"));
    expect((await look()).status.votes).to.deep.equal({ against: 0n, for: parseEther("500000"), abstain: 0n });
  });

  it("is over if no votes were cast, or after a cancellation", async () => {
    await deploy();
    const { view, status } = await look();
    await sendCall(fork, voter, view.propose(status.proposal));
    await mine(5);
    expect([(await look()).step, (await look()).status.state]).to.deep.equal(["over", "defeated"]);
    await deploy({ votingDelay: 3 });
    const next = await look("nothing");
    await sendCall(fork, voter, next.view.propose(next.status.proposal));
    await sendCall(fork, voter, next.view.cancel(next.status.proposal));
    expect([(await look("nothing")).step, (await look("nothing")).status.state]).to.deep.equal(["over", "canceled"]);
  });

  it("delegates, proposes, votes, queues and executes as free moves, and nothing twice", async () => {
    await deploy({ votingPeriod: 2 });
    const { users } = dao;
    const move = (name: string, operands: readonly number[], self = voter) => bound.move(name, operands, self);
    expect(await move("delegate", [0])).to.equal(undefined);
    await sendCall(fork, users.depositor, (await move("delegate", [0], users.depositor))!);
    expect((await bound.view()).delegateOf(users.depositor)).to.equal(getAddress(users.depositor));
    for (const name of ["castVote", "queue", "execute", "cancel"]) expect(await move(name, [0, 0])).to.equal(undefined);
    await sendCall(fork, voter, (await move("propose", [0]))!);
    // the first proposal has been made, so only the second is left to propose
    expect((await move("propose", [0]))!.args[3]).to.equal("nothing");
    await sendCall(fork, voter, (await move("castVote", [0, 0]))!);
    expect(await move("castVote", [0, 0])).to.equal(undefined);
    await mine();
    await sendCall(fork, voter, (await move("queue", [0]))!);
    await sendCall(fork, voter, (await move("execute", [0]))!);
    expect((await look()).status.state).to.equal("executed");
    expect(bound.definition.onboarding!(bound.facts, voter).map(({ args }) => args)).to.deep.equal([[voter]]);
  });

  it("says what to do if there is no governor", async () => {
    await deploy();
    const proposals = { nothing: [] };
    await failsWith("UNSUPPORTED_PROTOCOL", () => bindToFork(fork, governor(dao.token, { proposals }), {}));
    await failsWith("UNSUPPORTED_PROTOCOL", () => bindToFork(fork, governor(dao.vault, { proposals }), {}));
    await failsWith("INVALID_OPTION", () => governor(dao.governor, { proposals: {} }));
    await failsWith("INVALID_OPTION", () => governor(dao.governor, { proposals, token: "0x1" }));
  });
});

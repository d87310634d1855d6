import type { Address, Hex } from "viem";

import type { Scenario } from "../../../src/scenario/scenario.js";
import type { ProposalOptions, ProposalResult } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { GovernanceDeployment, GovernanceDeploymentOptions } from "../../mini-mainnet/cast/governance.js";

import { expect } from "chai";
import { encodeFunctionData, keccak256, numberToHex, parseAbi, parseEther, stringToHex } from "viem";

import { Chain } from "../../../src/engine/chain/chain.js";
import { renderProposal } from "../../../src/report/proposal.js";
import { person } from "../../fixtures/give.js";
import { deployOwnedVault, ownedLending } from "../../fixtures/owned-vault.js";
import { deployVenusGovernance } from "../../fixtures/venus-governance.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { deployGovernance } from "../../mini-mainnet/cast/governance.js";

const abi = parseAbi(["function setLoanLimit(uint256 limit)", "function loanLimit() view returns (uint256)"]);
const governorAbi = parseAbi([
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns (uint256)",
  "function castVote(uint256 proposalId, uint8 support) returns (uint256)",
  "function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns (uint256)",
  "function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns (uint256)",
]);
const rolesAbi = parseAbi([
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function revokeRole(bytes32 role, address account)",
]);
const tokenAbi = parseAbi(["function transfer(address to, uint256 amount) returns (bool)"]);

const FEW = { paths: 2, runs: 2, attacks: 30 };

const DAY = 86_400;

/** What a governor is given to vote on. */
interface Given {
  readonly targets: readonly Address[];
  readonly values: readonly [bigint];
  readonly calldatas: readonly Hex[];
  readonly description: string;
}

describe("a proposal that is voted on", () => {
  const theFork = siegeForkForEach();

  const limitOf = (vault: Fixture, limit: number, description = `# Limit ${limit}`): Given => ({
    targets: [vault.address],
    values: [0n],
    calldatas: [encodeFunctionData({ abi, functionName: "setLoanLimit", args: [BigInt(limit)] })],
    description,
  });

  /** As Seatbelt has it. */
  const config = (governor: Address, { values, ...given }: Given, more: object = {}): object => ({
    type: "new",
    governorAddress: governor,
    ...given,
    values: values.map(String),
    signatures: [""],
    ...more,
  });

  async function judged(
    vault: Fixture,
    proposals: readonly object[],
    options: ProposalOptions = {},
  ): Promise<ProposalResult> {
    const { siege } = theFork().connection;
    const scenario: Scenario = siege.scenario(ownedLending(theFork()));
    const result = await siege.proposal(vault, scenario, proposals, { ...FEW, ...options });
    // the connection is as before
    expect(await theFork().chain.read({ address: vault.address, abi }, "loanLimit", [])).to.equal(8_000n);
    return result;
  }

  async function mine(blocks: number): Promise<void> {
    await theFork().connection.provider.request({ method: "hardhat_mine", params: [numberToHex(blocks)] });
  }

  describe("in OpenZeppelin's Governor", () => {
    let dao: GovernanceDeployment;

    /** A vault whose owner is the timelock. */
    async function governed(
      options: GovernanceDeploymentOptions = {},
      variant: "flawed" | "fixed" = "flawed",
    ): Promise<Fixture> {
      const fork = theFork();
      const times = { votingDelay: 7_200, votingPeriod: 50_400, timelockDelay: 2 * DAY };
      dao = await deployGovernance(fork.chain, fork.addresses, { ...times, ...options });
      return deployOwnedVault(fork, variant, { by: dao.timelock });
    }

    it("passes by the delegates that events name, and is executed by the timelock", async () => {
      const vault = await governed();
      const result = await judged(vault, [config(dao.governor, limitOf(vault, 12_000))]);
      const [{ vote, unvoted, executor } = {}] = result.proposals;
      expect(unvoted).to.equal(undefined);
      expect(vote).to.include({ kind: "OpenZeppelin Governor", timelock: dao.timelock, found: false });
      expect(vote!.steps.map(({ what, by }) => [what, by.toLowerCase()])).to.deep.equal(
        ["propose", "vote", "queue"].map((what) => [what, dao.users.holder.toLowerCase()]),
      );
      const [proposed, voted, queued] = vote!.steps;
      expect(voted!.block - proposed!.block).to.be.within(7_201, 7_210);
      expect(queued!.block - proposed!.block).to.be.within(7_200 + 50_401, 7_200 + 50_410);
      expect(vote!.seconds - queued!.seconds).to.be.within(2 * DAY - 100, 2 * DAY);
      expect(BigInt(vote!.votesFor)).to.equal(parseEther("6000000"));
      expect(executor).to.equal(dao.timelock);
      expect(result.verdict).to.equal("harmful");
      const [{ appeared } = {}] = result.orders;
      expect(appeared?.[0]).to.include({ condition: "noBadDebt", needsMarket: false });
      const text = renderProposal(result);
      expect(text).to.match(/Passed in `0x\w+` \(OpenZeppelin Governor\), proposed under the id \d+/);
      expect(text).to.include("- 6,000,000 votes for, 0 against, 400,000 needed");
      if (process.env.SIEGE_PRINT) console.log(text);
    });

    it("reverts in the timelock's call where the contract refuses it", async () => {
      const vault = await governed({}, "fixed");
      const { verdict, orders, proposals } = await judged(vault, [config(dao.governor, limitOf(vault, 12_000))]);
      expect(proposals[0]!.vote?.steps.length).to.equal(3);
      expect(verdict).to.equal("reverts");
      expect(orders[0]!.refused).to.include("LimitTooHigh");
    });

    it("passes by a clock of seconds, with voters that delegate to themselves, and in every order of two", async () => {
      const vault = await governed({ clock: "seconds", votingDelay: DAY, votingPeriod: 3 * DAY });
      const { deployer } = dao.users;
      const two = [12_000, 7_500].map((limit) => config(dao.governor, limitOf(vault, limit)));
      const { proposals, orders, verdict } = await judged(vault, two, { voters: [deployer] });
      const [one, other] = proposals.map(({ vote }) => vote!);
      expect(one!.steps.map(({ what, by }) => [what, by.toLowerCase()])).to.deep.equal(
        ["delegate", "propose", "vote", "queue"].map((what) => [what, deployer.toLowerCase()]),
      );
      expect(other!.steps.map(({ what }) => what)).to.deep.equal(["propose", "vote", "queue"]);
      expect([one!.seconds, one!.blocks]).to.deep.equal([other!.seconds, other!.blocks]);
      expect(one!.seconds).to.be.within(6 * DAY - 200, 6 * DAY + 200);
      expect(orders.map(({ order, appeared = [] }) => [order.join(", "), appeared.length])).to.deep.equal([
        ["Limit 12000, Limit 7500", 0],
        ["Limit 7500, Limit 12000", 1],
      ]);
      expect(verdict).to.equal("harmful");
    });

    it("is executed as the timelock where the voters never reach the quorum, and says so", async () => {
      const vault = await governed();
      const voter = await person(theFork(), "small holder");
      const votes = { address: dao.token, abi: tokenAbi };
      await theFork().chain.write(dao.users.deployer, votes, "transfer", [voter, parseEther("5")]);
      const result = await judged(vault, [config(dao.governor, limitOf(vault, 12_000))], { voters: [voter] });
      const [{ vote, unvoted, executor } = {}] = result.proposals;
      expect(vote).to.equal(undefined);
      expect(unvoted).to.match(/^it does not pass: 5\d{18} votes for and 0 against, where 4\d{23} are needed/);
      expect(executor).to.equal(dao.timelock);
      expect(result.verdict).to.equal("harmful");
      expect(renderProposal(result)).to.include(", without a vote: it does not pass: ");
    });

    it("is executed as the timelock where that takes nothing from the governor, and says so", async () => {
      const vault = await governed();
      const timelock = { address: dao.timelock, abi: rolesAbi };
      await new Chain(theFork().connection.provider).setBalance(dao.timelock, parseEther("1"));
      const role = await theFork().chain.read(timelock, "PROPOSER_ROLE", []);
      await theFork().chain.write(dao.timelock, timelock, "revokeRole", [role, dao.governor]);
      const { proposals } = await judged(vault, [config(dao.governor, limitOf(vault, 8_100))]);
      expect(proposals[0]!.vote).to.equal(undefined);
      expect(proposals[0]!.unvoted).to.match(/^queueing in the timelock by 0x\w+ failed: it reverts/);
    });

    it("is found under its id while it is voted on, and refused with other calls or once it has been executed", async () => {
      const vault = await governed({ votingDelay: 1, votingPeriod: 20, timelockDelay: 0 });
      const { chain } = theFork();
      const governor = { address: dao.governor, abi: governorAbi };
      const given = limitOf(vault, 8_100);
      const { targets, values, calldatas, description } = given;
      await chain.write(dao.users.holder, governor, "propose", [targets, values, calldatas, description]);
      const hash = keccak256(stringToHex(description));
      const id = await chain.read(governor, "hashProposal", [targets, values, calldatas, hash]);
      const known = { proposalId: String(id), type: "proposed" };
      const { proposals, verdict } = await judged(vault, [config(dao.governor, given, known)]);
      expect(proposals[0]!.vote).to.include({ found: true, id: String(id) });
      expect(proposals[0]!.vote!.steps.map(({ what }) => what)).to.deep.equal(["vote", "queue"]);
      expect(verdict).to.equal("no alarm");
      await failsWith("PROPOSAL_REFUSED", () =>
        judged(vault, [config(dao.governor, limitOf(vault, 12_000, description), known)]),
      );
      await mine(2);
      await chain.write(dao.users.holder, governor, "castVote", [id, 1]);
      await mine(21);
      for (const step of ["queue", "execute"] as const) {
        await chain.write(dao.users.holder, governor, step, [targets, values, calldatas, hash]);
      }
      await failsWith("PROPOSAL_REFUSED", () => judged(vault, [config(dao.governor, given, known)]));
    });
  });

  it("passes in Venus's Governor Bravo", async () => {
    const fork = theFork();
    const dao = await deployVenusGovernance(fork);
    const vault = await deployOwnedVault(fork, "flawed", { by: dao.timelock });
    const calls = [{ target: vault.address, signature: "setLoanLimit(uint256)", args: ["12000"] }];
    const result = await judged(vault, [{ name: "more loans", calls }], { governor: dao.governor });
    const [{ vote, unvoted } = {}] = result.proposals;
    expect(unvoted).to.equal(undefined);
    expect(vote).to.include({ kind: "Governor Bravo", timelock: dao.timelock, id: "2", found: false });
    expect(vote!.steps.map(({ what, by }) => [what, by.toLowerCase()])).to.deep.equal(
      ["propose", "vote", "queue"].map((what) => [what, dao.holder.toLowerCase()]),
    );
    const [proposed, , queued] = vote!.steps;
    expect(queued!.block - proposed!.block).to.be.within(3_600, 3_610);
    expect(vote!.seconds - queued!.seconds).to.be.within(7_100, 7_200);
    expect(result.verdict).to.equal("harmful");
  });
});

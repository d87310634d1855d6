import type { Address } from "viem";

import type { Scenario } from "../../../src/scenario/scenario.js";
import type { ProposalResult } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";

import { expect } from "chai";
import { encodeFunctionData, parseAbi } from "viem";

import { fixtureArtifact } from "../../fixtures/artifact.js";
import { person } from "../../fixtures/give.js";
import { deployOwnedVault, ownedLending } from "../../fixtures/owned-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { payloadLog } from "../../helpers/payload-log.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

const abi = parseAbi(["function setLoanLimit(uint256 limit)", "function loanLimit() view returns (uint256)"]);

const FEW = { paths: 10, runs: 4, attacks: 60 };

describe("a proposal that raises a loan limit", () => {
  const theFork = siegeForkForEach();

  async function setUp(
    variant: "flawed" | "fixed" = "flawed",
  ): Promise<{ vault: Fixture; owner: Address; scenario: Scenario }> {
    const owner = await person(theFork(), "vault owner");
    const vault = await deployOwnedVault(theFork(), variant, { by: owner });
    return { vault, owner, scenario: theFork().connection.siege.scenario(ownedLending(theFork())) };
  }

  async function judged(
    limit: number,
    variant?: "flawed" | "fixed",
  ): Promise<ProposalResult & { vault: Address; owner: Address }> {
    const { vault, owner, scenario } = await setUp(variant);
    const proposal = [{ target: vault.address, signature: "setLoanLimit(uint256)", args: [String(limit)] }];
    const { siege } = theFork().connection;
    const result = await siege.proposal(vault, scenario, [proposal], { executor: owner, ...FEW });
    return { ...result, vault: vault.address, owner };
  }

  it("is harmful above all of the collateral, without any market move, and says what it changes", async () => {
    const { verdict, orders, proposals, vault, owner } = await judged(12_000);
    expect(verdict).to.equal("harmful");
    const [{ appeared, vanished } = {}] = orders;
    expect(appeared?.[0]).to.include({ condition: "noBadDebt", needsMarket: false });
    expect(vanished).to.deep.equal([]);
    const [{ executor, actions } = {}] = proposals;
    expect([executor, actions?.[0]?.text]).to.deep.equal([owner, "setLoanLimit(12000)"]);
    const [change] = actions![0]!.changes!;
    expect([change!.address.toLowerCase(), BigInt(change!.from), BigInt(change!.to)]).to.deep.equal([
      vault.toLowerCase(),
      8_000n,
      12_000n,
    ]);
    // the connection is as before
    expect(await theFork().chain.read({ address: vault, abi }, "loanLimit", [])).to.equal(8_000n);
  });

  it("raises no alarm a little above the old limit", async () => {
    const { verdict, orders } = await judged(8_100);
    expect(verdict).to.equal("no alarm");
    expect(orders[0]!.ruin!.difference.value).to.equal(0);
    expect(orders[0]!.outcomes).to.include({ broken: 0, fixed: 0 });
  });

  it("reverts where the contract refuses it", async () => {
    const { verdict, orders } = await judged(12_000, "fixed");
    expect(verdict).to.equal("reverts");
    expect(orders[0]!.refused).to.include("LimitTooHigh");
  });

  it("is judged in every order with another one", async () => {
    const { vault, owner, scenario } = await setUp();
    const of = (limit: number) => ({
      governorAddress: owner,
      type: "new",
      targets: [vault.address],
      values: ["0"],
      signatures: [""],
      calldatas: [encodeFunctionData({ abi, functionName: "setLoanLimit", args: [BigInt(limit)] })],
      description: `# Limit ${limit}`,
    });
    const { siege } = theFork().connection;
    const { orders, verdict } = await siege.proposal(vault, scenario, [of(12_000), of(7_500)], FEW);
    expect(orders.map(({ order, appeared = [] }) => [order.join(", "), appeared.length])).to.deep.equal([
      ["Limit 12000, Limit 7500", 0],
      ["Limit 7500, Limit 12000", 1],
    ]);
    expect(verdict).to.equal("harmful");
  });

  it("is run by delegatecall of its executor, as Aave's payloads are, if that is named", async () => {
    const fork = theFork();
    const owner = await person(fork, "payloads controller");
    const executor = await fork.deploy(await fixtureArtifact("PayloadExecutor"), [owner]);
    const vault = await deployOwnedVault(fork, "flawed", { by: executor });
    const payload = await fork.deploy(await fixtureArtifact("LimitPayload"), [vault.address, 12_000n]);
    const { siege } = fork.connection;
    const scenario = siege.scenario(ownedLending(fork));
    const log = payloadLog(owner, payload);
    const { verdict, proposals } = await siege.proposal(vault, scenario, [log], { executor, ...FEW });
    expect(verdict).to.equal("harmful");
    expect(proposals[0]!.actions[0]).to.include({ text: "execute()", delegates: true });
    const [change] = proposals[0]!.actions[0]!.changes!;
    expect(BigInt(change!.to)).to.equal(12_000n);
    await failsWith("PROPOSAL_REFUSED", () => siege.proposal(vault, scenario, [log], FEW));
  });

  it("is refused for another chain, once it has been executed, or in another format", async () => {
    const { vault, scenario } = await setUp();
    const { siege } = theFork().connection;
    const calls = [{ target: vault.address, signature: "setLoanLimit(uint256)", args: [1] }];
    await failsWith("PROPOSAL_REFUSED", () => siege.proposal(vault, scenario, [{ calls, chainId: 5 }], FEW));
    const seatbelt = {
      governorAddress: vault.address,
      targets: [vault.address],
      values: [0],
      signatures: [""],
      calldatas: ["0x"],
    };
    await failsWith("PROPOSAL_REFUSED", () =>
      siege.proposal(vault, scenario, [{ ...seatbelt, type: "executed" }], FEW),
    );
    await failsWith("PROPOSAL_INVALID", () => siege.proposal(vault, scenario, [{ hello: 1 }], FEW));
    await failsWith("INVALID_OPTION", () => siege.proposal(vault, scenario, [], FEW));
  });
});

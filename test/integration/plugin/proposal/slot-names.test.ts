import type { Address } from "viem";

import type { StorageChange } from "../../../../src/types.js";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { numberToHex, zeroHash } from "viem";

import config from "../../../../hardhat.config.js";
import { Chain } from "../../../../src/engine/chain/chain.js";
import { executableProposal } from "../../../../src/plugin/proposal/executable-proposal.js";
import { namedChanges } from "../../../../src/plugin/proposal/slot-names.js";
import { ProjectArtifacts } from "../../../../src/plugin/target/project-artifacts.js";
import { readProposal } from "../../../../src/risk/proposal/read-proposal.js";
import { give, person } from "../../../fixtures/give.js";
import { deployOwnedVault } from "../../../fixtures/owned-vault.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { aaveDataProviderAbi, poolAddressesProviderAbi } from "../../../mini-mainnet/abis.js";
import { deployGovernance } from "../../../mini-mainnet/cast/governance.js";

const ROLE = zeroHash;

describe("names of storage that a proposal changes", () => {
  const theFork = siegeForkForSuite();
  let artifacts: ProjectArtifacts;
  let chain: Chain;

  before(async () => {
    const hre = await createHardhatRuntimeEnvironment(config);
    artifacts = new ProjectArtifacts(hre.artifacts);
  });
  beforeEach(() => {
    chain = new Chain(theFork().connection.provider);
  });

  /** What a call changes, without the zeros in front of slots. */
  async function changed(
    as: Address,
    target: Address,
    signature: string,
    args: readonly unknown[],
  ): Promise<readonly StorageChange[]> {
    const proposal = readProposal([{ target, signature, args: args.map(String) }], new Map(), "a call");
    const { provider } = theFork().connection;
    const request = provider.request.bind(provider) as Parameters<typeof executableProposal>[2]["request"];
    const { actions } = await executableProposal(proposal, as, { chain, chainId: await chain.chainId(), request });
    return namedChanges(actions[0]!.changes!, [...proposal.calls[0]!.call.args, as], { chain, artifacts });
  }

  it("are those of the project's views, and slots that no view returns have none", async () => {
    const owner = await person(theFork(), "vault owner");
    const { address } = await deployOwnedVault(theFork(), "flawed", { by: owner });
    const changes = await changed(owner, address, "setLoanLimit(uint256)", [9_000]);
    expect(changes.map(({ name, from, to }) => [name, BigInt(from), BigInt(to)])).to.deep.equal([
      ["loanLimit()", 8_000n, 9_000n],
    ]);
    const unread = { address, slot: numberToHex(12_345, { size: 32 }), from: zeroHash, to: ROLE };
    expect(await namedChanges([unread], [9_000n], { chain, artifacts })).to.deep.equal([unread]);
  });

  it("are balances of ERC-20, with who has them", async () => {
    const [from, to] = [await person(theFork(), "sender"), await person(theFork(), "receiver")];
    await give(theFork(), "USDC", from, 10);
    const { usdc } = theFork().addresses;
    const changes = await changed(from, usdc, "transfer(address,uint256)", [to, 4_000_000]);
    const names = changes.map(({ name = "" }) => name.toLowerCase()).sort();
    expect(names).to.deep.equal([from, to].map((one) => `balanceof(${one.toLowerCase()})`).sort());
  });

  it("are roles of AccessControl", async () => {
    const { timelock, users } = await deployGovernance(theFork().chain, theFork().addresses);
    const changes = await changed(timelock, timelock, "grantRole(bytes32,address)", [ROLE, users.holder]);
    expect(changes.map(({ name }) => name?.toLowerCase())).to.deep.equal([
      `hasrole(${ROLE}, ${users.holder.toLowerCase()})`,
    ]);
  });

  it("are the parts of a configuration of Aave's", async () => {
    const { aaveV3, weth, users } = theFork().addresses;
    const provider = { address: aaveV3.addressesProvider, abi: poolAddressesProviderAbi };
    const configurator = await theFork().chain.read(provider, "getPoolConfigurator", []);
    const signature = "configureReserveAsCollateral(address,uint256,uint256,uint256)";
    const changes = await changed(users.deployer, configurator, signature, [weth, 7_000, 8_300, 10_600]);
    const configuration = changes.find(({ parts }) => parts !== undefined);
    expect(configuration?.name).to.equal(`getConfiguration(${weth})`);
    const current = await theFork().chain.read(
      { address: aaveV3.dataProvider, abi: aaveDataProviderAbi },
      "getReserveConfigurationData",
      [weth],
    );
    const [, ltv, threshold, bonus] = current;
    expect(configuration?.parts).to.deep.equal(
      [
        { name: "ltv", from: String(ltv), to: "7000" },
        { name: "liquidationThreshold", from: String(threshold), to: "8300" },
        { name: "liquidationBonus", from: String(bonus), to: "10600" },
      ].filter(({ from, to }) => from !== to),
    );
  });
});

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { AttackerOptions } from "../../../src/agents/attacker.js";
import type { World } from "../../../src/engine/world/world.js";
import type { Target } from "../../../src/types.js";

import { expect } from "chai";

import { attacker } from "../../../src/agents/attacker.js";
import { defineCondition } from "../../../src/conditions/condition.js";
import { invariants } from "../../../src/conditions/invariants.js";
import { requireCalls } from "../../../src/engine/world/require-calls.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { resolveOnChain } from "../../../src/plugin/target/resolve-on-chain.js";
import { constant } from "../../../src/protocols/read-plan.js";
import { failsWith } from "../../helpers/errors.js";
import { proxiesEnvironment } from "../../helpers/proxies-project.js";

const calm = defineCondition({ id: "calm", observe: () => constant(undefined), judge: () => undefined });

describe("what is called of a target", () => {
  let hre: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;

  before(async () => {
    hre = await proxiesEnvironment();
  });
  beforeEach(async () => {
    connection = await hre.network.create();
  });
  afterEach(() => connection.close());

  it("is known with what is not, and why", async () => {
    const vault = await connection.viem.deployContract("FixedVault");
    const rate = { type: "function", name: "rate", stateMutability: "nonpayable", outputs: [] };
    const abi = [...vault.abi, { ...rate, inputs: [{ name: "value", type: "fixed128x18" }] }];
    const world = await bound({ address: vault.address, abi });
    expect(world.skipped).to.deep.equal([
      { function: "rate(fixed128x18)", because: 'values of type "fixed128x18" cannot be encoded' },
    ]);
    expect(world.cheatcodes).to.deep.equal([]);
  });

  it("leaves out what the code has, but the ABI that was passed has not, and says so", async () => {
    const { address, abi } = await connection.viem.deployContract("FixedVault");
    const isWithdraw = (item: (typeof abi)[number]): boolean => item.type === "function" && item.name === "withdraw";
    const because = "the ABI that was passed does not have it";
    const short = await bound({ address, abi: abi.filter((item) => !isWithdraw(item)) });
    expect(short.skipped).to.deep.equal([{ function: "withdraw(uint256)", because }]);
    expect([...short.catalogue.keys()]).not.to.include("target.withdraw");
    expect((await bound({ address, abi })).skipped).to.deep.equal([]);
    // one that is only watched
    expect((await bound({ address, abi: [] })).skipped).to.deep.equal([]);
  });

  it("includes plain transfers and what the target creates, unless its code is unknown", async () => {
    const factory = await connection.viem.deployContract("TillFactory");
    const { skipped, catalogue } = await bound(factory);
    expect(skipped).to.deep.equal([]);
    expect([...catalogue.keys()]).to.deep.equal(["Till.take", "target.open", "target.receive"]);
    const raw = await connection.viem.deployContract("Breeder", [3n, false]);
    expect((await bound(raw)).skipped).to.deep.equal([
      { function: "contracts that it creates", because: "their code is not known from the project's artifacts" },
    ]);
    const till = await connection.viem.deployContract("Till");
    expect((await bound(till)).skipped).to.deep.equal([]);
  });

  it("must be something, unless that is meant", async () => {
    const { address, abi } = await connection.viem.deployContract("Quiet");
    const error = await failsWith("UNSUPPORTED_TARGET", () => bound({ address, abi }));
    expect(error.summary).to.equal(
      "The ABI of Quiet has no function that can be called, so the siege would test nothing of it.",
    );
    // an ABI that says so, and agents that are kept from it
    expect((await bound({ address, abi: [] })).catalogue.size).to.equal(0);
    const quiet = { name: "Quiet", address, abi };
    const kept = (options: AttackerOptions) => () => {
      requireCalls(quiet, { actions: [], skipped: [] }, { agents: [attacker(options)] });
    };
    expect(kept({})).to.throw("no function that can be called");
    expect(kept({ only: ["*.exit"] })).to.throw("no function that can be called");
    expect(kept({ only: ["pool.*"] })).not.to.throw();
    expect(kept({ except: ["target.*"] })).not.to.throw();
  });

  it("may need Foundry's cheatcodes, which are named: of the target, of what a proxy runs, and of what a condition reads", async () => {
    const handler = await connection.viem.deployContract("Handler");
    const cheatcodes = ["vm.assume", "vm.deal", "vm.startPrank", "vm.stopPrank", "vm.warp"];
    expect((await bound(handler)).cheatcodes).to.deep.equal([{ address: handler.address, cheatcodes }]);

    const proxy = await connection.viem.deployContract("ProxiableProxy", [handler.address]);
    expect((await bound(proxy)).cheatcodes.map((one) => one.cheatcodes)).to.deep.equal([cheatcodes]);

    const vault = await connection.viem.deployContract("FixedVault");
    const property = await connection.viem.deployContract("ForgeProperty");
    const judged = await bound(vault, {}, invariants(property));
    expect(judged.cheatcodes).to.deep.equal([{ address: property.address, cheatcodes: ["vm.prank"] }]);
  });

  it("is nothing where every call needs a cheatcode, which the verdict names; not where they are only mentioned", async () => {
    const { siege, viem } = connection;
    const verdict = async (contract: "Handler" | "Mentions") => {
      const agents = [attacker()];
      const scenario = siege.scenario({ name: "calm", blocks: 4, assets: {}, agents, conditions: [calm] });
      return siege.run(await viem.deployContract(contract), scenario, { runs: 10, lanes: 1 });
    };
    const handled = await verdict("Handler");
    expect(handled.kind).to.equal("inconclusive");
    // an address answers to cheatcodes in the Solidity test runner
    expect(handled.explored.notInRunner).to.match(/^the contract at 0x\w+ uses cheatcodes$/);
    if (handled.kind !== "inconclusive") return;
    expect(handled.doubts.map(({ message }) => message).join()).to.include("vm.assume, vm.deal, vm.startPrank");
    expect((await verdict("Mentions")).kind).to.equal("survived");
  });

  async function bound(
    target: Target,
    options: AttackerOptions = {},
    condition = calm,
  ): Promise<Pick<World, "catalogue" | "cheatcodes" | "skipped">> {
    const { provider, siege } = connection;
    const agents = [attacker(options)];
    const scenario = siege.scenario({ name: "calm", blocks: 1, assets: {}, agents, conditions: [condition] });
    const environment = { provider, impersonated: new Set<never>(), intervalMining: 0 };
    const world = await openWorld(environment, await resolveOnChain(target, hre.artifacts, provider), scenario);
    await world.close();
    return world;
  }
});

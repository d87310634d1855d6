import type { CampaignOptions, Scenario, ScenarioDefinition } from "../../../../src/types.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { encodeFunctionData, erc20Abi, numberToHex } from "viem";

import { defineAgent } from "../../../../src/agents/index.js";
import { spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../mini-mainnet/fork-source.js";

describe("the connection", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  const request = (method: string, params: unknown[] = []): Promise<unknown> =>
    fork.connection.provider.request({ method, params });

  /** Of a few blocks, in which an attack is found as soon, and shrinks sooner. */
  const attack = (): ScenarioDefinition => ({ ...spotPriceManipulation(fork), blocks: 5 });

  /** What a test can see of its connection. */
  async function state(): Promise<unknown> {
    const { users, uniswapV2, usdc } = source.addresses;
    return {
      block: await request("eth_getBlockByNumber", ["latest", false]),
      automine: await request("hardhat_getAutomine"),
      reserves: await request("eth_getStorageAt", [uniswapV2.usdcWeth, "0x8", "latest"]),
      balance: await request("eth_getBalance", [users.alice, "latest"]),
      usdcCode: await request("eth_getCode", [usdc, "latest"]),
      pending: await request("eth_getBlockTransactionCountByNumber", ["pending"]),
    };
  }

  const campaigns: readonly (readonly [
    name: string,
    change: (scenario: Scenario) => Scenario,
    options: CampaignOptions,
  ])[] = [
    ["finds something", (scenario) => scenario, { seed: 1 }],
    ["finds nothing", (scenario) => ({ ...scenario, agents: new Map() }), { runs: 3 }],
    ["is interrupted", (scenario) => scenario, { signal: AbortSignal.abort() }],
    [
      "ends in an error",
      (scenario) => ({
        ...scenario,
        agents: new Map([
          [
            "clumsy",
            defineAgent({
              role: "clumsy",
              act: () => {
                throw new Error("I stumbled");
              },
            }),
          ],
        ]),
      }),
      {},
    ],
  ];
  for (const [name, change, options] of campaigns) {
    for (const automine of [true, false]) {
      it(`is as it was after a campaign that ${name}, automine ${automine ? "on" : "off"}`, async () => {
        const { siege } = fork.connection;
        const vault = await deploySpotLendingVault(fork, "flawed");
        const { alice, bob } = source.addresses.users;
        await request("hardhat_impersonateAccount", [alice]);
        await request("hardhat_stopImpersonatingAccount", [bob]);
        await request("evm_setAutomine", [automine]);
        if (!automine) await request("eth_sendTransaction", [{ from: alice, to: bob, value: "0x1" }]);
        const latest = (await request("eth_getBlockByNumber", ["latest", false])) as { timestamp: `0x${string}` };
        const next = Number(latest.timestamp) + 4_321;
        await request("evm_setNextBlockTimestamp", [numberToHex(next)]);
        const before = await state();

        const result = siege.run(vault, change(siege.scenario(attack())), options);
        await result.then(
          () => undefined,
          () => undefined,
        );

        expect(await state()).to.deep.equal(before);
        // the user's impersonation still works, and no other was left behind
        await request("eth_sendTransaction", [{ from: alice, to: alice, value: "0x0" }]);
        let refusal = "";
        await request("eth_sendTransaction", [{ from: bob, to: bob }]).catch((error: unknown) => {
          refusal = String(error);
        });
        expect(refusal).to.include("Unknown account");
        if (!automine) await request("evm_mine");
        const mined = (await request("eth_getBlockByNumber", ["latest", false])) as { timestamp: `0x${string}` };
        expect(Number(mined.timestamp)).to.equal(next);
      });
    }
  }

  it("keeps its filters to itself: they report what happened before and after the campaign, and nothing of it", async () => {
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const { alice, bob } = source.addresses.users;
    const { usdc } = source.addresses;
    await request("hardhat_impersonateAccount", [alice]);
    const blocks = await request("eth_newBlockFilter");
    const logs = await request("eth_newFilter", [{ address: usdc }]);
    const pending = await request("eth_newPendingTransactionFilter");
    const gone = await request("eth_newBlockFilter");
    await request("eth_uninstallFilter", [gone]);
    const transfer = async (): Promise<{ readonly hash: unknown; readonly block: unknown }> => {
      const data = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [bob, 1n] });
      const hash = await request("eth_sendTransaction", [{ from: alice, to: usdc, data }]);
      const { hash: block } = (await request("eth_getBlockByNumber", ["latest", false])) as { hash: unknown };
      return { hash, block };
    };
    const changes = async (filter: unknown): Promise<unknown[]> =>
      (await request("eth_getFilterChanges", [filter])) as unknown[];
    await changes(blocks);
    const before = await transfer();

    let during: unknown;
    const scenario = siege.scenario(attack());
    const watching = defineAgent({
      role: "watcher",
      act: ({ view }) => {
        if (view.block === 1) during ??= changes(blocks);
      },
    });
    const result = await siege.run(vault, {
      ...scenario,
      agents: new Map([...scenario.agents, ["watcher", watching]]),
    });
    expect(result.kind).to.equal("violation");
    const after = await transfer();

    // the owner may go on asking while the campaign runs
    expect(await during).to.deep.equal([before.block]);
    expect(await changes(blocks)).to.deep.equal([after.block]);
    expect(await changes(pending)).to.deep.equal([before.hash, after.hash]);
    const transfers = (await changes(logs)) as { readonly transactionHash: unknown }[];
    expect(transfers.map(({ transactionHash }) => transactionHash)).to.deep.equal([before.hash, after.hash]);
    for (const filter of [blocks, logs, pending]) expect(await changes(filter)).to.deep.equal([]);
  });
});

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { CampaignOptions, CampaignResult, Scenario, Target } from "../../../../src/types.js";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/index.js";
import { constant } from "../../../../src/protocols/index.js";
import { boxForEach } from "../../../helpers/box-for-each.js";
import { failsWith } from "../../../helpers/errors.js";

describe("requests beside a campaign on its connection", () => {
  let hre: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;
  let target: Target;
  let scenario: Scenario;

  boxForEach((box) => {
    ({ hre, connection, target, scenario } = box);
  });

  const request = (method: string, params: unknown[] = []): Promise<unknown> =>
    connection.provider.request({ method, params });

  /** A campaign that has begun, and what becomes of it. */
  async function begun(options: CampaignOptions = {}): Promise<{ readonly result: Promise<CampaignResult> }> {
    let result: Promise<CampaignResult> | undefined;
    await new Promise<void>((resolve, reject) => {
      result = connection.siege.run(target, scenario, {
        runs: 10,
        ...options,
        progress: ({ phase }) => {
          if (phase === "searching") resolve();
        },
      });
      result.catch(reject);
    });
    if (result === undefined) throw new Error("no campaign");
    return { result };
  }

  /** Without what a clock tells. */
  const plain = ({ cost, ...result }: CampaignResult): object => ({
    ...result,
    cost: { ...cost, seconds: 0, searchSeconds: 0 },
  });

  it("are refused if they read or change its state, and change neither the campaign nor the chain", async () => {
    const { result: alone } = await begun();
    const undisturbed = plain(await alone);
    const [from] = (await request("eth_accounts")) as [string];
    const before = await request("eth_getBlockByNumber", ["latest", false]);
    const { result } = await begun();
    const refused: [method: string, params: unknown[]][] = [
      ["eth_sendTransaction", [{ from, to: from, value: "0x1" }]],
      ["eth_sendRawTransaction", ["0x00"]],
      ["evm_mine", []],
      ["evm_snapshot", []],
      ["evm_revert", ["0x1"]],
      ["evm_increaseTime", [60]],
      ["evm_setAutomine", [true]],
      ["hardhat_setBalance", [from, "0x1"]],
      ["hardhat_impersonateAccount", [from]],
      ["hardhat_mine", ["0x2"]],
      ["eth_call", [{ from, to: from }]],
      ["eth_blockNumber", []],
      ["eth_getBalance", [from, "latest"]],
    ];
    for (const [method, params] of refused) {
      const { summary, hint } = await failsWith("CAMPAIGN_RUNNING", () => request(method, params));
      expect(summary)
        .to.include(`${method} was refused`)
        .and.to.match(/started by siege\.run at .*occupied\.test\.ts:\d+/);
      expect(hint).to.include("Await the campaign").and.to.include("network.create()");
    }
    expect(await request("eth_chainId")).to.equal("0x7a69");
    expect(plain(await result)).to.deep.equal(undisturbed);
    expect(await request("eth_getBlockByNumber", ["latest", false])).to.deep.equal(before);
    await request("eth_sendTransaction", [{ from, to: from, value: "0x1" }]);
  });

  it("are refused in what clients of viem and ethers do, too, with the code in the message", async () => {
    const { result } = await begun();
    const { viem, ethers } = connection;
    const [wallet] = await viem.getWalletClients();
    let refusal = "";
    await wallet?.sendTransaction({ to: wallet.account.address, value: 1n }).catch((error: unknown) => {
      refusal = String(error);
    });
    expect(refusal).to.include("[CAMPAIGN_RUNNING]");
    await failsWith("CAMPAIGN_RUNNING", () => ethers.provider.getBlockNumber());
    await result;
  });

  it("are none of those to another connection, nor those that were sent before", async () => {
    const [from] = (await request("eth_accounts")) as [string];
    const sent = request("eth_sendTransaction", [{ from, to: from, value: "0x1" }]);
    const { result } = await begun();
    const other = await hre.network.create();
    await other.viem.deployContract("CappedBox", [1n]);
    await other.close();
    await result;
    expect(await request("eth_getTransactionReceipt", [await sent])).to.include({ status: "0x1" });
  });

  for (const [client, ask] of [
    ["the provider", () => request("eth_blockNumber")],
    ["viem", async () => (await connection.viem.getPublicClient()).getBlockNumber()],
  ] as const) {
    it(`are refused from a condition's own code as well (${client}), which says whose it is`, async () => {
      const nosy = defineCondition({
        id: "nosy",
        inspect: ask,
        observe: () => constant(undefined),
        judge: () => undefined,
      });
      const { summary, hint } = await failsWith("CONDITION_FAILED", () =>
        connection.siege.run(target, { ...scenario, conditions: [nosy] }),
      );
      expect(summary).to.include('The condition "nosy" failed: inspect() makes requests of its own');
      expect(summary).to.include("eth_blockNumber was refused");
      expect(hint).to.include("observe()");
    });
  }

  it("stop a matcher that nobody awaits, which says so when it is awaited after all", async () => {
    const late = expect(target).toSurviveScenario(scenario, { runs: 100_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [from] = (await request("eth_accounts")) as [string];
    const hash = await request("eth_sendTransaction", [{ from, to: from, value: "0x1" }]);
    const { summary } = await failsWith("MATCHER_NOT_AWAITED", () => late);
    expect(summary).to.match(/occupied\.test\.ts:\d+:\d+ was not awaited, so eth_\w+, which came on its connection/);
    expect(await request("eth_getTransactionReceipt", [hash])).to.include({ status: "0x1" });
  });
});

import type { EthereumProvider } from "hardhat/types/providers";
import type { Address } from "viem";

import type { LocalSiege } from "../../helpers/local-siege.js";
import type { Ended } from "../../helpers/siege-task.js";
import type { RpcServer } from "../../mini-mainnet/rpc-server.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { encodeFunctionData, numberToHex, parseEther } from "viem";

import { volatilityOracleAbi, volatilityOracleCode } from "../../../src/oracles/index.js";
import { SMILE } from "../../fixtures/presets/straddle-desk.js";
import { FORKING } from "../../helpers/box-upstream.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { hoursOf } from "../../helpers/stretches.js";
import { PinnedChain } from "../../mini-mainnet/pinned-chain.js";
import { serve } from "../../mini-mainnet/rpc-server.js";

/** Blocks after which EDR forks a chain that does not know its final ones. */
const FINALITY = 128;

describe("hardhat siege watch of a feed", () => {
  let local: LocalSiege;
  let node: RpcServer;
  let provider: EthereumProvider;
  let feed: Address;
  let folder: string;
  /** Set while the node refuses to tell of events after this block. */
  let broken: number | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    local = await createLocalSiege();
    ({ provider } = local.connection);
    const [from] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
    const data = volatilityOracleCode({ surface: SMILE, level: 0.8 });
    const { contractAddress } = await new PinnedChain(provider).send({ from: from!, data });
    feed = contractAddress!;
    await publish(hoursOf(7, [0.5, 400], [2.5, 200]).prices);
    node = await serve({
      request: (request): Promise<unknown> => {
        const [filter] = (request.params ?? []) as readonly [{ readonly toBlock?: string }?];
        if (broken !== undefined && request.method === "eth_getLogs" && Number(filter?.toBlock) > broken) {
          throw new Error("the node is out of order");
        }
        return provider.request(request);
      },
    });
  });
  after(async () => {
    await node.close();
    await local.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** An hour each, and then blocks enough for those to be final. */
  async function publish(prices: readonly number[]): Promise<void> {
    const publisher = "0x000000000000000000000000000000051e6EFeED";
    const ask = (method: string, ...params: readonly unknown[]): Promise<unknown> =>
      provider.request({ method, params: [...params] });
    await ask("hardhat_impersonateAccount", publisher);
    await ask("hardhat_setBalance", publisher, numberToHex(parseEther("1000")));
    for (const price of prices) {
      const args = [parseEther(price.toFixed(6))] as const;
      await ask("evm_increaseTime", 3_600);
      const data = encodeFunctionData({ abi: volatilityOracleAbi, functionName: "publish", args });
      await ask("eth_sendTransaction", { from: publisher, to: feed, data });
    }
    // one by one: of blocks that are mined at once, EDR has no state in between
    for (let block = 0; block < FINALITY; block++) await ask("evm_mine");
  }

  async function watch(options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    const hre = await shellEnvironment({
      ...FORKING,
      networks: { default: { type: "edr-simulated", chainId: 31337, forking: { url: node.url } } },
      siege: { reproductions: path.join(folder, "reproductions") },
    });
    const files = [path.join(SHELL_PROJECT, "siege", "capped.scenario.ts")];
    const ranges = path.join(folder, "feed.ranges");
    return siegeTask(hre, "watch", { files, noCompile: true, runs: "3", feed, from: "2", ranges, ...options });
  }

  it("is no regime while the node fails, and goes on where it was", async () => {
    broken = 500;
    const failed = await watch();
    expect(failed.code).to.equal(2);
    expect(failed.stderr).to.include("[RPC_FAILED]");
    expect(failed.stdout).to.not.include("regime");
    broken = undefined;
    const { code, stdout, stderr } = await watch();
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^2 regimes in \d+ returns/);
    expect(stdout).to.match(/ {2}tuned {6}calm when it was tuned, .*: that regime has ended, turbulent from /);
    expect(stdout).to.include("CappedBox survived");
  });

  it("reads what is new", async () => {
    const before = (await readFile(path.join(folder, "feed.ranges"), "utf8")).length;
    await publish(hoursOf(8, [0.5, 300]).prices);
    const { stdout, stderr } = await watch({ files: [] });
    expect(stdout, stderr).to.include("that regime goes on");
    expect((await readFile(path.join(folder, "feed.ranges"), "utf8")).length).to.be.greaterThan(before);
  });

  it("is too short a history where the feed has published little", async () => {
    const { code, stderr } = await watch({ from: "900", ranges: path.join(folder, "late.ranges") });
    expect(code).to.equal(2);
    expect(stderr).to.match(/\[INVALID_HISTORY\]|\[INVALID_OPTION\]/);
  });
});

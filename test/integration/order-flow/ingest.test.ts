import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { NodeIngest } from "../../../src/plugin/flow/ingest-node.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { packFlow } from "../../../src/order-flow/data-set/flow-document.js";
import { readFlow } from "../../../src/order-flow/index.js";
import { requireSources } from "../../../src/order-flow/ingest/flow-sources.js";
import { ingestNode } from "../../../src/plugin/flow/ingest-node.js";
import { failsWith } from "../../helpers/errors.js";
import { shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

describe("siege ingest", () => {
  let source: MiniMainnetSource;
  let folder: string;
  let content: object;

  before(async () => {
    source = await miniMainnetSource();
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    const { uniswapV2, aaveV3, chainlink, weth } = source.addresses;
    content = {
      contracts: {
        pool: { kind: "uniswapV2", address: uniswapV2.usdcWeth },
        lending: { kind: "aaveV3", address: aaveV3.pool },
        feed: { kind: "chainlink", address: chainlink.ethUsd, asset: "ETH" },
      },
      tokens: { [weth]: { asset: "ETH" } },
    };
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await source.close();
  });

  /** Asks the mini mainnet, as a node would be asked. */
  async function request(method: string, params: unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(source.url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error !== undefined) throw new Error(error.message);
    return result;
  }

  /** Asks an endpoint that returns the logs of a few blocks at most. */
  function narrow(most: number, seen: (from: number) => void = () => undefined): NodeIngest["request"] {
    return async (method, params) => {
      if (method === "eth_getLogs") {
        const [{ fromBlock, toBlock }] = params as [{ fromBlock: string; toBlock: string }];
        if (Number(toBlock) - Number(fromBlock) >= most) throw new Error("query returned more than 10000 results");
        seen(Number(fromBlock));
      }
      return request(method, params);
    };
  }

  function options(name: string, given: Partial<NodeIngest> = {}): NodeIngest {
    return {
      request,
      sources: requireSources(content, "here"),
      from: 1,
      to: source.blockNumber,
      senders: true,
      ranges: path.join(folder, name),
      signal: new AbortController().signal,
      wait: async () => undefined,
      progress: () => undefined,
      ...given,
    };
  }

  it("reads from a node what accounts did on real contracts, and what contracts are", async () => {
    const flow = await ingestNode(options("whole"));
    expect(flow!.contracts.pool).to.deep.include({ kind: "uniswapV2", quote: source.addresses.usdc.toLowerCase() });
    expect(Object.values(flow!.tokens).map(({ symbol }) => symbol)).to.have.members(["USDC", "WETH"]);
    const kinds = new Set(flow!.events.map(({ kind }) => kind));
    expect([...kinds]).to.include.members(["mint", "supply", "borrow", "round"]);
    expect(flow!.blocks).to.deep.equal([1, source.blockNumber]);
    expect(flow!.times[1]).to.be.at.least(flow!.times[0]);
    const { users } = source.addresses;
    const accounts = Object.values(users).map((user) => user.toLowerCase());
    for (const event of flow!.events) if (event.kind !== "round") expect(accounts).to.include(event.from.toLowerCase());
  });

  it("halves ranges that are too much for an endpoint, and reads the same", async () => {
    const whole = await ingestNode(options("halved"));
    const halved = await ingestNode(options("narrow", { request: narrow(3) }));
    expect(packFlow(halved!)).to.deep.equal(packFlow(whole!));
    await failsWith("RPC_FAILED", () => ingestNode(options("nothing", { request: narrow(0) })));
  });

  it("goes on after the last range that was complete, whatever ended it, and loses nothing", async () => {
    const whole = await ingestNode(options("uninterrupted"));
    let left = 14;
    const dies: NodeIngest["request"] = async (method, params) => {
      if (method === "eth_getLogs" && left-- <= 0) throw new Error("the connection is gone");
      return narrow(3)(method, params);
    };
    await failsWith("RPC_FAILED", () => ingestNode(options("killed", { request: dies })));
    // what a process leaves that is killed while it writes
    await appendFile(path.join(folder, "killed"), '{"range":[4');
    const asked: number[] = [];
    const resumed = await ingestNode(options("killed", { request: narrow(3, (from) => asked.push(from)) }));
    expect(Math.min(...asked)).to.be.greaterThan(1);
    expect(packFlow(resumed!)).to.deep.equal(packFlow(whole!));
  });

  it("reads again what was reorganised meanwhile", async () => {
    const controller = new AbortController();
    const stopped = options("reorganised", { request: narrow(3), signal: controller.signal });
    controller.abort();
    expect(await ingestNode(stopped)).to.equal(undefined);
    const file = path.join(folder, "reorganised");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/"hash":"0x[0-9a-f]{64}","logs"/, `"hash":"0x${"00".repeat(32)}","logs"`));
    const asked: number[] = [];
    await ingestNode(options("reorganised", { request: narrow(3, (from) => asked.push(from)) }));
    expect(Math.min(...asked)).to.equal(1);
  });

  it("does not go on with ranges of other sources", async () => {
    await ingestNode(options("other"));
    const sources = requireSources({ contracts: { pool: { kind: "aaveV3", address: source.addresses.weth } } }, "here");
    await failsWith("PATHS_FILE_INVALID", () => ingestNode(options("other", { sources })));
    await failsWith("LOGS_INVALID", () => ingestNode(options("chain", { sources: { ...sources, chainId: 5 } })));
  });

  describe("as a task", () => {
    let hre: HardhatRuntimeEnvironment;

    before(async () => {
      hre = await shellEnvironment({
        networks: { default: { type: "http", url: source.url } },
      });
    });

    const file = (name: string): string => path.join(folder, name);

    it("writes a data set that its schema describes and siege flow tells of", async () => {
      await writeFile(file("sources.json"), JSON.stringify(content));
      const told = await siegeTask(hre, "ingest", {
        sources: file("sources.json"),
        from: "1",
        to: String(source.blockNumber),
        out: file("flow.json.gz"),
        senders: false,
      });
      expect(told.code, told.stderr).to.equal(0);
      expect(told.stdout).to.match(/^\d+ events in the blocks 1 to \d+, /);
      expect(existsSync(file("flow.json.gz.ranges"))).to.equal(false);
      const flow = await readFlow(file("flow.json.gz"));
      const { gunzipSync } = await import("node:zlib");
      const text = gunzipSync(await readFile(file("flow.json.gz"))).toString("utf8");
      expect(faultsOf("flow-data-set", text)).to.deep.equal([]);
      expect(flow.events.length).to.be.greaterThan(5);
    });

    for (const [what, args, printed] of [
      ["no sources", { sources: "nowhere.json", from: "1" }, /\[LOGS_INVALID\]/],
      ["no first block", { from: undefined }, /\[INVALID_OPTION\]/],
      ["a block that is none", { from: "1.5" }, /\[INVALID_OPTION\]/],
      ["logs that are not there", { logs: "nowhere.csv" }, /\[LOGS_INVALID\]/],
    ] as const) {
      it(`exits with 2 for ${what}`, async () => {
        await writeFile(file("sources.json"), JSON.stringify({ ...content, tokens: {} }));
        const given = { sources: file("sources.json"), out: file("none.json.gz"), senders: false, from: "1", ...args };
        const { code, stderr } = await siegeTask(hre, "ingest", given);
        expect(code).to.equal(2);
        expect(stderr).to.match(printed);
      });
    }

    it("tells of a data set that is none", async () => {
      await writeFile(file("none"), "{}");
      const { code, stderr } = await siegeTask(hre, "flow", { file: file("none"), json: false });
      expect(code).to.equal(2);
      expect(stderr).to.match(/\[FLOW_INVALID\]/);
    });
  });
});

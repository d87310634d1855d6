import type { Address, Hex } from "viem";

import type { StateUpstream } from "../../../../src/engine/chain/state-upstream/serve-state.js";
import type { StateBundle } from "../../../../src/engine/chain/state-upstream/state-bundle.js";
import type { StateSource } from "../../../../src/engine/chain/state-upstream/state-source.js";

import { expect } from "chai";
import { numberToHex, pad } from "viem";

import { serveState } from "../../../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../../../src/engine/chain/state-upstream/state-source.js";

const HELD: Address = "0x00000000000000000000000000000000000000aa";
const UNKNOWN: Address = "0x00000000000000000000000000000000000000bb";
const HASH = pad("0x3e8", { size: 32 });
const EARLIER = { number: "0x3e6", hash: pad("0x3e6", { size: 32 }) } as const;

function slot(number: number): Hex {
  return pad(numberToHex(number), { size: 32 });
}

const BUNDLE: StateBundle = {
  chainId: 1,
  block: { number: "0x3e8", hash: HASH },
  ancestors: [EARLIER],
  accounts: {
    [HELD]: { balance: "0x5", nonce: "0x2", code: "0x6001", storage: { [slot(1)]: slot(9), [slot(2)]: slot(0) } },
  },
};

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Posts a body as is; a response that stays open is a failure, not a wait. */
async function post(upstream: StateUpstream, body: string): Promise<unknown> {
  const response = await fetch(upstream.url, { method: "POST", body, signal: AbortSignal.timeout(2_000) });
  return response.json();
}

async function ask(upstream: StateUpstream, method: string, ...params: readonly unknown[]): Promise<Answer> {
  return (await post(upstream, JSON.stringify({ jsonrpc: "2.0", id: 7, method, params }))) as Answer;
}

describe("a state upstream, over HTTP", () => {
  const opened: StateUpstream[] = [];
  const serve = async (source: StateSource = bundleSource(BUNDLE)): Promise<StateUpstream> => {
    const upstream = await serveState(source);
    opened.push(upstream);
    return upstream;
  };

  afterEach(async () => {
    for (const upstream of opened.splice(0)) await upstream.close();
  });

  it("never ends a connection on which the fork's next request may be under way", async () => {
    const { url } = await serve();
    const response = await fetch(url, { method: "POST", body: "{}", signal: AbortSignal.timeout(2_000) });
    // a server that ends idle connections says after how many seconds
    expect(response.headers.get("keep-alive")).to.equal(null);
  });

  it("serves what it holds, including a zero", async () => {
    const upstream = await serve();
    const expected: readonly (readonly [result: unknown, method: string, ...params: unknown[]])[] = [
      ["0x1", "eth_chainId"],
      ["1", "net_version"],
      ["0x5", "eth_getBalance", HELD, "latest"],
      ["0x2", "eth_getTransactionCount", HELD.toUpperCase().replace("0X", "0x"), "0x3e8"],
      ["0x6001", "eth_getCode", HELD, HASH],
      [slot(9), "eth_getStorageAt", HELD, "0x1", "latest"],
      [slot(0), "eth_getStorageAt", HELD, slot(2), "latest"],
      [BUNDLE.block, "eth_getBlockByNumber", "0x3e8", false],
      [BUNDLE.block, "eth_getBlockByHash", HASH, false],
      [EARLIER, "eth_getBlockByNumber", "0x3e6", false],
    ];
    for (const [result, method, ...params] of expected) {
      expect(await ask(upstream, method, ...params), method).to.deep.equal({ jsonrpc: "2.0", id: 7, result });
    }
    expect(upstream.misses()).to.deep.equal([]);
  });

  it("names what it does not hold, and records it in request order", async () => {
    const upstream = await serve();
    for (const [method, message, ...params] of [
      ["eth_getStorageAt", `the state does not hold slot ${slot(3)} of ${HELD}`, HELD, "0x3", "latest"],
      ["eth_getStorageAt", `the state does not hold slot ${slot(1)} of ${UNKNOWN}`, UNKNOWN, "0x1", "latest"],
      ["eth_getBalance", `the state does not hold the account ${UNKNOWN}`, UNKNOWN, "latest"],
      ["eth_getBlockByNumber", "the state does not hold the block 0x3e7", "0x3e7", false],
      ["eth_getBlockByNumber", "the state does not hold the block 0x3e9", "0x3e9", false],
      ["eth_getBlockByNumber", "the state does not hold the block pending", "pending", false],
      ["eth_call", "the method eth_call is not served here", { to: HELD }, "latest"],
    ] as const) {
      const answer = await ask(upstream, method, ...params);
      expect(answer).to.deep.equal({ jsonrpc: "2.0", id: 7, error: { code: -32000, message } });
    }
    expect(upstream.misses()).to.deep.equal([
      { address: HELD, slot: slot(3) },
      { address: UNKNOWN, slot: slot(1) },
      { address: UNKNOWN, slot: undefined },
    ]);
  });

  it("never serves its state as another block's, even if it holds that block's header", async () => {
    const upstream = await serve();
    for (const [method, ...params] of [
      ["eth_getStorageAt", HELD, "0x1", EARLIER.number],
      ["eth_getBalance", HELD, EARLIER.hash],
      ["eth_getCode", HELD, "earliest"],
    ] as const) {
      const { error, result } = await ask(upstream, method, ...params);
      expect(result).to.equal(undefined);
      expect(error?.message).to.include("is not held, only that of block 0x3e8");
    }
    expect(upstream.misses()).to.deep.equal([]);
  });

  it("refuses invalid parameters, and counts none of them as missing state", async () => {
    const upstream = await serve();
    for (const [method, ...params] of [
      ["eth_getBalance"],
      ["eth_getBalance", "constructor", "latest"],
      ["eth_getBalance", 7, "latest"],
      ["eth_getBalance", HELD],
      ["eth_getStorageAt", HELD],
      ["eth_getStorageAt", HELD, "one", "latest"],
      ["eth_getStorageAt", HELD, `0x${"1".repeat(66)}`, "latest"],
      ["eth_getStorageAt", HELD, "0x1", { blockNumber: "0x3e8" }],
    ] as const) {
      expect((await ask(upstream, method, ...params)).error?.code, JSON.stringify([method, params])).to.equal(-32602);
    }
    expect(upstream.misses()).to.deep.equal([]);
  });

  it("responds to every body, whatever its contents", async () => {
    const upstream = await serve();
    for (const [body, code] of [
      ["", -32700],
      ["{nope", -32700],
      ["null", -32600],
      ["7", -32600],
      ["[]", -32600],
      ['{"id":1,"params":[]}', -32600],
      ['{"id":1,"method":"eth_chainId","params":7}', -32600],
    ] as const) {
      expect(await post(upstream, body), body).to.have.nested.property("error.code", code);
    }
  });

  it("handles the requests of a batch one by one: an error does not affect the other requests", async () => {
    const upstream = await serve();
    const batch = [
      { id: 1, method: "eth_chainId" },
      null,
      { id: 3, method: "eth_getBalance", params: [UNKNOWN, "latest"] },
    ];
    const [first, second, third] = (await post(upstream, JSON.stringify(batch))) as readonly Answer[];
    expect(first).to.deep.equal({ jsonrpc: "2.0", id: 1, result: "0x1" });
    expect(second?.error?.code).to.equal(-32600);
    expect(third?.id).to.equal(3);
    expect(third?.error?.message).to.include(UNKNOWN);
  });

  it("responds with an error, and continues, if the source throws or returns what JSON cannot represent", async () => {
    const upstream = await serve({
      ...bundleSource(BUNDLE),
      block: { number: 1_000n },
      account: () => {
        throw new Error("the disk is gone");
      },
    });
    expect((await ask(upstream, "eth_getBlockByNumber", "latest", false)).error?.code).to.equal(-32000);
    expect((await ask(upstream, "eth_getBalance", HELD, "latest")).error?.message).to.equal("the disk is gone");
    expect((await ask(upstream, "eth_chainId")).result).to.equal("0x1");
  });
});

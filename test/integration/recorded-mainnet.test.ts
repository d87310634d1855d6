import type { Address, Hex } from "viem";

import type { StateBundle } from "../../src/engine/state-upstream/state-bundle.js";

import { createServer } from "node:http";

import { expect } from "chai";
import { numberToHex, pad } from "viem";

import { serveState } from "../../src/engine/state-upstream/serve-state.js";
import { bundleSource } from "../../src/engine/state-upstream/state-source.js";
import { hermetic, mineRecorded, onFork } from "../recorded-mainnet/mine-recorded.js";
import { hasRecordedBlocks, recordedBlock } from "../recorded-mainnet/recorded-block.js";

/** Real blocks, with the rules that they were executed by. 19426586 is the last before Cancun. */
const BLOCKS = [
  { number: 12_459_406, hardfork: "berlin" },
  { number: 15_538_827, hardfork: "merge" },
  { number: 19_426_586, hardfork: "shanghai" },
] as const;

/** What a promise is rejected with, as text. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return String(error);
  }
  throw new Error("nothing was refused");
}

function withoutSlot(bundle: StateBundle, address: Address, slot: Hex): StateBundle {
  const account = bundle.accounts[address];
  if (account?.storage[slot] === undefined) throw new Error(`The recording does not hold slot ${slot} of ${address}.`);
  const { [slot]: _left, ...storage } = account.storage;
  return { ...bundle, accounts: { ...bundle.accounts, [address]: { ...account, storage } } };
}

describe("recorded mainnet blocks (need ../shared/recorded-state)", () => {
  before(function () {
    if (!hasRecordedBlocks()) this.skip();
  });

  for (const { number, hardfork } of BLOCKS) {
    it(`${String(number)} (${hardfork}): its own transactions give its own receipts`, async () => {
      const block = recordedBlock(number);
      await onFork(block.before, { hardfork, blockGasLimit: block.gasLimit }, async (request, upstream) => {
        await mineRecorded(request, block, hardfork);
        const mined = (await request("eth_getBlockByNumber", ["latest", false])) as Record<string, Hex>;
        expect(mined.transactions).to.have.length(block.transactions.length);
        expect(BigInt(mined.gasUsed ?? "0x0")).to.equal(block.gasUsed);
        expect(mined.receiptsRoot).to.equal(block.receiptsRoot);
        expect(upstream.misses()).to.deep.equal([]);
      });
    });
  }

  it("refuses to mine a block that reads a slot which the bundle does not hold, and names it", async () => {
    const block = recordedBlock(12_459_406);
    // Uniswap V2's USDC/WETH pair keeps its reserves in slot 8
    const pair = "0xb4e16d0168e52d35cacd2c6185b44281ec28c9dc";
    const slot = pad("0x8", { size: 32 });
    const bundle = withoutSlot(block.before, pair, slot);
    await onFork(bundle, { hardfork: "berlin", blockGasLimit: block.gasLimit }, async (request, upstream) => {
      const message = await refusal(mineRecorded(request, block, "berlin"));
      expect(message).to.include(`the state does not hold slot ${slot} of ${pair}`);
      expect(upstream.misses()[0]).to.deep.equal({ address: pair, slot });
      expect(await request("eth_blockNumber")).to.equal(numberToHex(block.number - 1));
    });
  });

  it("does not take a missing slot for zero where zero is what it holds", async () => {
    const block = recordedBlock(12_459_406);
    const found = Object.entries(block.before.accounts).flatMap(([address, { storage }]) =>
      Object.entries(storage).flatMap(([slot, value]) => (BigInt(value) === 0n ? [{ address, slot }] : [])),
    )[0];
    if (found === undefined) throw new Error("the recording holds slots that are zero");
    const [address, slot] = [found.address as Address, found.slot as Hex];
    const bundle = withoutSlot(block.before, address, slot);
    await onFork(bundle, { hardfork: "berlin", blockGasLimit: block.gasLimit }, async (request, upstream) => {
      const message = await refusal(mineRecorded(request, block, "berlin"));
      expect(message).to.include(slot).and.to.include(address);
      expect(upstream.misses()[0]).to.deep.equal({ address, slot });
    });
  });
});

describe("a state upstream", () => {
  const reader: Address = "0x00000000000000000000000000000000000000cc";
  const miner: Address = "0x00000000000000000000000000000000000000ee";
  const nobody: Address = "0x0000000000000000000000000000000000000000";
  const empty = { balance: "0x0", nonce: "0x0", code: "0x", storage: {} } as const;

  function header(number: number): Readonly<Record<string, unknown>> {
    const zero = pad("0x", { size: 32 });
    return {
      number: numberToHex(number),
      hash: pad(numberToHex(number), { size: 32 }),
      parentHash: pad(numberToHex(number - 1), { size: 32 }),
      sha3Uncles: zero,
      miner,
      stateRoot: zero,
      transactionsRoot: zero,
      receiptsRoot: zero,
      logsBloom: pad("0x", { size: 256 }),
      difficulty: "0x0",
      totalDifficulty: "0x0",
      gasLimit: "0x1c9c380",
      gasUsed: "0x0",
      timestamp: "0x63230d83",
      extraData: "0x",
      mixHash: zero,
      nonce: pad("0x", { size: 8 }),
      baseFeePerGas: "0x1",
      size: "0x0",
      transactions: [],
      uncles: [],
    };
  }

  function bundleOf(code: Hex, rest: Partial<StateBundle> = {}): StateBundle {
    const accounts = { [reader]: { ...empty, code }, [miner]: empty, [nobody]: empty };
    return { chainId: 1, block: header(1_000), accounts, ...rest };
  }

  const rules = { hardfork: "merge", blockGasLimit: 30_000_000n };
  const read: unknown[] = [{ from: nobody, to: reader }, "latest"];
  /** PUSH2 998, BLOCKHASH, and return it. */
  const hashOf998: Hex = "0x6103e64060005260206000f3";

  it("names a missing account", async () => {
    // BALANCE of 0xbb
    await onFork(bundleOf("0x60bb3160005260206000f3"), rules, async (request, upstream) => {
      const message = await refusal(request("eth_call", read));
      expect(message).to.include(`the state does not hold the account ${pad("0xbb", { size: 20 })}`);
      expect(upstream.misses()[0]).to.deep.equal({ address: pad("0xbb", { size: 20 }), slot: undefined });
    });
  });

  it("names a missing slot behind a call whose failure the caller ignores", async () => {
    const inner = pad("0xdd", { size: 20 });
    const { accounts } = bundleOf("0x6000600060006000600060dd61fffff160005260206000f3");
    const held = { accounts: { ...accounts, [inner]: { ...empty, code: "0x600754" as const } } };
    await onFork({ ...bundleOf("0x"), ...held }, rules, async (request) => {
      const message = await refusal(request("eth_call", read));
      expect(message).to.include(`the state does not hold slot ${pad("0x7", { size: 32 })} of ${inner}`);
    });
  });

  it("gives the hash of an earlier block that the bundle holds, and names one that it does not", async () => {
    await onFork(bundleOf(hashOf998, { ancestors: [header(998)] }), rules, async (request) => {
      expect(await request("eth_call", read)).to.equal(header(998).hash);
    });
    await onFork(bundleOf(hashOf998), rules, async (request) => {
      expect(await refusal(request("eth_call", read))).to.include("the state does not hold the block 0x3e6");
    });
  });

  it("answers what is not JSON-RPC with an error", async () => {
    const upstream = await serveState(bundleSource(bundleOf("0x")));
    try {
      for (const [body, code] of [
        ["{nope", -32700],
        ["null", -32600],
        ['{"id":1,"method":"eth_chainId","params":7}', -32600],
        ['{"id":1,"method":"eth_sendTransaction"}', -32000],
      ] as const) {
        const response = await fetch(upstream.url, { method: "POST", body });
        expect(await response.json()).to.have.nested.property("error.code", code);
      }
    } finally {
      await upstream.close();
    }
  });

  it("forked twice on one port, does not give the second fork what the first one read", async () => {
    // SLOAD of slot 7
    const code: Hex = "0x60075460005260206000f3";
    const slot = pad("0x7", { size: 32 });
    let source = bundleSource(bundleOf(code));
    // a server of its own keeps the port while what is behind it changes
    const relay = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        void serveState(source).then(async (upstream) => {
          const response = await fetch(upstream.url, { method: "POST", body: Buffer.concat(chunks) });
          outgoing.end(await response.text());
          await upstream.close();
        });
      });
    });
    await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
    const address = relay.address();
    if (typeof address !== "object" || address === null) throw new Error("a TCP server has a port");
    try {
      for (const value of ["0x1", "0x2"] as const) {
        const word = pad(value, { size: 32 });
        const { accounts, ...rest } = bundleOf(code);
        const storage = { [slot]: word };
        source = bundleSource({ ...rest, accounts: { ...accounts, [reader]: { ...empty, code, storage } } });
        const url = `http://127.0.0.1:${String(address.port)}`;
        const { connection, close } = await hermetic({ url, blockNumber: 1_000, ...rules });
        try {
          expect(await connection.provider.request({ method: "eth_call", params: read })).to.equal(word);
        } finally {
          await close();
        }
      }
    } finally {
      relay.close();
      relay.closeAllConnections();
    }
  });
});

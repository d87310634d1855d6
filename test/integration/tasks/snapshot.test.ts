import type { HardhatUserConfig } from "hardhat/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Hex } from "viem";

import type { ForkSnapshot } from "../../../src/engine/fork-snapshot/fork-snapshot.js";
import type { BoxUpstream } from "../../helpers/box-upstream.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { expect } from "chai";
import { pad } from "viem";

import { readSnapshot, writeSnapshot } from "../../../src/engine/fork-snapshot/store.js";
import { orderFlowOf } from "../../../src/market/index.js";
import { BOX } from "../../fixture-projects/shell/siege/forked.scenario.js";
import { boxUpstream, FORKING } from "../../helpers/box-upstream.js";
import { failsWith } from "../../helpers/errors.js";
import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";

/** Runs of a campaign: it is about what they read. */
const RUNS = 6;

const SCENARIO = path.join(SHELL_PROJECT, "siege/forked.scenario.ts");

const PENDING = {
  hash: `0x${"ab".repeat(32)}`,
  from: `0x${"12".repeat(20)}`,
  to: BOX,
  input: "0x",
  value: "0x1",
  gas: "0x5208",
  gasPrice: "0xffffffffff",
} as const;

const BOX_KEY = BOX.toLowerCase() as Hex;
const FIRST_SLOT = pad("0x0", { size: 32 });

type Network = NonNullable<HardhatUserConfig["networks"]>[string];

describe("hardhat siege snapshot", () => {
  let folder: string;
  let file: string;
  let upstream: BoxUpstream;
  let taken: Ended;
  let told: Ended;

  const project = (
    network: Partial<Network>,
    siege: HardhatUserConfig["siege"] = {},
  ): Promise<HardhatRuntimeEnvironment> =>
    shellEnvironment(
      {
        ...FORKING,
        networks: { boxes: { type: "edr-simulated", chainType: "l1", ...network } as Network },
        siege: { runs: RUNS, reproductions: path.join(folder, "reproductions"), ...siege },
      },
      "boxes",
    );
  const offline = (of = file, network: Partial<Network> = {}): Promise<HardhatRuntimeEnvironment> =>
    project(network, { snapshots: { boxes: of } });
  const run = (hre: HardhatRuntimeEnvironment, options: object = {}): Promise<Ended> =>
    siegeTask(hre, "run", { files: [SCENARIO], noCompile: true, ...options });

  /** A snapshot that differs from the one that was taken. */
  async function changed(change: (snapshot: ForkSnapshot) => ForkSnapshot): Promise<string> {
    const other = path.join(folder, `changed-${Math.random()}.json.gz`);
    await writeSnapshot(other, change((await readSnapshot(file)).snapshot));
    return other;
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    file = path.join(folder, "boxes.json.gz");
    upstream = await boxUpstream();
    const online = await project({ forking: { url: upstream.url, blockNumber: upstream.blockNumber } });
    const [pending, orders] = [path.join(folder, "pending.json"), path.join(folder, "orders.json")];
    await writeFile(pending, JSON.stringify({ transactions: [PENDING] }));
    await writeFile(orders, JSON.stringify([{ maker: BOX, salt: "1", signature: "0x00" }]));
    taken = await siegeTask(online, "snapshot", { files: [SCENARIO], noCompile: true, out: file, pending, orders });
    told = await run(online, { json: true });
  });
  after(async () => {
    await upstream.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("saves what a scenario touches, and tells how to use it", async () => {
    expect(taken.code, taken.stderr).to.equal(0);
    expect(taken.stdout).to.include("CappedBox survived").and.to.include("boxes.json.gz holds");
    expect(taken.stdout).to.include('siege: { snapshots: {"boxes":');
    const { snapshot } = await readSnapshot(file);
    expect(snapshot.state.accounts[BOX_KEY]?.storage[FIRST_SLOT]).to.equal(pad("0x7", { size: 32 }));
    expect(snapshot.network).to.deep.equal({ chainId: 31337, chainType: "l1", hardfork: snapshot.network.hardfork });
  });

  it("lets the scenario say the same without the chain", async () => {
    const { code, stdout, stderr } = await run(await offline(), { json: true });
    expect(code, stderr).to.equal(0);
    const clock = /"(seconds|searchSeconds|explaining)": [\d.e-]+/g;
    expect(stdout.replaceAll(clock, "")).to.equal(told.stdout.replaceAll(clock, ""));
  });

  it("gives a scenario the transactions and orders that were kept", async () => {
    const connection = await (await offline()).network.create("boxes");
    const kept = connection.siege.snapshot();
    expect(kept?.blockNumber).to.equal(2);
    expect(orderFlowOf(kept!.pending)).to.have.lengthOf(1);
    expect(kept?.orders).to.deep.equal([{ maker: BOX, salt: "1", signature: "0x00" }]);
    await connection.close();
    const without = await (await shellEnvironment()).network.create();
    expect(without.siege.snapshot()).to.equal(undefined);
    await without.close();
  });

  it("names the account and the slot that a run reads and the file does not hold", async () => {
    const cut = await changed((snapshot) => {
      const { storage: _storage, ...box } = snapshot.state.accounts[BOX_KEY]!;
      const accounts = { ...snapshot.state.accounts, [BOX_KEY]: { ...box, storage: {} } };
      return { ...snapshot, state: { ...snapshot.state, accounts } };
    });
    const hre = await offline(cut);
    const { code, stdout, stderr } = await run(hre);
    expect(code).to.equal(2);
    expect(stderr).to.include("[SNAPSHOT_MISSING_STATE]").and.to.include(`slot ${FIRST_SLOT} of ${BOX_KEY}`);
    expect(stdout).to.not.include("survived");
    // in the project's own code, too, and never as zero
    const connection = await hre.network.create("boxes");
    const box = await connection.viem.getContractAt("CappedBox", BOX);
    // whether its functions have types depends on what was compiled before
    const { read } = box as unknown as { readonly read: { value(): Promise<unknown> } };
    const error = await read.value().then(String, String);
    expect(error).to.include("SNAPSHOT_MISSING_STATE").and.to.include(FIRST_SLOT);
    await connection.close();
  });

  it("adds to a file what it does not hold, of the same block only", async () => {
    const cut = await changed((snapshot) => ({ ...snapshot, state: { ...snapshot.state, accounts: {} } }));
    const online = await project({ forking: { url: upstream.url, blockNumber: upstream.blockNumber } });
    const options = { files: [SCENARIO], noCompile: true, out: cut, add: true };
    const { code, stderr } = await siegeTask(online, "snapshot", options);
    expect(code, stderr).to.equal(0);
    const { snapshot } = await readSnapshot(cut);
    expect(snapshot.state.accounts[BOX_KEY]?.storage).to.have.property(FIRST_SLOT);
    expect(snapshot.pending).to.have.lengthOf(1);
    const other = await changed((one) => ({
      ...one,
      state: { ...one.state, block: { ...one.state.block, hash: PENDING.hash } },
    }));
    const mixed = await siegeTask(online, "snapshot", { ...options, out: other });
    expect(mixed.code).to.equal(2);
    expect(mixed.stderr).to.include("[SNAPSHOT_MISMATCH]");
  });

  it("refuses to serve a network that is not like the one it was taken on", async () => {
    const block = await run(await offline(file, { forking: { url: "http://127.0.0.1:1", blockNumber: 1 } }));
    expect(block.stderr).to.include("[SNAPSHOT_MISMATCH]").and.to.include("block 2").and.to.include("is 1");
    const chain = await run(await offline(file, { chainId: 1 }));
    expect(chain.stderr).to.include("[SNAPSHOT_MISMATCH]").and.to.include("chainId is 31337");
    expect([block.code, chain.code]).to.deep.equal([2, 2]);
  });

  it("is refused for a network that does not fork, or without a file to write", async () => {
    const alone = await siegeTask(await project({}), "snapshot", { files: [SCENARIO], noCompile: true, out: file });
    expect(alone.stderr).to.include("[INVALID_OPTION]").and.to.include('"boxes" forks from no chain');
    const nowhere = await siegeTask(await project({}), "snapshot", { files: [SCENARIO], noCompile: true });
    expect(nowhere.stderr).to.include("--out");
    expect([alone.code, nowhere.code]).to.deep.equal([2, 2]);
  });

  it("is compared with a node, which is told where it differs", async () => {
    const hre = await shellEnvironment();
    const same = await siegeTask(hre, "snapshot verify", { file, rpc: upstream.url });
    expect(same.code, same.stdout + same.stderr).to.equal(0);
    expect(same.stdout).to.include("agrees with 127.0.0.1");
    const edited = await changed((snapshot) => {
      const box = snapshot.state.accounts[BOX_KEY]!;
      const storage = { ...box.storage, [FIRST_SLOT]: pad("0x8", { size: 32 }) };
      const accounts = { ...snapshot.state.accounts, [BOX_KEY]: { ...box, storage } };
      return { ...snapshot, state: { ...snapshot.state, accounts } };
    });
    const differs = await siegeTask(hre, "snapshot verify", { file: edited, rpc: upstream.url });
    expect(differs.code).to.equal(1);
    expect(differs.stdout).to.include(`slot ${FIRST_SLOT}`).and.to.include("differs from");
    const other = await changed((snapshot) => ({ ...snapshot, state: { ...snapshot.state, chainId: 1 } }));
    const mismatch = await siegeTask(hre, "snapshot verify", { file: other, rpc: upstream.url });
    expect(mismatch.code).to.equal(2);
    expect(mismatch.stderr).to.include("[SNAPSHOT_MISMATCH]").and.to.include("serves chain 31337");
    const dead = await siegeTask(hre, "snapshot verify", { file, rpc: "http://127.0.0.1:1/key" });
    expect(dead.code).to.equal(2);
    expect(dead.stderr).to.include("[RPC_FAILED]").and.not.to.include("/key");
  });

  it("shows what it holds", async () => {
    const { code, stdout } = await siegeTask(await shellEnvironment(), "snapshot show", { file });
    expect(code).to.equal(0);
    expect(stdout).to.include("31337, block 2 of ").and.to.include(BOX_KEY).and.to.include("pending    1 transaction");
  });

  describe("refuses a file", () => {
    const text = async (): Promise<string> => gunzipSync(await readFile(file)).toString();
    /** Compressed parts, one after the other, are the whole. */
    const part = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    const damages: readonly (readonly [string, () => Promise<Buffer>, string, string])[] = [
      ["that is cut off", async () => (await readFile(file)).subarray(0, 200), "SNAPSHOT_INVALID", "gzip"],
      ["that is no gzip", async () => Buffer.from("{}"), "SNAPSHOT_INVALID", "gzip"],
      ["that is something else", async () => gzipSync('{"format":"x"}'), "SNAPSHOT_INVALID", '"format"'],
      [
        "that was edited",
        async () => gzipSync((await text()).replace('"salt":"1"', '"salt":"2"')),
        "SNAPSHOT_INVALID",
        "checksum",
      ],
      [
        "of another version",
        async () => gzipSync((await text()).replace('"version":1', '"version":9')),
        "SNAPSHOT_VERSION",
        "version 9",
      ],
      [
        "whose slots are no words",
        async () => gzipSync((await text()).replaceAll(FIRST_SLOT, "0x00")),
        "SNAPSHOT_INVALID",
        "accounts",
      ],
      [
        "that expands beyond measure",
        async () => Buffer.concat(Array.from({ length: 9 }, () => part)),
        "SNAPSHOT_INVALID",
        "expands",
      ],
      ["that nests beyond measure", async () => gzipSync(`${'{"a":['.repeat(100)}1`), "SNAPSHOT_INVALID", "not JSON"],
    ];
    for (const [which, content, code, why] of damages) {
      it(which, async () => {
        const damaged = path.join(folder, "damaged.json.gz");
        await writeFile(damaged, await content());
        const error = await failsWith(code as "SNAPSHOT_INVALID", () => readSnapshot(damaged));
        expect(error.summary).to.include(why);
      });
    }

    it("that is not there, when a network is made, and not before", async () => {
      const hre = await offline(path.join(folder, "nowhere.json.gz"));
      const { code, stderr } = await run(hre);
      expect(code).to.equal(2);
      expect(stderr).to.include("[SNAPSHOT_NOT_FOUND]");
    });
  });

  it("is refused by the config for a network that there is not", async () => {
    const error = await project({}, { snapshots: { boxen: file } }).then(String, String);
    expect(error).to.include("siege.snapshots.boxen").and.to.include("no network of that name");
  });
});

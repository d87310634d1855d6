import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { readLogFiles } from "../../../src/plugin/flow/log-files.js";
import { failsWith } from "../../helpers/errors.js";

const WORD = `0x${"11".repeat(32)}`;
const ADDRESS = WORD.slice(0, 42);

/** Two logs as hyparquet-writer 0.17 writes them, with columns as cryo names them and of bytes. */
const PARQUET =
  "UEFSMRUGFRQVGFwVBBUAFQQVABUEFQAAAAMDCBwFAAAABgAAABUGFRQVGFwVBBUAFQQVABUEFQAAAAMDCBwBAAAAAgAAABUEFUgVFEwVAhUAAAAkECAAAAARegEAFQYVCBUMXBUEFQAVBBUQFQQVAAAAAwMCBAADFQQVMBUUTBUCFQAAABgQFAAAABFKAQAVBhUIFQxcFQQVABUEFRAVBBUAAAADAwIEAAMVBBVIFRRMFQIVAAAAJBAgAAAAEXoBABUGFQgVDFwVBBUAFQQVEBUEFQAAAAMDAgQAAxUGFUwVGFwVBBUCFQQVABUEFQAAAAMBJBAgAAAAEXoBABUGFRgVHFwVBBUAFQQVABUEFQAAAAMDCiQCAAAAAQIAAAAAFQQZjEgEcm9vdBUOABUCJQIYDGJsb2NrX251bWJlcgAVAiUCGAlsb2dfaW5kZXgAFQwlAhgQdHJhbnNhY3Rpb25faGFzaAAVDCUCGAdhZGRyZXNzABUMJQIYBnRvcGljMAAVDCUCGAZ0b3BpYzEAFQwlAhgEZGF0YQAWBBkcGXwmCBwVAhkVABkYDGJsb2NrX251bWJlchUCFgQWPhZCJgg8NgAoBAYAAAAYBAUAAAAAGRwVBhUAFQIAAAAmShwVAhkVABkYCWxvZ19pbmRleBUCFgQWPhZCJko8NgAoBAIAAAAYBAEAAAAAGRwVBhUAFQIAAAAmjAEcFQwZJQAQGRgQdHJhbnNhY3Rpb25faGFzaBUCFgQWlAEWZCa6ASaMARw2ACgQEREREREREREREREREREREhgQERERERERERERERERERERERISABksFQQVABUCABUGFRAVAgAAACbwARwVDBklABAZGAdhZGRyZXNzFQIWBBZ8FmQmngIm8AEcNgAoEBERERERERERERERERERERIYEBERERERERERERERERERERESEgAZLBUEFQAVAgAVBhUQFQIAAAAm1AIcFQwZJQAQGRgGdG9waWMwFQIWBBaUARZkJoIDJtQCHDYAKBARERERERERERERERERERESGBAREREREREREREREREREREREhIAGSwVBBUAFQIAFQYVEBUCAAAAJrgDHBUMGRUAGRgGdG9waWMxFQIWBBZ2FkImuAM8NgIoEBERERERERERERERERERERIYEBERERERERERERERERERERESEgAZHBUGFQAVAgAAACb6AxwVDBkVABkYBGRhdGEVAhYEFkIWRib6Azw2ACgCAQIYAAAZHBUGFQAVAgAAABbYBRYENrgEACgJaHlwYXJxdWV0GXwcAAAcAAAcAAAcAAAcAAAcAAAcAAAAxwIAAFBBUjE=";

describe("files of logs", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function read(name: string, content: string | Uint8Array) {
    await writeFile(path.join(folder, name), content);
    return readLogFiles([path.join(folder, name)]);
  }

  const log = {
    blockNumber: "0x5",
    logIndex: "0x1",
    transactionHash: WORD,
    address: ADDRESS,
    topics: [WORD],
    data: "0x",
  };
  const expected = {
    block: 5,
    index: 1,
    transaction: WORD,
    address: ADDRESS,
    topics: [WORD],
    data: "0x",
    removed: false,
  };

  it("are JSON, lines of JSON, what a node answered, or CSV, packed or not", async () => {
    const csv = `block_number,log_index,transaction_hash,address,topic0,topic1,data\n5,1,${WORD},${ADDRESS},${WORD},,0x\n`;
    for (const [name, content] of [
      ["list.json", JSON.stringify([log], null, 2)],
      ["lines.jsonl", `${JSON.stringify(log)}\n`],
      ["answer.json", JSON.stringify({ jsonrpc: "2.0", result: [log] }, null, 2)],
      ["rows.csv", csv],
      ["rows.csv.gz", gzipSync(csv)],
    ] as const) {
      expect(await read(name, content), name).to.deep.equal([expected]);
    }
  });

  it("are Parquet", async () => {
    expect(await read("logs.parquet", Buffer.from(PARQUET, "base64"))).to.deep.equal([
      { ...expected, topics: [WORD, WORD], data: "0x0102" },
      { ...expected, block: 6, index: 2 },
    ]);
  });

  it("are named with what is wrong with them", async () => {
    await failsWith("LOGS_INVALID", () => readLogFiles([path.join(folder, "nowhere.csv")]));
    await failsWith("LOGS_INVALID", () => readLogFiles([folder]));
    await failsWith("LOGS_INVALID", () => read("broken.json", "[{"));
    await failsWith("LOGS_INVALID", () => read("broken.parquet", "PAR1xxxx"));
    await failsWith("LOGS_INVALID", () => read("broken.csv.gz", "no gzip"));
    const error = await failsWith("LOGS_INVALID", () =>
      read("row.jsonl", `${JSON.stringify(log)}\n{"blockNumber":7}\n`),
    );
    expect(error.summary).to.include("row.jsonl, log 2");
  });
});

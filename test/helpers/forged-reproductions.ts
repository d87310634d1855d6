import type { Reproduction } from "../../src/types.js";

import { execFile } from "node:child_process";
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { fromJson } from "../../src/engine/json.js";
import { serialiseReproduction } from "../../src/engine/reproduction/reproduction.js";

import { withChecksum } from "./mutated-reproductions.js";

/** A file that somebody has made to harm who replays it. */
export interface Forgery {
  readonly what: string;
  /** Whether it gets as far as being played, in a process of its own. */
  readonly isPlayed?: true;
  write(file: string): Promise<void>;
}

type Hermetic = NonNullable<Reproduction["hermetic"]>;

/** Attacks on a reproduction of one transaction to one contract: its code, its state, its texts, its file. */
export function forgeriesOf(text: string): readonly Forgery[] {
  const original = fromJson(text) as Reproduction;
  const { hermetic } = original;
  const [transaction] = hermetic?.script.blocks.flatMap(({ transactions }) => transactions) ?? [];
  if (hermetic === null || transaction?.to === undefined) throw new Error("The reproduction has one transaction.");
  const target = transaction.to.toLowerCase() as `0x${string}`;

  const forged = (what: string, change: (content: Reproduction) => unknown): Forgery => ({
    what,
    write: (file) => writeFile(file, withChecksum(serialiseReproduction(change(original) as Reproduction))),
  });
  const changed = (what: string, change: (content: Hermetic) => unknown): Forgery => ({
    ...forged(what, (content) => ({ ...content, hermetic: change(hermetic) })),
    isPlayed: true,
  });
  /** The target's code is another, with all the gas that there is. */
  const coded = (what: string, code: string, gas = 16_777_216n): Forgery =>
    changed(what, (content) => ({
      ...content,
      state: {
        ...content.state,
        accounts: { ...content.state.accounts, ...PRECOMPILES, [target]: { ...content.state.accounts[target], code } },
      },
      script: {
        ...content.script,
        blocks: content.script.blocks.map((block) => ({
          ...block,
          transactions: block.transactions.map((one) => ({ ...one, gas })),
          receipts: block.receipts.map((receipt) => ({ ...receipt, success: false, gasUsed: gas })),
        })),
      },
    }));
  const raw = (what: string, content: string | Buffer): Forgery => ({
    what,
    write: (file) => writeFile(file, content),
  });

  return [
    coded("an infinite loop", "0x5b600056"),
    coded("an infinite loop of the cheapest instruction", `0x${"5b".repeat(24_000)}600056`),
    coded("a loop with the gas of a whole block", "0x5b600056", 60_000_000n),
    coded("a memory bomb", "0x6001630fffffff52"),
    coded("a bomb of hashes", "0x5b620100006000205060005600".replace("60005600", "600056")),
    coded("calls into itself", `0x5b60006000600060006000305af150600056`),
    coded("contracts that create contracts", "0x5b600060006000f050600056"),
    coded("a bomb of logs", "0x5b620010006000a0600056"),
    coded("the pairing precompile in a loop", "0x5b60206000600060006000600862fffffff150600056"),
    coded("the exponentiation precompile in a loop", "0x5b6000600061040060006000600562fffffff150600056"),
    coded("the recovery precompile in a loop", "0x5b60206000608060006000600162fffffff150600056"),
    coded("a self-destruct", "0x33ff"),
    coded("return data of megabytes", "0x623fffff6000f3"),
    coded("random instructions", `0x${"fe5f5ffdf3ff00".repeat(1_000)}`),
    changed("a thousand blocks", (content) => ({
      ...content,
      script: {
        ...content.script,
        blocks: Array.from({ length: 1_000 }, (_, at) => at).map((at) => ({
          environment: {
            ...content.script.blocks[0]!.environment,
            timestamp: content.script.blocks[0]!.environment.timestamp + at,
          },
          transactions: [],
          receipts: [],
        })),
      },
    })),
    changed("time that runs backwards", (content) => ({
      ...content,
      script: {
        ...content.script,
        blocks: content.script.blocks.map((block) => ({
          ...block,
          environment: { ...block.environment, timestamp: 1 },
        })),
      },
    })),
    changed("a block gas limit of 2^63", (content) => ({
      ...content,
      state: { ...content.state, block: { ...content.state.block, gasLimit: "0x7fffffffffffffff" } },
    })),
    changed("the last block of all", (content) => ({
      ...content,
      state: { ...content.state, block: { ...content.state.block, number: "0xffffffffffffffff" } },
    })),
    changed("a hardfork that there is not", (content) => ({ ...content, hardfork: "\u001b[2Jlondon\n" })),
    changed("a chain without a number", (content) => ({ ...content, state: { ...content.state, chainId: 2 ** 53 } })),
    changed("fees that overflow", (content) => ({
      ...content,
      script: {
        ...content.script,
        blocks: content.script.blocks.map((block) => ({
          ...block,
          environment: { ...block.environment, baseFee: 2n ** 128n - 1n },
        })),
      },
    })),
    changed("a read that calls the whole state", (content) => ({
      ...content,
      script: { ...content.script, read: { ...content.script.read, gas: "0xffffffffffffffff" } },
    })),
    forged("numbers of a million digits", (content) => ({ ...content, seed: `${"9".repeat(1_000_000)}n` })),
    forged("names that rewrite the terminal", (content) => ({
      ...content,
      finding: {
        ...content.finding,
        violation: {
          ...content.finding.violation,
          condition: "\u001b]0;owned\u0007\u202eevlos",
          target: "\u001b[1A\n  survived",
        },
      },
    })),
    raw(
      "a name that is a prototype",
      withChecksum(text.replace('"finding": {', '"finding": { "__proto__": { "status": "minimal" },')),
    ),
    raw(
      "every key twice",
      text.replaceAll(/^( *)("[a-zA-Z]+"): (\d+),?$/gm, "$1$2: -1,\n$1$2: $3,").replaceAll(/,(\s*[}\]])/g, "$1"),
    ),
    raw("a hundred thousand nested lists", "[".repeat(100_000)),
    raw("nested lists that end", `${"[".repeat(5_000)}${"]".repeat(5_000)}`),
    raw("ten million values", `[${"0,".repeat(10_000_000)}0]`),
    raw(
      "bytes that are no text",
      Buffer.concat([Buffer.from(text.slice(0, 200)), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(text.slice(200))]),
    ),
    {
      what: "a hole of a terabyte",
      write: async (file) => {
        await writeFile(file, "");
        await truncate(file, 2 ** 40);
      },
    },
    { what: "a link to a device without an end", write: (file) => symlink("/dev/zero", file) },
    {
      what: "a FIFO that nobody writes to",
      write: (file) => promisify(execFile)("mkfifo", [file]).then(() => undefined),
    },
    { what: "a link to itself", write: (file) => symlink(path.basename(file), file) },
    { what: "a folder", write: (file) => mkdir(file).then(() => undefined) },
  ];
}

/** Precompiles that a forger's state has: otherwise their calls end the replay. */
const PRECOMPILES = Object.fromEntries(
  [1, 5, 8].map((at) => [
    `0x${String(at).padStart(40, "0")}`,
    { balance: "0x0", nonce: "0x0", code: "0x", storage: {} },
  ]),
);

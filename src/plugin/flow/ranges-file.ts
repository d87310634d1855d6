import type { Address, Hex } from "viem";

import type { BlockRange } from "../../order-flow/data-set/flow-data-set.js";
import type { FlowSources } from "../../order-flow/ingest/flow-sources.js";
import type { RawLog } from "../../order-flow/ingest/raw-log.js";

import { createHash } from "node:crypto";

import { toJson } from "../../engine/json.js";
import { LineFile } from "../../risk/line-file.js";

const FORMAT = "hardhat-siege-ranges";
const VERSION = 1;

/** What is kept of a block with logs. */
export interface SavedBlock {
  readonly block: number;
  readonly time: number;
  readonly baseFee: bigint;
  readonly senders: Readonly<Record<string, Address>>;
}

/** A range of blocks that was read. */
export interface SavedRange {
  readonly range: BlockRange;
  /** Of its last block: a chain that has another one was reorganised. */
  readonly hash: Hex;
  readonly logs: readonly RawLog[];
  readonly blocks: readonly SavedBlock[];
  readonly paid: readonly {
    readonly transaction: Hex;
    readonly from: Address;
    readonly priority: bigint;
    readonly fee: bigint;
  }[];
}

/** What ranges must have in common. */
interface RangesOrigin {
  readonly chainId: number;
  readonly from: number;
  readonly senders: boolean;
  readonly sources: FlowSources;
}

/** The ranges that were read so far, in a file to which each is appended when it is complete. */
export class RangesFile {
  readonly #file: LineFile;
  readonly #from: number;
  #ranges: SavedRange[];

  /** @throws SiegeError `PATHS_FILE_INVALID` if the file is of something else, `PATHS_FILE_UNWRITABLE` */
  constructor(file: string, { chainId, from, senders, sources }: RangesOrigin) {
    const hash = createHash("sha256").update(toJson(sources)).digest("hex");
    const header = { format: FORMAT, version: VERSION, chainId, from, senders, hash };
    this.#file = new LineFile({
      root: process.cwd(),
      file,
      noun: "range",
      header,
      differs: (line) => differenceOf(line, header),
    });
    this.#from = from;
    // lines that this class wrote: the first line says so
    this.#ranges = [...(this.#file.lines as readonly SavedRange[])];
    const isWhole = this.#ranges.every(
      ({ range }, index) => range[0] === (this.#ranges[index - 1]?.range[1] ?? from - 1) + 1,
    );
    if (!isWhole) throw this.#file.invalid("its lines do not follow each other", file);
  }

  /**
   * The block to go on with: after the last range whose last block the chain still has. Later ones are forgotten.
   *
   * @param hashOf - of a block of the chain as it is now
   */
  async resume(hashOf: (block: number) => Promise<Hex>): Promise<number> {
    const known = [...this.#ranges];
    for (let last = known.at(-1); last !== undefined; last = known.at(-1)) {
      if ((await hashOf(last.range[1])) === last.hash) break;
      known.pop();
    }
    if (known.length < this.#ranges.length) {
      this.#file.restart();
      for (const range of known) this.#file.add(range);
      this.#ranges = known;
    }
    return (known.at(-1)?.range[1] ?? this.#from - 1) + 1;
  }

  add(range: SavedRange): void {
    this.#file.add(range);
    this.#ranges.push(range);
  }

  /** What was read, up to a block. */
  until(to: number): readonly SavedRange[] {
    return this.#ranges.filter(({ range }) => range[0] <= to);
  }
}

function differenceOf(line: unknown, header: Readonly<Record<string, unknown>>): string {
  const theirs = (typeof line === "object" && line !== null ? line : {}) as Readonly<Record<string, unknown>>;
  if (theirs.format !== FORMAT) return "its first line is not that of a file of ranges";
  const different = Object.keys(header).find((name) => theirs[name] !== header[name]) ?? "header";
  return different === "hash"
    ? "it was read from other sources"
    : `its ${different} is ${JSON.stringify(theirs[different])}, not ${JSON.stringify(header[different])}`;
}

import type { Address, Hex } from "viem";

import type { StateBundle } from "../chain/state-upstream/state-bundle.js";
import type { ParameterValue } from "../world/parameters/parameter-value.js";
import type { FindingRecord } from "./finding-record.js";
import type { OnChain } from "./on-chain.js";
import type { Script } from "./script.js";

import { createHash } from "node:crypto";

import { toJson } from "../json.js";

/** The version of the format that is written. `version-1.ts` reads the previous one; any other is refused. */
export const REPRODUCTION_VERSION = 2;

/** The first field of every reproduction. */
export const REPRODUCTION_FORMAT = "hardhat-siege reproduction";

/** What is needed to play a reproduction with no upstream and no project. */
export interface Hermetic {
  /** The rules of the chain: `cancun`, `prague`, … */
  readonly hardfork: string;
  /** The state that the script touches, and nothing else. */
  readonly state: StateBundle;
  readonly script: Script;
}

/** A finding in a file: its record, where it was found, and the state that its trace needs. Plain data. */
export interface Reproduction {
  readonly format: typeof REPRODUCTION_FORMAT;
  readonly version: typeof REPRODUCTION_VERSION;
  /** `found`: not yet minimised, or not completely; `minimal`: certified and confirmed. */
  readonly status: "found" | "minimal";
  readonly scenario: string;
  readonly target: { readonly name: string; readonly address: Address };
  readonly forkBlock: number;
  /** The parameters that its campaign set, which are part of the state; absent if it set none. */
  readonly parameters?: readonly ParameterValue[];
  /** The seed and the run of the search that found it, for information only: the trace is what is replayed. */
  readonly seed: number;
  readonly run: number;
  readonly finding: FindingRecord;
  readonly hermetic: Hermetic | null;
  /** What exports need besides; absent before it is confirmed, and in files of earlier releases. */
  readonly onChain?: OnChain;
}

/** The file's text: canonical JSON with a checksum over everything else in it. */
export function serialiseReproduction(reproduction: Reproduction): string {
  return `${toJson(withChecksum(reproduction), 2)}\n`;
}

/** The content of the file. */
export function withChecksum(reproduction: Reproduction): object {
  return { ...reproduction, checksum: checksumOf(reproduction) };
}

/** SHA-256 of the canonical JSON without the checksum itself. */
export function checksumOf(content: object): Hex {
  const { checksum: _checksum, ...rest } = content as { readonly checksum?: unknown };
  return `0x${createHash("sha256").update(toJson(rest)).digest("hex")}`;
}

/** The longest part of a file's name that is made of the target's. */
const MAX_SLUG = 60;

/**
 * The file's name without its extension, valid on every file system: the target, and a hash that identifies the finding. It does not change while the
 * finding is minimised.
 */
export function nameOf(
  found: Pick<Reproduction, "scenario" | "target" | "parameters"> & Pick<FindingRecord, "violation" | "genome">,
): string {
  const { scenario, target, violation, genome, parameters = [] } = found;
  const values = parameters.map(({ name, value }) => [name, value]);
  const identity = toJson([scenario, target, violation.cause, genome, ...(values.length === 0 ? [] : [values])]);
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 8);
  const slug = target.name
    // a name has no length, a file's has
    .slice(0, MAX_SLUG)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
  return `${slug === "" ? "target" : slug}-${hash}`;
}

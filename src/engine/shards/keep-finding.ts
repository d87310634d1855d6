import type { CaseStore } from "../campaign/case-file.js";
import type { Trace } from "../events/trace.js";
import type { ShardFinding } from "./result.js";
import type { KeptIn } from "./verdict.js";

import path from "node:path";

import { CaseFile } from "../campaign/case-file.js";
import { BUILT_IN_KINDS } from "../events/kinds.js";
import { isSmaller } from "../reproduction/smaller.js";
import { readReproduction } from "../reproduction/store.js";

import { isFinished } from "./choose.js";

/** Where the files of findings belong. */
export interface Folder {
  readonly projectRoot: string;
  /** Relative to it. */
  readonly reproductions: string;
}

/** Where the file of a finding will be once the shards are merged. */
export function comingFile(finding: ShardFinding, { projectRoot, reproductions }: Folder): KeptIn {
  const name = isFinished(finding) || finding.run === 0 ? finding.name : `${finding.name}.unconfirmed`;
  const file = path.join(path.resolve(projectRoot, reproductions), `${name}.json`);
  return { file: path.relative(projectRoot, file), unsaved: [] };
}

/** Writes the file of a finding, as the campaign of a single machine does. */
export async function keepFinding(finding: ShardFinding, { projectRoot, reproductions }: Folder): Promise<KeptIn> {
  const store = await storeOf(finding, projectRoot, path.resolve(projectRoot, reproductions));
  await (isFinished(finding) ? store.finish(finding.reproduction) : store.keep(finding.reproduction));
  return { file: store.path, unsaved: store.unsaved };
}

async function storeOf({ name, run }: ShardFinding, projectRoot: string, folder: string): Promise<CaseStore> {
  const base = path.join(folder, name);
  if (run > 0) return new CaseFile(projectRoot, base, isSmallerAnywhere);
  const file = `${base}.json`;
  // it was there when the shard was played
  const reproduction = await readReproduction(file).catch(() => undefined);
  return new CaseFile(projectRoot, reproduction === undefined ? base : { file, reproduction }, isSmallerAnywhere);
}

/** A scenario's own kinds of events are not known here: a file with them is left as it is. */
function isSmallerAnywhere(one: Trace, other: Trace): boolean {
  const areBuiltIn = [...one.steps, ...other.steps].every(({ kind }) => BUILT_IN_KINDS.has(kind));
  return areBuiltIn && isSmaller(one, other, BUILT_IN_KINDS);
}

import type { ForkSnapshot, StoredSnapshot } from "../../engine/fork-snapshot/fork-snapshot.js";
import type { TemporaryFolder } from "../temporary-folder.js";
import type { Entry, Opened, OpenSnapshot } from "./snapshot-registry.js";

import { stat } from "node:fs/promises";
import path from "node:path";

import { serveState } from "../../engine/chain/state-upstream/serve-state.js";
import { snapshotName } from "../../engine/chain/state-upstream/snapshot-miss.js";
import { bundleSource } from "../../engine/chain/state-upstream/state-source.js";
import { readSnapshot } from "../../engine/fork-snapshot/store.js";
import { quoted } from "../../engine/reproduction/file-errors.js";
import { temporaryFolder } from "../temporary-folder.js";

import { entries } from "./snapshot-registry.js";

/** Reads a snapshot, unless this process has read it already as it is now. What is wrong with it is told where it is used. */
export async function openSnapshot(file: string): Promise<Opened> {
  const version = await stat(file, { bigint: true }).then(
    ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
    () => "none",
  );
  const known = entries.get(file);
  if (known?.version === version) return known.opened;
  const entry: Entry = { version, opened: opened(file) };
  entries.set(file, entry);
  entry.settled = await entry.opened;
  return entry.settled;
}

async function opened(file: string): Promise<Opened> {
  try {
    const stored = await readSnapshot(file);
    const folder = await temporaryFolder();
    return { snapshot: serving(file, stored, folder) };
  } catch (error) {
    return { error };
  }
}

function serving(file: string, stored: StoredSnapshot, folder: TemporaryFolder): OpenSnapshot {
  let url: Promise<string> | undefined;
  return {
    ...stored,
    file,
    cacheDir: path.join(folder.path, "fork-cache"),
    url: () => (url ??= serve(file, stored.snapshot)),
  };
}

async function serve(file: string, { state }: ForkSnapshot): Promise<string> {
  const shown = quoted(path.relative(process.cwd(), file));
  const upstream = await serveState({ ...bundleSource(state), name: snapshotName(shown) });
  // as long as there are connections, whoever has them keeps the process alive
  upstream.unref();
  return upstream.url;
}

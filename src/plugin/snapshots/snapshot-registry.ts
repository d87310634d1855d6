import type { StoredSnapshot } from "../../engine/fork-snapshot/fork-snapshot.js";

/** A snapshot that networks of this process fork from. */
export interface OpenSnapshot extends StoredSnapshot {
  readonly file: string;
  /** Of the node's cache: ports come again, and what was read at one belongs to this snapshot alone. */
  readonly cacheDir: string;
  /** Where it is served; it is served from the first call on. */
  url(): Promise<string>;
}

/** What is known of a file: the snapshot, or why there is none. */
export type Opened = { readonly snapshot: OpenSnapshot } | { readonly error: unknown };

/** A file that was read. */
export interface Entry {
  /** Of the file when it was read. */
  readonly version: string;
  readonly opened: Promise<Opened>;
  settled?: Opened;
}

/** By absolute path. The networks of a process share what they fork from, as its connections are made by the dozen. */
export const entries: Map<string, Entry> = new Map<string, Entry>();

/**
 * A snapshot that was read before.
 *
 * @throws what is wrong with the file
 */
export function openedSnapshot(file: string): OpenSnapshot {
  const settled = entries.get(file)?.settled;
  if (settled === undefined) throw new Error(`the snapshot ${file} has not been read yet`);
  if ("error" in settled) throw settled.error;
  return settled.snapshot;
}

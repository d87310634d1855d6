import type { Stats } from "node:fs";

import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** Read at a time. */
const CHUNK = 1024 * 1024;

/** Why a file was not read; anything else that fails is the error of the file system. */
export type Unread = "too large" | { readonly is: string };

/**
 * Reads a text file from a stranger: as {@link readRegularBytes} does, and only UTF-8.
 *
 * @param most - bytes
 */
export async function readRegularFile(
  file: string,
  most: number,
): Promise<{ readonly text: string } | Unread | "not UTF-8"> {
  const read = await readRegularBytes(file, most);
  if (read === "too large" || "is" in read) return read;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(read.content) };
  } catch {
    return "not UTF-8";
  }
}

/**
 * Reads a file from a stranger: only a regular one (opening a FIFO would wait for ever, and a device has no end), only as far as it
 * may go.
 *
 * @param most - bytes
 */
export async function readRegularBytes(file: string, most: number): Promise<{ readonly content: Buffer } | Unread> {
  // Windows has neither FIFOs nor this flag
  const flags = constants.O_RDONLY | ((constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0);
  const handle = await open(file, flags);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return { is: kindOf(stats) };
    if (stats.size > most) return "too large";
    const chunks: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      // it may grow meanwhile, and files of the kernel have no size
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(CHUNK, stats.size + 1)), 0);
      if (bytesRead === 0) break;
      bytes += bytesRead;
      if (bytes > most) return "too large";
      chunks.push(buffer.subarray(0, bytesRead));
    }
    return { content: Buffer.concat(chunks) };
  } finally {
    await handle.close();
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

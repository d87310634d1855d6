import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** What temporary files end with; nothing that reads a folder of reproductions or tests takes them for its own. */
const TEMPORARY = ".tmp";

/**
 * Writes a file so that every reader finds either the old or the new one, complete, whoever else writes it at the same time.
 * Packages for this make the temporary name of the process's number, which two containers on one volume share.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  // in the same folder: a rename is atomic within a file system only
  const temporary = path.join(folder, `.${randomBytes(12).toString("hex")}${TEMPORARY}`);
  try {
    // never through a link that somebody else has put there
    await writeFile(temporary, content, { flag: "wx" });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

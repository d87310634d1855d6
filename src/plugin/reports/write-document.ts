import { access, appendFile, constants, mkdir, open, rm } from "node:fs/promises";
import path from "node:path";

import { replaceFile } from "../../engine/reproduction/atomic-file.js";
import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/** The widest path in an error. */
const WIDTH = 200;

/** @throws SiegeError `RESULT_UNWRITABLE` if the file cannot be written, before there is anything to write */
export async function requireWritable(file: string): Promise<void> {
  await orUnwritable(file, async () => {
    const whole = path.resolve(file);
    await mkdir(path.dirname(whole), { recursive: true });
    const isNew = await access(whole).then(
      () => false,
      () => true,
    );
    const handle = await open(whole, "a");
    const { size } = await handle.stat();
    await handle.close();
    // an empty report would remain if this ends without one
    if (isNew && size === 0) await rm(whole, { force: true });
  });
}

/** @throws SiegeError `RESULT_UNWRITABLE` if files cannot be written to the folder, before there are any */
export async function requireFolder(folder: string): Promise<void> {
  await orUnwritable(folder, async () => {
    await mkdir(path.resolve(folder), { recursive: true });
    await access(path.resolve(folder), constants.W_OK);
  });
}

/**
 * Writes a document. Relative paths are those of the working directory.
 *
 * @throws SiegeError `RESULT_UNWRITABLE`
 */
export async function writeDocument(file: string, text: string): Promise<void> {
  await orUnwritable(file, () => replaceFile(path.resolve(file), `${text}\n`));
}

/** Writes bytes in the same way. @throws SiegeError `RESULT_UNWRITABLE` */
export async function writeBytes(file: string, bytes: Uint8Array): Promise<void> {
  await orUnwritable(file, () => replaceFile(path.resolve(file), bytes));
}

/**
 * Adds to a document that others write to as well.
 *
 * @throws SiegeError `RESULT_UNWRITABLE`
 */
export async function appendDocument(file: string, text: string): Promise<void> {
  await orUnwritable(file, () => appendFile(path.resolve(file), text));
}

async function orUnwritable(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new SiegeError("RESULT_UNWRITABLE", {
      message: `The result could not be written to ${legible(file, WIDTH)}: ${legible(cause instanceof Error ? cause.message : String(cause), WIDTH)}.`,
      hint: "Name a file, or a folder for figures, that this process may write to.",
      cause,
    });
  }
}

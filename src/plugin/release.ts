import { fileURLToPath } from "node:url";

import { readJsonFile } from "@nomicfoundation/hardhat-utils/fs";

/** The release of this package. */
export async function releaseOf(): Promise<string> {
  // two folders up, from the sources as from what is built of them
  const file = fileURLToPath(new URL("../../package.json", import.meta.url));
  const { version } = await readJsonFile<{ readonly version: string }>(file);
  return version;
}

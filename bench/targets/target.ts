import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The version with the planted flaw, and its twin without it. */
export type Variant = "flawed" | "fixed";

export const VARIANTS: readonly Variant[] = ["flawed", "fixed"];

/** One protocol of the yardstick: a folder with a `target.json`. */
export interface Target {
  /** The folder's name. */
  readonly name: string;
  readonly folder: string;
  readonly kind: string;
  /** `<contract>.t.sol` has the tests `<contract>Test` and `<contract>FixedTest`. */
  readonly contract: string;
  readonly flaw: string;
  /** Steps of the shortest attack that its author knows. */
  readonly steps: number;
  /** Names of its files. */
  readonly files: readonly string[];
  /** Of their contents: a result of other files is a result of another target. */
  readonly digest: string;
}

/** The targets in a folder, by name. Folders without a `target.json` are none. */
export async function targetsIn(folder: string): Promise<readonly Target[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map(({ name }) => targetAt(path.join(folder, name))),
  );
  return found.filter((target) => target !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of the test contract of a variant. */
export function testOf({ contract }: Target, variant: Variant): string {
  return `${contract}${variant === "fixed" ? "Fixed" : ""}Test`;
}

async function targetAt(folder: string): Promise<Target | undefined> {
  const files = (await readdir(folder)).sort();
  if (!files.includes("target.json")) return undefined;
  const digest = createHash("sha256");
  for (const file of files) digest.update(`${file}\0`).update(await readFile(path.join(folder, file)));
  const about = JSON.parse(await readFile(path.join(folder, "target.json"), "utf8")) as Omit<Target, "name" | "folder">;
  return { ...about, name: path.basename(folder), folder, files, digest: digest.digest("hex").slice(0, 12) };
}

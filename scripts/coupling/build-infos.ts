import type { Source } from "./planted-lines.js";

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

interface Output {
  readonly output: {
    readonly sources: Readonly<Record<string, { readonly ast: Source["ast"] }>>;
    readonly contracts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

interface Input {
  readonly input: { readonly sources: Readonly<Record<string, { readonly content: string }>> };
}

/** The sources that were compiled together with a contract, which is of the newest build that has it. */
export async function sourcesWith(contract: string, artifacts: string): Promise<readonly Source[]> {
  const folder = path.join(artifacts, "build-info");
  const file = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".output.json"));
  for (const name of file) {
    const { output } = JSON.parse(await readFile(path.join(folder, name), "utf8")) as Output;
    if (!Object.values(output.contracts).some((contracts) => contract in contracts)) continue;
    const { input } = JSON.parse(await readFile(path.join(folder, name.replace(".output", "")), "utf8")) as Input;
    return Object.entries(output.sources).map(([source, { ast }]) => ({
      file: source.replace(/^project\//, ""),
      content: input.sources[source]?.content ?? "",
      ast,
    }));
  }
  throw new Error(`No build in ${folder} has ${contract}.`);
}

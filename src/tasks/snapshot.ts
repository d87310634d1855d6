import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { ZodType, ZodTypeDef } from "zod";

import type { ForkSnapshot } from "../engine/fork-snapshot/fork-snapshot.js";
import type { FileResult } from "../report/file-result.js";
import type { CampaignFlags } from "./campaign-flags.js";

import { readFile } from "node:fs/promises";
import path from "node:path";

import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION } from "../engine/fork-snapshot/fork-snapshot.js";
import { ordersSchema, pendingSchema } from "../engine/fork-snapshot/schema.js";
import { readSnapshot, writeSnapshot } from "../engine/fork-snapshot/store.js";
import { uniteStates } from "../engine/fork-snapshot/unite.js";
import { issueText, quoted, reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";
import { networkNameOf } from "../plugin/network-name.js";
import { requireSimulated } from "../plugin/simulated-network.js";
import { takeSnapshot } from "../plugin/snapshots/take-snapshot.js";
import { renderSnapshot } from "../report/snapshot.js";

import { readFlags } from "./campaign-flags.js";
import { undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { requireFiles, runFiles } from "./run-files.js";
import { loadScenarioFile } from "./scenario-files.js";

interface SnapshotArguments extends CampaignFlags {
  readonly files: string[];
  readonly out: string | undefined;
  readonly pending: string | undefined;
  readonly orders: string | undefined;
  readonly add: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege snapshot`: exits with 0 if the snapshot was written, and with 2 if it was not. */
const snapshot: NewTaskActionFunction<SnapshotArguments> = (taskArguments, hre): Promise<void> =>
  undecidedIfItThrows(async () => {
    const { files, out, add, noCompile } = taskArguments;
    requireFiles(files, "snapshot");
    if (out === undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege snapshot was not told where to write.",
        hint: "Name a file: --out siege/fork.json.gz.",
      });
    }
    // all of it is checked before anything is played
    const flags = readFlags(taskArguments);
    const before = add ? (await readSnapshot(out)).snapshot : undefined;
    const pending = await listIn(taskArguments.pending, "--pending", pendingSchema, "transactions");
    const orders = await listIn(taskArguments.orders, "--orders", ordersSchema, "orders");
    if (!noCompile) {
      const noTests = hre.config.solidity.splitTestsCompilation;
      await hre.tasks.getTask("build").run({ quiet: true, noTests });
    }

    const taken = await takeSnapshot(hre, networkNameOf(hre), async (connect) => {
      const results = await interruptible((signal) =>
        runFiles(files, { findings: "all", ...flags, signal }, true, async (file, options) => {
          const factory = await loadScenarioFile(file);
          const connection = await connect();
          try {
            requireSimulated(connection);
            const { target, scenario } = await factory(connection);
            return { file, result: await connection.siege.run(target, scenario, options) };
          } finally {
            await connection.close();
          }
        }),
      );
      requirePlayed(results);
    });
    const kept: ForkSnapshot = {
      format: SNAPSHOT_FORMAT,
      version: SNAPSHOT_VERSION,
      network: taken.network,
      state: before === undefined ? taken.state : uniteStates(before.state, taken.state),
      pending: pending ?? before?.pending ?? [],
      orders: orders ?? before?.orders ?? [],
    };
    await writeSnapshot(out, kept);
    console.log(renderSnapshot(out, await readSnapshot(out)));
    if (hre.config.siege.snapshots[networkNameOf(hre)] === undefined) console.log(howToUse(out, hre));
  });

export default snapshot;

/** A campaign that did not come to its end has not touched all that it touches. */
function requirePlayed(results: readonly FileResult[]): void {
  for (const entry of results) {
    if ("error" in entry) throw entry.error;
    if (entry.result.kind !== "incomplete") continue;
    throw new SiegeError("INCOMPLETE", {
      message: `No snapshot was written: the campaign of ${quoted(entry.file)} did not come to its end (${entry.result.reason}).`,
      hint: "Take it again with fewer runs, or without a time limit.",
      cause: entry.result.error,
    });
  }
}

/** A list in a JSON file: by itself, or in the field of that name, as a block has its transactions. */
async function listIn<ItemT>(
  file: string | undefined,
  flag: string,
  schema: ZodType<readonly ItemT[], ZodTypeDef, unknown>,
  field: string,
): Promise<readonly ItemT[] | undefined> {
  if (file === undefined) return undefined;
  const wrong = (why: string, cause?: unknown): SiegeError =>
    new SiegeError("INVALID_OPTION", {
      message: `The file of ${flag}, ${quoted(file)}, has no list of ${field}: ${why}.`,
      hint: `Write a JSON array, or an object with ${field}, as a node returns them.`,
      cause,
    });
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw wrong(reasonOf(cause), cause);
  }
  const isRecord = typeof content === "object" && content !== null && !Array.isArray(content);
  const list: unknown = isRecord ? (content as Readonly<Record<string, unknown>>)[field] : content;
  const parsed = schema.safeParse(list);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(issue === undefined ? "its content is wrong" : issueText(issue));
}

function howToUse(out: string, hre: HardhatRuntimeEnvironment): string {
  const file = path.relative(hre.config.paths.root, path.resolve(out)).replaceAll(path.sep, "/");
  const setting = JSON.stringify({ [networkNameOf(hre)]: file });
  return `\nTo fork from it, without the endpoint: siege: { snapshots: ${setting} } in hardhat.config`;
}

import type { Settings, Tool } from "./campaign.js";
import type { Variant } from "./target.js";

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { TOOLS } from "./campaign.js";
import { VARIANTS } from "./target.js";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** What the command line asks for. */
export interface Options {
  /** The folder of the targets. */
  readonly targets: string;
  /** The checkout whose build is tried. */
  readonly packageRoot: string;
  readonly only: readonly string[] | undefined;
  readonly seeds: readonly number[];
  readonly tools: readonly Tool[];
  readonly variants: readonly Variant[];
  readonly jobs: number;
  /** The file of a policy, absolute. */
  readonly policy: string | undefined;
  /** CPU seconds that our minimiser may take after a find. */
  readonly minimise: number;
  readonly settingsOf: (tool: Tool) => Settings;
  /** JSON lines. */
  readonly results: string;
  /** The table. */
  readonly table: string;
  /** Whether the table has columns for all builds in the results, not only for those at hand. */
  readonly allBuilds: boolean;
  /** Whether to write the table and run nothing. */
  readonly tableOnly: boolean;
}

/** @throws Error that names a flag with a value it cannot have */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      targets: { type: "string", default: import.meta.dirname },
      package: { type: "string", default: process.env.BENCH_PACKAGE ?? ROOT },
      only: { type: "string" },
      seeds: { type: "string", default: "1-5" },
      tools: { type: "string", default: TOOLS.join(",") },
      variants: { type: "string", default: VARIANTS.join(",") },
      cpu: { type: "string", default: "60" },
      depth: { type: "string" },
      options: { type: "string" },
      label: { type: "string" },
      policy: { type: "string" },
      jobs: { type: "string", default: "1" },
      minimise: { type: "string", default: "120" },
      results: { type: "string", default: path.join(import.meta.dirname, "results.jsonl") },
      table: { type: "string", default: path.join(ROOT, "bench/TARGETS.md") },
      "all-builds": { type: "boolean", default: false },
      "table-only": { type: "boolean", default: false },
    },
  });
  const cpu = positive("--cpu", values.cpu);
  const depth = values.depth === undefined ? {} : { depth: positive("--depth", values.depth) };
  const policy = values.policy === undefined ? undefined : path.resolve(values.policy);
  const digest = policy === undefined ? "" : createHash("sha256").update(readFileSync(policy)).digest("hex");
  const ours = {
    ...(values.options === undefined ? {} : { options: JSON.parse(values.options) as Record<string, unknown> }),
    ...(values.label === undefined ? {} : { label: values.label }),
    ...(policy === undefined ? {} : { policy: digest.slice(0, 12) }),
  };
  return {
    targets: path.resolve(values.targets),
    packageRoot: path.resolve(values.package),
    only: values.only?.split(","),
    seeds: seedsOf(values.seeds),
    tools: namesOf("--tools", values.tools, TOOLS),
    variants: namesOf("--variants", values.variants, VARIANTS),
    jobs: positive("--jobs", values.jobs),
    policy,
    minimise: Number(values.minimise),
    settingsOf: (tool) => ({ cpu, ...(tool === "siege" ? ours : depth) }),
    results: path.resolve(values.results),
    table: path.resolve(values.table),
    allBuilds: values["all-builds"],
    tableOnly: values["table-only"],
  };
}

/** `3`, `1-5`, `1,4,7` */
function seedsOf(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [, first = "", last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === "") throw new Error(`--seeds has "${part}", which is neither a number nor a range like 1-5.`);
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  });
}

function namesOf<NameT extends string>(flag: string, text: string, names: readonly NameT[]): readonly NameT[] {
  return text.split(",").map((given) => {
    const name = names.find((candidate) => candidate === given);
    if (name === undefined) throw new Error(`${flag} has "${given}", which is none of ${names.join(", ")}.`);
    return name;
  });
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`${flag} has "${text}", which is not a number above 0.`);
}

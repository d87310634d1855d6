import type { Proposer } from "../agents/proposer.js";
import type { CampaignOptions } from "../engine/campaign/options.js";
import type { DiffOptions } from "../engine/diff/diff-options.js";
import type { RuinOptions } from "../risk/ruin/ruin-options.js";
import type { ParameterValues } from "../scenario/parameters/setter.js";

import { z } from "zod";

import { isProposer } from "../agents/proposer.js";
import { DEFAULT_RUNS, DEFAULT_SEED } from "../engine/campaign/defaults.js";
import { SiegeError } from "../errors.js";
import { field, oneOfWords, section, shown, wholeNumber } from "../options.js";

import { faultOfReport } from "./reports/wanted-reports.js";

/** The `siege` section of a Hardhat config, as a user writes it. */
export interface SiegeUserConfig {
  /** How many runs the search of a campaign may use, 1 to 1,000,000. Default 500. */
  readonly runs?: number;
  /** Seed of the search, 0 to 2,147,483,647. Default 1. */
  readonly seed?: number;
  /** Seconds after which a campaign stops and reports that it is incomplete. Default: none. */
  readonly timeLimit?: number;
  /** How many worlds a search plays on side by side, 1 to 64, or `"auto"`. Default `"auto"`. */
  readonly lanes?: number | "auto";
  /** How a search executes blocks: `"batched"` (calls share transactions) or `"faithful"`. Default `"batched"`. */
  readonly executor?: "batched" | "faithful";
  /** Folder of the reproductions, relative to the project's root. Default `siege/reproductions`. */
  readonly reproductions?: string;
  /**
   * Reports that `siege run`, `siege merge` and tests leave, each as reporter and file, relative to the project's root:
   * `["junit=siege/junit.xml", "sarif=siege/siege.sarif"]`. The flag `--reporter` replaces them. Default: none.
   */
  readonly reports?: readonly string[];
  /** Whether findings name the lines of code that make the difference. Default true. */
  readonly explain?: boolean;
  /**
   * Snapshots by the network that forks from them, in place of its endpoint; paths are relative to the project's root:
   * `{ mainnetFork: "siege/fork.json.gz" }`. Default: none.
   */
  readonly snapshots?: Readonly<Record<string, string>>;
}

/** The `siege` section with its defaults filled in. */
export interface SiegeConfig {
  readonly runs: number;
  readonly seed: number;
  readonly timeLimit: number | undefined;
  readonly lanes: number | "auto";
  readonly executor: "batched" | "faithful";
  readonly reproductions: string;
  readonly reports: readonly string[];
  readonly explain: boolean;
  readonly snapshots: Readonly<Record<string, string>>;
}

const DEFAULTS: SiegeConfig = {
  runs: DEFAULT_RUNS,
  seed: DEFAULT_SEED,
  timeLimit: undefined,
  lanes: "auto",
  executor: "batched",
  reproductions: "siege/reproductions",
  reports: [],
  explain: true,
  snapshots: {},
};

// fast-check takes seeds as signed 32-bit integers: a larger one would collide with another, and a report would name a
// seed that does not replay
const MAX_SEED = 2 ** 31 - 1;
const MAX_RUNS = 1_000_000;
const MAX_LANES = 64;
const MAX_FINDINGS = 1_000;
const MOST_PROPOSERS = 16;
const MAX_PATHS = 10_000_000;

const campaignFields = {
  runs: wholeNumber(1, MAX_RUNS),
  seed: wholeNumber(0, MAX_SEED),
  timeLimit: field<number>(
    (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
    "a number of seconds greater than 0",
  ),
  lanes: field<number | "auto">(
    (value) => value === "auto" || (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAX_LANES),
    `a whole number from 1 to ${MAX_LANES}, or "auto"`,
  ),
  executor: oneOfWords(["batched", "faithful"]),
};

const folder = field<string>((value) => typeof value === "string" && value.trim() !== "", "the path of a folder");

const explain = field<boolean>((value) => typeof value === "boolean", "true or false");

const reports = z.array(
  z.unknown().superRefine((value, context) => {
    const expected = faultOfReport(value);
    if (expected === undefined) return;
    context.addIssue({ code: z.ZodIssueCode.custom, message: `Expected ${expected}; got ${shown(value)}.` });
  }),
);

const snapshots = field<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((file) => typeof file === "string" && file.trim() !== ""),
  'the path of a snapshot for each network, like { mainnetFork: "siege/fork.json.gz" }',
);

const siegeSchema = section({ ...campaignFields, reproductions: folder, reports, explain, snapshots });

const callFields = {
  ...campaignFields,
  explain,
  findings: field<number | "all">(
    (value) => value === "all" || (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAX_FINDINGS),
    `a whole number from 1 to ${MAX_FINDINGS}, or "all"`,
  ),
};

const signal = field<AbortSignal>((value) => value instanceof AbortSignal, "an AbortSignal");

// whether there are such parameters is for the scenario to say
const parameters = field<ParameterValues>(
  (value) =>
    typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "number"),
  "values of the scenario's parameters by name, like { ltv: 0.8 }",
);

// who calls it with what is for its type to say
const progress = field<CampaignOptions["progress"] & RuinOptions["progress"]>(
  (value) => typeof value === "function",
  "a function",
);

const proposers = field<readonly Proposer[]>(
  (value) => Array.isArray(value) && value.length <= MOST_PROPOSERS && value.every(isProposer),
  `a list of up to ${MOST_PROPOSERS} proposers, made with defineProposer or trainedAttacker`,
);

const learn = field<boolean>((value) => typeof value === "boolean", "true or false");
const callSchema = section({ ...callFields, learn, parameters, proposers, signal, progress });

/** A probability of which nothing is known for certain. */
const probability = field<number>(
  (value) => typeof value === "number" && value > 0 && value < 1,
  "a number above 0 and below 1, like 0.95",
);

const { runs: _runs, ...sharedFields } = campaignFields;

const ruinFields = {
  ...sharedFields,
  paths: wholeNumber(1, MAX_PATHS),
  confidence: probability,
  stopWhen: field<RuinOptions["stopWhen"]>(isStop, "{ limit } or { width }, each above 0 and below 1"),
  rare: field<RuinOptions["rare"]>(
    (value) => typeof value === "object" && value !== null && "assets" in value,
    "{ assets } with what is tilted, like { assets: { ETH: { deviations: -4 } } }",
  ),
  minimise: wholeNumber(0, MAX_FINDINGS),
  resume: field<string>((value) => typeof value === "string" && value.trim() !== "", "the path of a file"),
  progress,
};

const ruinSchema = section({ ...ruinFields, parameters, signal });

const { runs, seed, timeLimit } = campaignFields;

const diffFields = { runs, seed, timeLimit, parameters, signal };

const diffSchema = section(diffFields);

/** What Hardhat's user config looks like to this plugin; paths of issues start at the root of the config. */
export const userConfigSchema: z.ZodType<unknown> = z.object({ siege: siegeSchema.optional() });

/** Fills in the defaults of a validated `siege` section. */
export function resolveConfig(user: SiegeUserConfig | undefined): SiegeConfig {
  return { ...DEFAULTS, ...definedOnly(user ?? {}) };
}

/**
 * The options of one campaign: those of the call, completed from the config. A task passes its flags as the options of
 * its call, so the order of precedence is call, flag, config, default.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function resolveOptions(call: CampaignOptions, config: SiegeConfig): CampaignOptions {
  requireOptions("campaign", call, callSchema, callFields);
  const { runs, explain: explains } = config;
  return { runs, explain: explains, ...sharedOf(config), ...definedOnly(call) };
}

/**
 * The same for the options of one risk run. Its paths are not the runs of the config: as many as find a flaw may say little
 * about a probability.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function resolveRuinOptions(call: RuinOptions, config: SiegeConfig): RuinOptions {
  requireOptions("risk run", call, ruinSchema, ruinFields);
  return { ...sharedOf(config), ...definedOnly(call) };
}

/**
 * The same for the options of one comparison, whose runs are played twice, one transaction per call: not as many as those of the
 * config.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function resolveDiffOptions(call: DiffOptions, config: SiegeConfig): DiffOptions {
  requireOptions("comparison", call, diffSchema, diffFields);
  const { seed, timeLimit } = config;
  return { seed, ...(timeLimit === undefined ? {} : { timeLimit }), ...definedOnly(call) };
}

/** What campaigns and risk runs take from the config. */
function sharedOf({
  seed,
  timeLimit,
  lanes,
  executor,
}: SiegeConfig): Pick<CampaignOptions, "seed" | "timeLimit" | "lanes" | "executor"> {
  return { seed, lanes, executor, ...(timeLimit === undefined ? {} : { timeLimit }) };
}

/** @throws SiegeError `INVALID_OPTION` */
function requireOptions(of: string, call: unknown, schema: z.ZodType<unknown>, fields: object): void {
  const checked = schema.safeParse(call);
  if (checked.success) return;
  const issue = checked.error.issues[0];
  const path = issue?.path.join(".") ?? "";
  throw new SiegeError("INVALID_OPTION", {
    message: path === "" ? `The ${of}'s options are wrong.` : `The option "${path}" is wrong.`,
    hint: issue?.message ?? `Use any of: ${Object.keys(fields).join(", ")}.`,
  });
}

/** Whether it says when to stop. */
function isStop(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [[name, at] = [], ...more] = Object.entries(value);
  return (name === "limit" || name === "width") && probability.safeParse(at).success && more.length === 0;
}

/** An explicit `undefined` means "not set", as in any options object. */
function definedOnly<ObjectT extends object>(values: ObjectT): Partial<ObjectT> {
  // Object.fromEntries forgets the keys; dropping entries of an ObjectT leaves a Partial<ObjectT>
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<ObjectT>;
}

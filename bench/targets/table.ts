import type { Machine } from "../machine.js";
import type { Settings } from "./campaign.js";
import type { Result } from "./results.js";
import type { Target } from "./target.js";

import { median } from "../samples.js";

/** The results of one tool, build and setting. */
interface Series {
  readonly head: string;
  readonly results: readonly Result[];
}

const INTRO = `# Targets

A yardstick for tools that look for the sequence of calls that breaks a protocol. Each target is a small protocol with one planted
flaw, and a twin in which it is fixed. Their authors knew the README and the docs of this plugin, not its source or its tests; they
wrote for each a plain scenario, an attack by hand as a proof, and a handler for invariant tests as a fair auditor would write it. Half
of the targets (named in targets/README.md) was set aside until it was scored once, with 9 of 12 found; it is known since.

Every campaign is a process of its own with the same budget of CPU seconds (user and system, all threads). Compiling does not count;
ours begins to count when the target is deployed, that of the peers when their runner starts. A find counts if it is confirmed within
the budget; shrinking comes on top. A twin that is "broken" is a false alarm. What each tool is given, and how to run it, is in
[targets/README.md](targets/README.md).

Medusa and Echidna are not among the peers: we found a package of neither in npm or Debian (the \`medusa\` of npm is a shop, that of
Debian a password tester), and their releases could not be reached from where this was measured.
`;

/** The results as a page for people. */
export function renderTable(
  results: readonly Result[],
  targets: readonly Target[],
  { allBuilds }: { readonly allBuilds: boolean },
  { cpu, cores, memory, platform, node }: Machine,
): string {
  const current = results.filter(({ target, digest }) =>
    targets.some((candidate) => candidate.name === target && candidate.digest === digest),
  );
  const series = seriesOf(current, allBuilds);
  const kinds = [...new Set(targets.map(({ kind }) => kind))].sort();
  const tried = targets.filter(({ name }) => current.some(({ target }) => target === name));
  return [
    INTRO,
    `${cpu}, ${cores} cores, ${memory} GB, ${platform}, Node ${node}.`,
    "## In all",
    totals(series, tried.length),
    ...kinds.flatMap((kind) => {
      const ofKind = tried.filter((target) => target.kind === kind);
      return ofKind.length === 0 ? [] : [`## ${capitalised(kind)}`, ...ofKind.map((target) => section(target, series))];
    }),
    ...alarms(series),
    ...errors(series),
  ].join("\n\n");
}

/** The last build of each tool and setting, unless all are wanted. */
function seriesOf(results: readonly Result[], allBuilds: boolean): readonly Series[] {
  const grouped = new Map<string, Result[]>();
  for (const result of results) {
    const key = JSON.stringify([result.tool, result.settings, result.build]);
    grouped.set(key, [...(grouped.get(key) ?? []), result]);
  }
  const lastBuild = new Map(results.map(({ tool, settings, build }) => [JSON.stringify([tool, settings]), build]));
  return [...grouped.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { tool, settings, build, commit } = first;
    if (!allBuilds && lastBuild.get(JSON.stringify([tool, settings])) !== build) return [];
    const version = tool === "siege" ? (commit ?? build) : build;
    return [{ head: [`${tool} (${version})`, ...shownSettings(settings)].join(", "), results: group }];
  });
}

function shownSettings({ cpu, depth, options = {}, label }: Settings): readonly string[] {
  return [
    `${cpu} CPU s`,
    ...(depth === undefined ? [] : [`depth ${depth}`]),
    ...Object.entries(options).map(([name, value]) => `${name}: ${shownOption(value)}`),
    ...(label === undefined ? [] : [label]),
  ];
}

function shownOption(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function totals(series: readonly Series[], count: number): string {
  return table(
    [
      "tool",
      "found",
      "targets found at least once",
      "false alarms",
      "median CPU s to the find",
      "calls to the find",
      "CPU s in all",
    ],
    series.map(({ head, results }) => {
      const flawed = results.filter(({ variant }) => variant === "flawed");
      const fixed = results.filter(({ variant }) => variant === "fixed");
      const found = flawed.filter(({ outcome }) => outcome.found);
      return [
        head,
        `${found.length} of ${flawed.length}`,
        `${new Set(found.map(({ target }) => target)).size} of ${count}`,
        `${fixed.filter(({ outcome }) => outcome.found).length} of ${fixed.length}`,
        middle(found, ({ outcome }) => outcome.cpuToFind),
        middle(found, ({ outcome }) => outcome.calls),
        number(results.reduce((sum, { outcome }) => sum + outcome.cpu, 0)),
      ];
    }),
  );
}

function section({ name, flaw, steps }: Target, series: readonly Series[]): string {
  const rows = series.flatMap(({ head, results }) => {
    const own = results.filter(({ target }) => target === name);
    if (own.length === 0) return [];
    const flawed = own.filter(({ variant }) => variant === "flawed");
    const fixed = own.filter(({ variant }) => variant === "fixed");
    const found = flawed.filter(({ outcome }) => outcome.found);
    const shown = found.length > 0 ? found : flawed;
    return [
      [
        head,
        `${found.length}/${flawed.length}`,
        `${fixed.filter(({ outcome }) => outcome.found).length}/${fixed.length}`,
        middle(found, ({ outcome }) => outcome.cpuToFind),
        middle(shown, ({ outcome }) => outcome.runs),
        middle(shown, ({ outcome }) => outcome.calls),
        middle(shown, ({ outcome }) => outcome.trials),
        middle(found, ({ outcome }) => outcome.steps),
      ],
    ];
  });
  const heads = ["tool", "found", "twin broken", "CPU s to the find", "runs", "calls", "trials", "steps"];
  return `### ${name}\n\n${flaw} (${steps} steps by hand)\n\n${table(heads, rows)}`;
}

/** What a twin was said to be broken by: either the tool errs or the author did. */
function alarms(series: readonly Series[]): readonly string[] {
  return listed("## False alarms", series, ({ variant, outcome }) => variant === "fixed" && outcome.found);
}

/** Campaigns that said nothing about their target, which count as not found. */
function errors(series: readonly Series[]): readonly string[] {
  return listed(
    "## Without a verdict",
    series,
    ({ outcome: { found, verdict, what } }) =>
      !found && (verdict === "error" || verdict === "inconclusive" || (verdict === "incomplete" && what !== undefined)),
  );
}

function listed(title: string, series: readonly Series[], isListed: (result: Result) => boolean): readonly string[] {
  const lines = series.flatMap(({ head, results }) =>
    results.filter(isListed).map(({ target, variant, seed, outcome: { verdict, what = "" } }) => {
      return `- ${head}: ${target}, ${variant}, seed ${seed}: ${verdict}: ${what.replaceAll(/\s+/g, " ").slice(0, 300)}`;
    }),
  );
  return lines.length === 0 ? [] : [title, lines.join("\n")];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function middle(results: readonly Result[], of: (result: Result) => number | undefined): string {
  const values = results.map(of).filter((value) => value !== undefined);
  return values.length === 0 ? "" : number(median(values));
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: value >= 1_000 ? 4 : 3 });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

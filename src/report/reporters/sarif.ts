import type { Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from "sarif";

import type { Entry, FileRuin } from "../file-result.js";
import type { About } from "./reporter.js";
import type { ToldFinding } from "./told-findings.js";

import { createHash } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";

import { codePointsOf } from "./code-points.js";
import { fileOf } from "./place.js";
import { couplingSentence, stepSentence, violationSentence } from "./sentences.js";
import { findingsOf } from "./told-findings.js";
import { RUIN, titleOf, verdictOf } from "./verdict.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** What relative locations are relative to: by convention, the root of the repository. */
const ROOT = "%SRCROOT%";

/** The most steps that are told as a code flow. */
const STEPS = 100;

/**
 * SARIF 2.1.0, as code scanning reads it: a result for each finding, where the code is that the market reaches, if that is known,
 * and else in the scenario file. What is no verdict is a notification, and the invocation then did not succeed; nothing is a
 * result of the kind `pass`.
 */
export function sarif(entries: readonly Entry[], about: About): string {
  const all = entries.flatMap((entry) => findingsOf(entry).map((told) => ({ entry, told })));
  const conditions = [
    ...new Set([
      ...all.map(({ told }) => told.finding.violation.condition),
      ...entries.flatMap((entry) => (isRiskAlone(entry) ? [RUIN] : [])),
    ]),
  ];
  const notifications = entries.flatMap((entry) => notificationsOf(entry, about));
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hardhat-siege",
            semanticVersion: about.release,
            rules: conditions.map((condition) => (condition === RUIN ? RISK_RULE : ruleOf(condition))),
          },
        },
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the project." } } },
        invocations: [
          {
            executionSuccessful: notifications.every(({ level }) => level === "note"),
            toolExecutionNotifications: notifications,
          },
        ],
        columnKind: "utf16CodeUnits",
        results: [
          ...all.map(({ entry, told }) => resultOf(entry, told, conditions, about)),
          ...entries.flatMap((entry) => riskOf(entry, conditions, about)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf(condition: string): ReportingDescriptor {
  const name = legible(condition, NAME_WIDTH);
  return {
    id: ruleId(condition),
    shortDescription: { text: `A target does not survive a scenario: ${name} is violated.` },
    fullDescription: {
      text: `A search found a sequence of market moves and calls after which the survival condition ${name} does not hold, and shrank it to steps every one of which is needed.`,
    },
    help: { text: "Replay the reproduction with npx hardhat siege replay; the report of the campaign has every step." },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["security"] },
  };
}

/** Whether a probability of ruin is not what a test expects, and no path of it was minimised. */
function isRiskAlone(entry: Entry): entry is FileRuin {
  return "ruin" in entry && verdictOf(entry).kind === "failed" && findingsOf(entry).length === 0;
}

const RISK_RULE: ReportingDescriptor = {
  id: ruleId(RUIN),
  shortDescription: { text: "A probability of ruin is not what a test expects." },
  fullDescription: {
    text: "Paths of a scenario were played, and the interval of the probability of ruin lies on the other side of the limit.",
  },
  help: {
    text: "The report of the risk run has the numbers; with minimise, its first ruined paths become reproductions.",
  },
  defaultConfiguration: { level: "error" },
  properties: { tags: ["security"] },
};

function riskOf(entry: Entry, conditions: readonly string[], about: About): readonly Result[] {
  if (!isRiskAlone(entry)) return [];
  const { target, scenario } = entry.ruin;
  const print = createHash("sha256")
    .update(JSON.stringify([target, scenario, RUIN]))
    .digest("hex");
  return [
    {
      ruleId: ruleId(RUIN),
      ruleIndex: conditions.indexOf(RUIN),
      kind: "fail",
      level: "error",
      message: { text: `${titleOf(entry)}: ${verdictOf(entry).reason}` },
      locations: [placeOf(entry, about)],
      partialFingerprints: { primaryLocationLineHash: `${print.slice(0, 16)}:1`, "siegeCause/v1": print },
      properties: { target: legible(target, NAME_WIDTH), scenario: legible(scenario, NAME_WIDTH), cause: RUIN },
    },
  ];
}

function ruleId(condition: string): string {
  return `siege/${legible(condition, NAME_WIDTH)}`;
}

function resultOf(entry: Entry, told: ToldFinding, conditions: readonly string[], about: About): Result {
  const { finding, target, scenario, reproduction, isConfirmed, isExpected } = told;
  const { violation, steps } = finding;
  const [place, ...others] = placesOf(entry, told, about);
  const print = fingerprint(told);
  return {
    ruleId: ruleId(violation.condition),
    ruleIndex: conditions.indexOf(violation.condition),
    // what is neither minimal nor confirmed is no verdict
    ...(isConfirmed ? { kind: "fail", level: "error" } : { kind: "open", level: "none" }),
    message: { text: messageOf(told) },
    ...(place === undefined ? {} : { locations: [place] }),
    ...(others.length === 0 ? {} : { relatedLocations: others }),
    // GitHub tells alerts apart by the first name, whatever the line; the second is for everybody else
    partialFingerprints: { primaryLocationLineHash: `${print.slice(0, 16)}:1`, "siegeCause/v1": print },
    ...(steps.length === 0 ? {} : { codeFlows: [flowOf(told, place?.physicalLocation)] }),
    ...(isExpected
      ? { suppressions: [{ kind: "inSource", justification: "The test expects the target to break." }] }
      : {}),
    properties: {
      target: legible(target, NAME_WIDTH),
      scenario: legible(scenario, NAME_WIDTH),
      cause: legible(violation.cause, 2 * NAME_WIDTH),
      ...(reproduction === undefined ? {} : { reproduction }),
    },
  };
}

/** The same for one flaw whatever the amounts, steps and lines. */
function fingerprint({ target, scenario, finding }: ToldFinding): string {
  return createHash("sha256")
    .update(JSON.stringify([target, scenario, finding.violation.cause]))
    .digest("hex");
}

function messageOf({ target, scenario, finding, reproduction, isConfirmed }: ToldFinding): string {
  const coupling = couplingSentence(finding);
  return [
    `${legible(target, NAME_WIDTH)} did not survive "${legible(scenario, NAME_WIDTH)}": ${violationSentence(finding)}.`,
    ...(isConfirmed ? [] : ["Neither minimal nor confirmed: the campaign was stopped."]),
    ...(coupling === undefined ? [] : [`It takes ${coupling}.`]),
    ...(reproduction === undefined ? [] : [`Replay: npx hardhat siege replay ${legible(reproduction, 300)}`]),
  ].join("\n");
}

/** Where it is: the code that explains it, best first, or the file that asked for it. */
function placesOf(entry: Entry, { finding }: ToldFinding, about: About): readonly Location[] {
  const code = codePointsOf(finding).flatMap((point): Location[] => {
    if (point.file === undefined || point.line === undefined) return [];
    const name = legible(`${point.contract}.${point.function}`, NAME_WIDTH);
    const why = point.opens === undefined ? "" : `: ${legible(point.opens, 2 * NAME_WIDTH)}`;
    return [{ ...physical(path.join(about.root, point.file), point.line, about), message: { text: `${name}${why}` } }];
  });
  return code.length > 0 ? code : [placeOf(entry, about)];
}

function placeOf(entry: Entry, about: About): Location {
  return physical(entry.file, "line" in entry ? (entry.line ?? 1) : 1, about);
}

function physical(file: string, line: number, about: About): { readonly physicalLocation: PhysicalLocation } {
  const name = fileOf(file, about);
  const artifactLocation = path.isAbsolute(name)
    ? { uri: pathToFileURL(name).href }
    : { uri: name.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
  return { physicalLocation: { artifactLocation, region: { startLine: line } } };
}

/** The steps, one after the other. A step has no line of its own; viewers need one. */
function flowOf(
  { finding }: ToldFinding,
  place: PhysicalLocation | undefined,
): NonNullable<Result["codeFlows"]>[number] {
  const locations = finding.steps.slice(0, STEPS).map((step, index) => ({
    executionOrder: index + 1,
    location: {
      ...(place === undefined ? {} : { physicalLocation: place }),
      message: { text: stepSentence(step) },
    },
  }));
  return { threadFlows: [{ locations }] };
}

function notificationsOf(entry: Entry, about: About): readonly Notification[] {
  const { kind, code, reason } = verdictOf(entry);
  if (kind === "passed" || kind === "failed") return [];
  return [
    {
      descriptor: { id: code },
      level: kind === "part" ? "note" : kind === "error" ? "error" : "warning",
      message: { text: `${titleOf(entry)}: ${reason}` },
      locations: [placeOf(entry, about)],
    },
  ];
}

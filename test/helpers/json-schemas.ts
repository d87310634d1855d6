import type { CompletedConfig, Schema } from "ts-json-schema-generator";

import { readFileSync } from "node:fs";
import path from "node:path";

import {
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  StringType,
} from "ts-json-schema-generator";
import ts from "typescript";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The folder of the schemas that the package ships. */
export const SCHEMAS: string = path.join(ROOT, "schema");

/** The documents by the name of their schema: their type, and what it is the schema of. */
const DOCUMENTS = {
  results: { type: "ResultsDocument", title: "Results of siege run, siege merge and the reporter json, version 2" },
  ruin: { type: "RuinDocument", title: "Result of siege ruin --json, version 1" },
  rare: { type: "RareDocument", title: "Result of siege rare --json, version 1" },
  map: { type: "MapDocument", title: "Result of siege map --json, version 1" },
  sensitivity: { type: "SensitivityDocument", title: "Result of siege sensitivity --json, version 1" },
  proposal: { type: "ProposalDocument", title: "Result of siege proposal --json, version 1" },
  tuning: { type: "TuningDocument", title: "Result of siege tune --json, version 1" },
  bankruptcy: { type: "BankruptcyDocument", title: "Result of siege bankrupt --json, version 1" },
  training: { type: "TrainingDocument", title: "Result of siege train --json, version 1" },
  policy: { type: "PolicyDocument", title: "Policy of a trained adversary, version 1" },
  contagion: { type: "ContagionDocument", title: "Result of siege contagion --json, version 1" },
  greeks: { type: "GreeksDocument", title: "Result of siege greeks --json, version 1" },
  flow: { type: "FlowDocument", title: "Result of siege flow --json, version 1" },
  "flow-data-set": { type: "FlowDataSetDocument", title: "Order flow as siege ingest writes it, version 1" },
  diff: { type: "DiffDocument", title: "Result of siege diff --json, version 1" },
} as const;

/** The name of a schema. */
export type SchemaName = keyof typeof DOCUMENTS;

/** A shipped schema. */
export function shippedSchema(name: SchemaName): object {
  return JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.json`), "utf8")) as object;
}

/** The schemas by name, made from the types as they are. */
export function jsonSchemas(): Readonly<Record<SchemaName, object>> {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: path.join(ROOT, "src/report/reporters/documents.ts"),
    tsconfig: path.join(ROOT, "tsconfig.json"),
    skipTypeCheck: true,
    // what is added later does not make older documents, or older readers, wrong
    additionalProperties: true,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => {
    // JSON has no big integers: they are written as decimal strings
    chain.addNodeParser({
      supportsNode: (node: ts.Node) => node.kind === ts.SyntaxKind.BigIntKeyword,
      createType: () => new StringType(),
    });
  });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const made = Object.entries(DOCUMENTS).map(([name, { type, title }]) => [
    name,
    published(generator.createSchema(type), name, title),
  ]);
  return Object.fromEntries(made) as Record<SchemaName, object>;
}

/** A release may add codes: a reader of the schema must not refuse them. */
const CODE = { type: "string", description: "A stable code of an error, as docs/command-line.md lists them." };

/** What an error is in JSON. */
const ERROR = {
  type: "object",
  description: "An error: its code, a sentence that names the thing and the value, and what to do about it.",
  properties: { code: { type: "string" }, message: { type: "string" }, hint: { type: "string" } },
  required: ["message"],
};

const parameter = { $ref: "#/definitions/AbiParameter" };
const parameters = { type: "array", items: parameter };

/** A function of an ABI: the types of abitype are made for inference, and say less. */
const ABI: Readonly<Record<string, object>> = {
  AbiFunction: {
    type: "object",
    description: "A function, as in the ABI.",
    properties: {
      type: { const: "function" },
      name: { type: "string" },
      inputs: parameters,
      outputs: parameters,
      stateMutability: { enum: ["pure", "view", "nonpayable", "payable"] },
      payable: { type: "boolean" },
      constant: { type: "boolean" },
      gas: { type: "number" },
    },
    required: ["name", "inputs"],
  },
  AbiParameter: {
    type: "object",
    properties: {
      name: { type: "string" },
      type: { type: "string" },
      internalType: { type: "string" },
      components: parameters,
    },
    required: ["type"],
  },
};

function published({ definitions = {}, ...schema }: Schema, name: string, title: string): object {
  const { FileFault: fault } = definitions;
  if (typeof fault === "object")
    fault.properties = { ...fault.properties, error: { $ref: "#/definitions/SiegeError" } };
  const known: Readonly<Record<string, unknown>> = {
    ...definitions,
    SiegeError: ERROR,
    SiegeErrorCode: CODE,
    ...ABI,
  };
  const text = JSON.stringify({ ...schema, definitions: used(schema, known) });
  const plain = withPlainNames(text, Object.keys(known));
  return { ...(JSON.parse(plain) as object), $id: `urn:hardhat-siege:${name}`, title };
}

/** The definitions that a schema refers to, and those that these refer to. */
function used(schema: object, known: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, encoded = ""] of JSON.stringify(part).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      const name = decodeURIComponent(encoded);
      if (names.has(name)) continue;
      names.add(name);
      collect(known[name]);
    }
  };
  collect(schema);
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.has(name)));
}

/** Names of types without what they are made of: `PlainAmount<"USD">` is `PlainAmountUSD`, and one without a name has a number. */
function withPlainNames(text: string, names: readonly string[]): string {
  let unnamed = 0;
  return names.reduce((changed, name) => {
    if (/^\w+$/.test(name)) return changed;
    const isStructure = name.includes("structure-");
    const plain = isStructure ? `Structure${(unnamed += 1)}` : name.replaceAll(/\W/g, "");
    const quoted = JSON.stringify(name);
    return changed
      .replaceAll(`${quoted}:`, `"${plain}":`)
      .replaceAll(JSON.stringify(`#/definitions/${encodeURIComponent(name)}`), `"#/definitions/${plain}"`);
  }, text);
}

import type { SchemaName } from "./json-schemas.js";

import { Ajv } from "ajv";

import { shippedSchema } from "./json-schemas.js";

/**
 * What is wrong with a document by its shipped schema, which allows fields of later releases; here, a field that it does not know
 * is wrong, too.
 */
export function faultsOf(name: SchemaName, text: string): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validate = ajv.compile(closed(shippedSchema(name)) as object);
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

/** The schema without room for what it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const isObject = "properties" in schema && "type" in schema && schema.type === "object";
  const isOpen = isObject && !("additionalProperties" in schema);
  return { ...(Object.fromEntries(entries) as object), ...(isOpen ? { additionalProperties: false } : {}) };
}

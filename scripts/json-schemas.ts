/**
 * `npm run build:schemas`: JSON Schemas of the documents that tasks and reporters write, from their types, in schema/. A test
 * compares them with what is there.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import prettier from "prettier";

import { jsonSchemas, SCHEMAS } from "../test/helpers/json-schemas.js";

await mkdir(SCHEMAS, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
  const file = path.join(SCHEMAS, `${name}.json`);
  await writeFile(file, await prettier.format(JSON.stringify(schema), { filepath: file, printWidth: 120 }));
}

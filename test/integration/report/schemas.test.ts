import type { SchemaName } from "../../helpers/json-schemas.js";

import { expect } from "chai";

import { jsonSchemas, shippedSchema } from "../../helpers/json-schemas.js";

/** Whether real results are what they say is in test/campaigns/tasks/reporters.test.ts. */
describe("the published JSON Schemas", () => {
  it("are those of the types; npm run build:schemas makes them anew", () => {
    for (const [name, schema] of Object.entries(jsonSchemas())) {
      expect(shippedSchema(name as SchemaName), name).to.deep.equal(JSON.parse(JSON.stringify(schema)));
    }
  });
});

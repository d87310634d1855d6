import type { Policy } from "../../../../src/training/adversary/policy.js";

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { learnt } from "../../../../src/training/adversary/learn.js";
import { readPolicy, writePolicy } from "../../../../src/training/adversary/policy-file.js";
import { parsePolicy, UNTRAINED } from "../../../../src/training/adversary/policy.js";
import { trainedAttacker } from "../../../../src/training/index.js";
import { failsWith } from "../../../helpers/errors.js";

const POLICY: Policy = {
  format: "hardhat-siege policy",
  version: 1,
  trained: { seed: 1, campaigns: 4, found: 3 },
  tables: UNTRAINED,
};

const CALL = { when: "fall", amount: "most", rarity: "rare", place: "outside", repeat: "other" } as const;

describe("policies of trained adversaries", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("are read as they were written", () => {
    const file = path.join(folder, "new", "policy.json");
    writePolicy(file, POLICY);
    expect(readPolicy(file)).to.deep.equal(POLICY);
    expect(trainedAttacker({ policy: file }).name).to.equal("trained attacker");
    expect(trainedAttacker({ policy: POLICY }).name).to.equal("trained attacker");
  });

  it("move towards what did harm, and make nothing impossible", () => {
    const shape = [
      { kind: "in", ...CALL, when: "before" as const },
      { kind: "out", ...CALL },
    ] as const;
    const tables = learnt(UNTRAINED, [
      { shape, weight: 1 },
      { shape, weight: 1 },
    ]);
    expect(tables.length["2"]).to.be.greaterThan(UNTRAINED.length["2"]);
    expect(tables.kind.start.in).to.equal((6 / 5 + 2) / 8);
    expect(tables.kind.in.out).to.equal((6 / 5 + 2) / 8);
    expect(tables.when.out.fall).to.equal((6 / 5 + 2) / 8);
    expect(tables.kind.swap).to.deep.equal(UNTRAINED.kind.swap);
    expect(parsePolicy({ ...POLICY, tables }, "It").tables).to.deep.equal(tables);
    for (const row of Object.values(tables.kind)) {
      for (const probability of Object.values(row)) expect(probability).to.be.greaterThan(0);
    }
    expect(learnt(UNTRAINED, [])).to.deep.equal(UNTRAINED);
  });

  it("weigh what nearly did harm less", () => {
    const one = [{ kind: "swap", ...CALL }] as const;
    const violation = learnt(UNTRAINED, [{ shape: one, weight: 1 }]);
    const nearly = learnt(UNTRAINED, [{ shape: one, weight: 0.1 }]);
    expect(nearly.kind.start.swap).to.be.greaterThan(UNTRAINED.kind.start.swap);
    expect(nearly.kind.start.swap).to.be.lessThan(violation.kind.start.swap);
  });

  describe("of strangers", () => {
    const changed = (change: object): object => ({ ...POLICY, ...change });
    const withStart = (row: object): object =>
      changed({ tables: { ...UNTRAINED, kind: { ...UNTRAINED.kind, start: row } } });
    const cases: readonly (readonly [string, object | string, Parameters<typeof failsWith>[0], string])[] = [
      ["not JSON", "{", "POLICY_INVALID", "JSON"],
      ["another document", { format: "a reproduction" }, "POLICY_INVALID", "format"],
      ["a list", [], "POLICY_INVALID", "not a policy"],
      ["a later version", changed({ version: 2 }), "POLICY_VERSION", "version 2"],
      ["further fields", changed({ code: "x" }), "POLICY_INVALID", "code"],
      ["missing tables", changed({ tables: {} }), "POLICY_INVALID", "tables"],
      ["a sum that is not 1", withStart({ in: 1, out: 1, swap: 0, none: 0, unseen: 0 }), "POLICY_INVALID", "add up"],
      ["a probability below 0", withStart({ in: -1, out: 2, swap: 0, none: 0, unseen: 0 }), "POLICY_INVALID", "start"],
      ["an unknown kind", withStart({ in: 1, out: 0, swap: 0, none: 0, dust: 0 }), "POLICY_INVALID", "start"],
      ["what is no number", withStart({ in: "1", out: 0, swap: 0, none: 0, unseen: 0 }), "POLICY_INVALID", "start"],
      ["too large", " ".repeat(1_000_001), "POLICY_INVALID", "bytes"],
      ["a prototype", '{"__proto__":{"format":"hardhat-siege policy","version":1}}', "POLICY_INVALID", "not a policy"],
    ];
    for (const [what, content, code, named] of cases) {
      it(`${what}: ${code}`, async () => {
        const file = path.join(folder, "stranger.json");
        await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
        const error = await failsWith(code, () => trainedAttacker({ policy: file }));
        expect(error.message).to.include(named);
      });
    }

    it("no file, a folder, and none at all", async () => {
      await failsWith("POLICY_NOT_FOUND", () => trainedAttacker({ policy: path.join(folder, "none.json") }));
      await failsWith("POLICY_INVALID", () => trainedAttacker({ policy: folder }));
      await failsWith("INVALID_OPTION", () => trainedAttacker({ policy: 7 } as never));
      await failsWith("INVALID_OPTION", () => trainedAttacker({ polcy: POLICY } as never));
      await failsWith("POLICY_UNWRITABLE", () => {
        writePolicy(path.join(folder, "stranger.json", "policy.json"), POLICY);
      });
    });
  });
});

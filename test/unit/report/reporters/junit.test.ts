import type { Entry, FileCampaign } from "../../../../src/report/file-result.js";

import { expect } from "chai";
import { parse } from "junit2json";
import { SaxesParser } from "saxes";

import { SiegeError } from "../../../../src/errors.js";
import { junit } from "../../../../src/report/reporters/junit.js";
import { results } from "../../../helpers/results.js";

const about = { release: "1.0.0", root: process.cwd() };

/** What a parser that nobody here wrote makes of it. */
async function read(entries: readonly Entry[]) {
  const xml = junit(entries, about);
  const parser = new SaxesParser();
  const errors: Error[] = [];
  parser.on("error", (error) => errors.push(error));
  parser.write(xml).close();
  expect(errors).to.deep.equal([]);
  const read = await parse(xml);
  if (read === undefined || read === null || !("testsuite" in read)) throw new Error("no suites");
  return read;
}

/** The only case of an entry. */
async function caseOf(entry: Entry) {
  const { testsuite } = await read([entry]);
  return testsuite![0]!.testcase![0]!;
}

const file = "siege/crash.scenario.ts";

describe("the reporter junit", () => {
  it("has a suite for each file and a case for each campaign, with their counts", async () => {
    const other = "siege/freeze.scenario.ts";
    const { testsuite, ...all } = await read([
      { file, result: results.survived },
      { file: other, result: results.violation },
      { file, result: results.inconclusive },
      { file, error: new TypeError("x is not a function") },
    ]);
    expect(all).to.deep.include({ name: "hardhat-siege", tests: 4, failures: 1, errors: 2 });
    expect(testsuite?.map(({ name, tests, failures, errors }) => [name, tests, failures, errors])).to.deep.equal([
      [file, 3, 0, 2],
      [other, 1, 1, 0],
    ]);
  });

  it("names the target, the scenario and the time it took", async () => {
    const { name, classname, time } = await caseOf({ file, result: results.survived });
    expect({ name, classname, time }).to.deep.equal({
      name: 'Vault survives "flash crash"',
      classname: file,
      time: 1.5,
    });
  });

  it("has what breaks as a failure, with the condition and the whole report", async () => {
    const { failure, error, skipped } = await caseOf({ file, result: results.violation });
    expect([error, skipped]).to.deep.equal([undefined, undefined]);
    expect(failure?.[0]).to.include({ type: "solvent", message: "assets 8 WETH < liabilities 10 WETH" });
    expect(failure?.[0]?.inner).to.include("replay     npx hardhat siege replay siege/reproductions/vault-0000.json");
  });

  const undecided: [what: string, entry: Entry, type: string, message: RegExp][] = [
    ["inconclusive", { file, result: results.inconclusive }, "NOT_EXERCISED", /^inconclusive: No call that changes/],
    ["incomplete", { file, result: results.incomplete }, "INCOMPLETE", /^incomplete: stopped by the time limit$/],
    [
      "stopped by a fault of the chain",
      {
        file,
        result: {
          ...results.incomplete,
          reason: "error",
          error: new SiegeError("RPC_FAILED", { message: "eth_call failed.", hint: "Try again." }),
        },
      },
      "INCOMPLETE",
      /^incomplete: stopped by an error: eth_call failed\./,
    ],
    ["not to be played", { file, error: new TypeError("x is not a function") }, "TypeError", /^x is not a function$/],
    [
      "without a contract",
      { file, error: new SiegeError("NO_CODE", { message: "There is no code.", hint: "Deploy it." }) },
      "NO_CODE",
      /^There is no code\.$/,
    ],
  ];
  for (const [what, entry, type, message] of undecided) {
    it(`has what is ${what} as an error, never as a pass`, async () => {
      const { error, failure } = await caseOf(entry);
      expect(failure).to.equal(undefined);
      expect(error?.[0]?.type).to.equal(type);
      expect(error?.[0]?.message).to.match(message);
    });
  }

  it("has a shard that found nothing as skipped, for it is no verdict", async () => {
    const part: FileCampaign = { file, result: results.inconclusive, shard: { index: 2, count: 4, saved: "x.json" } };
    const { skipped, error, failure } = await caseOf(part);
    expect([error, failure]).to.deep.equal([undefined, undefined]);
    expect(skipped?.[0]?.message).to.equal("shard 2 of 4 found nothing; siege merge gives the verdict");
    const whole = await caseOf({ ...part, shard: { index: 1, count: 1, saved: "x.json" } });
    expect(whole.error?.[0]?.type).to.equal("NOT_EXERCISED");
  });

  it("passes an assertion that expects the target to break, if it breaks", async () => {
    const expected = { file: "test/vault.ts", line: 12, wanted: "violation" } as const;
    const broke = await caseOf({ ...expected, result: results.violation });
    expect([broke.failure, broke.error]).to.deep.equal([undefined, undefined]);
    expect(broke.name).to.equal('Vault does not survive "flash crash"');
    const survived = await caseOf({ ...expected, result: results.survived });
    expect(survived.failure?.[0]?.message).to.equal("the target survived, but was expected not to");
  });

  it("shows hostile names as text", async () => {
    const target = `Vault"/><testcase name='free'>\u0000\u001b[31m]]>&amp;\ufffe\ud800`;
    const result = { ...results.violation, target, scenario: 'a\n"b"' };
    const { testsuite, tests } = await read([{ file: 'siege/<"&>.ts', result }]);
    expect(tests).to.equal(1);
    expect(testsuite?.[0]?.name).to.equal('siege/<"&>.ts');
    expect(testsuite?.[0]?.testcase).to.have.length(1);
    expect(testsuite?.[0]?.testcase?.[0]?.name).to.equal(
      `Vault"/><testcase name='free'>��[31m]]>&amp;�� survives "a "b""`,
    );
  });
});

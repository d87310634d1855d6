import type { CampaignOptions } from "../../../src/types.js";

import { validateUserConfigZodType } from "@nomicfoundation/hardhat-zod-utils";
import { expect } from "chai";

import { resolveConfig, resolveOptions, userConfigSchema } from "../../../src/plugin/config.js";
import { failsWith } from "../../helpers/errors.js";

/** `path: message` of each fault of a `siege` section. */
function faults(siege: unknown): string[] {
  return validateUserConfigZodType({ siege }, userConfigSchema).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
}

describe("the siege section of the config", () => {
  it("is optional", () => {
    expect(validateUserConfigZodType({}, userConfigSchema)).to.deep.equal([]);
    expect(faults({})).to.deep.equal([]);
  });

  it("takes each of its options", () => {
    expect(
      faults({
        runs: 1,
        seed: 0,
        timeLimit: 0.5,
        lanes: "auto",
        executor: "faithful",
        reproductions: "a",
        reports: ["junit=siege/junit.xml"],
        snapshots: { mainnetFork: "siege/fork.json.gz" },
      }),
    ).to.deep.equal([]);
  });

  it("refuses a snapshot that is no path", () => {
    expect(faults({ snapshots: { mainnetFork: 1 } })[0])
      .to.include("siege.snapshots")
      .and.to.include("the path of a snapshot");
  });

  it("answers a report that there is not with those that there are", () => {
    expect(faults({ reports: ["junit"] })).to.deep.equal([
      'siege.reports.0: Expected a file, too: "junit=FILE"; got "junit".',
    ]);
    expect(faults({ reports: ["junk=a.xml"] })[0]).to.match(
      /^siege\.reports\.0: Expected one of the reporters audit, /,
    );
    expect(faults({ reports: "junit=a.xml" })).to.have.length(1);
  });

  it("answers a typo with the list of options", () => {
    expect(faults({ run: 5 })).to.deep.equal([
      'siege: Unknown option "run". Use any of: runs, seed, timeLimit, lanes, executor, reproductions, reports, explain, snapshots.',
    ]);
  });

  it("no longer has corpus, which nothing read", () => {
    expect(faults({ corpus: "folder" })[0]).to.include('Unknown option "corpus"');
  });

  const wrong: [name: string, value: unknown, message: string][] = [
    ["runs", 0, "Expected a whole number from 1 to 1,000,000, got 0."],
    ["runs", 1.5, "Expected a whole number from 1 to 1,000,000, got 1.5."],
    ["runs", 1_000_001, "Expected a whole number from 1 to 1,000,000, got 1000001."],
    ["runs", "5", 'Expected a whole number from 1 to 1,000,000, got "5".'],
    ["runs", 5n, "Expected a whole number from 1 to 1,000,000, got 5n."],
    ["runs", null, "Expected a whole number from 1 to 1,000,000, got null."],
    ["seed", -1, "Expected a whole number from 0 to 2,147,483,647, got -1."],
    ["seed", 2 ** 31, "Expected a whole number from 0 to 2,147,483,647, got 2147483648."],
    ["seed", NaN, "Expected a whole number from 0 to 2,147,483,647, got NaN."],
    ["timeLimit", 0, "Expected a number of seconds greater than 0, got 0."],
    ["timeLimit", Infinity, "Expected a number of seconds greater than 0, got Infinity."],
    ["lanes", 0, 'Expected a whole number from 1 to 64, or "auto", got 0.'],
    ["lanes", 65, 'Expected a whole number from 1 to 64, or "auto", got 65.'],
    ["lanes", "many", 'Expected a whole number from 1 to 64, or "auto", got "many".'],
    ["executor", "fast", 'Expected "batched" or "faithful", got "fast".'],
    ["reproductions", "", "Expected the path of a folder, got an empty string."],
    ["reproductions", [], "Expected the path of a folder, got an empty list."],
    ["reproductions", {}, "Expected the path of a folder, got an object with no properties."],
  ];
  for (const [name, value, message] of wrong) {
    it(`refuses ${name} = ${String(value)}`, () => {
      expect(faults({ [name]: value })).to.deep.equal([`siege.${name}: ${message}`]);
    });
  }

  it("has to be an object", () => {
    expect(faults(5)).to.deep.equal([
      "siege: Expected an object with any of: runs, seed, timeLimit, lanes, executor, reproductions, reports, explain, snapshots; got 5.",
    ]);
  });

  it("has defaults", () => {
    expect(resolveConfig(undefined)).to.deep.equal({
      runs: 500,
      seed: 1,
      timeLimit: undefined,
      lanes: "auto",
      executor: "batched",
      reproductions: "siege/reproductions",
      reports: [],
      explain: true,
      snapshots: {},
    });
  });
});

describe("the options of a campaign", () => {
  const config = resolveConfig({ runs: 7, timeLimit: 60 });

  it("come from the call, then from the config, then from the defaults", () => {
    expect(resolveOptions({ runs: 9 }, config)).to.deep.equal({
      runs: 9,
      seed: 1,
      timeLimit: 60,
      lanes: "auto",
      executor: "batched",
      explain: true,
    });
  });

  it("count as not given if they are undefined", () => {
    // what a caller without exactOptionalPropertyTypes may write
    const options = { runs: undefined } as unknown as CampaignOptions;
    expect(resolveOptions(options, config).runs).to.equal(7);
  });

  it("have no time limit unless one is set", () => {
    expect(resolveOptions({}, resolveConfig({}))).not.to.have.property("timeLimit");
  });

  it("keep the signal", () => {
    const { signal } = new AbortController();
    expect(resolveOptions({ signal }, config).signal).to.equal(signal);
  });

  it("are checked", async () => {
    const error = await failsWith("INVALID_OPTION", () => resolveOptions({ runs: -1 }, config));
    expect(error.summary).to.equal('The option "runs" is wrong.');
    expect(error.hint).to.equal("Expected a whole number from 1 to 1,000,000, got -1.");
  });

  it("answer a typo with the list of options", async () => {
    const options = { rnus: 5 } as CampaignOptions;
    const error = await failsWith("INVALID_OPTION", () => resolveOptions(options, config));
    expect(error.hint).to.equal(
      'Unknown option "rnus". Use any of: runs, seed, timeLimit, lanes, executor, explain, findings, learn, parameters, proposers, signal, progress.',
    );
  });

  it("no longer have guided, which did not pay", async () => {
    const options = { guided: true } as CampaignOptions;
    const error = await failsWith("INVALID_OPTION", () => resolveOptions(options, config));
    expect(error.hint).to.include('Unknown option "guided"');
  });
});

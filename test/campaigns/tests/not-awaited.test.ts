import type { Finished } from "../../helpers/spawn.js";

import { expect } from "chai";

import { hardhat, mocha } from "../../helpers/spawn.js";

const FILE = "test/not-awaited.ts";

const runners: [name: string, run: (test: string) => Promise<Finished>][] = [
  ["hardhat test", (CASE) => hardhat(["test", "mocha", "--no-compile", FILE], { env: { CASE } })],
  ["mocha", (CASE) => mocha([FILE], { env: { CASE } })],
  ["mocha --exit", (CASE) => mocha(["--exit", FILE], { env: { CASE } })],
];

for (const [name, run] of runners) {
  describe(`a matcher that is not awaited, under ${name}`, () => {
    const ends: [test: string, end: string][] = [
      ["passing", "it passed"],
      ["failing", "it failed"],
      ["endless", "it is still running"],
    ];
    for (const [test, end] of ends) {
      it(`ends in one error that says so (${test})`, async () => {
        const { code, stdout, stderr } = await run(test);
        expect(code, stdout + stderr).to.equal(1);
        expect(stderr.match(/SiegeError/g), stderr).to.have.length(1);
        expect(stderr).to.match(/toSurviveScenario at .*not-awaited\.ts:\d+:\d+ was not awaited/);
        expect(stderr).to.include(end).and.to.include("[MATCHER_NOT_AWAITED]");
      });
    }

    it("is not one that is awaited, at once or late", async () => {
      const { code, stdout, stderr } = await run("awaited,late");
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.include("2 passing");
      expect(stderr).not.to.include("MATCHER_NOT_AWAITED");
    });
  });
}

describe("a matcher that is not awaited, in a file before others", () => {
  it("is reported, and fails none of their tests on the same connection", async () => {
    const files = ["test/left-behind.ts", "test/next-file.ts"];
    const { code, stdout, stderr } = await hardhat(["test", "mocha", "--no-compile", ...files]);
    expect(code, stdout + stderr).to.equal(1);
    expect(stdout).to.include("3 passing").and.not.to.include("failing");
    expect(stderr.match(/SiegeError/g), stderr).to.have.length(1);
    expect(stderr).to.match(
      /toSurviveScenario at .*left-behind\.ts:\d+:\d+ was not awaited, so evm_snapshot, which came/,
    );
    expect(stderr).to.include("[MATCHER_NOT_AWAITED]");
  });
});

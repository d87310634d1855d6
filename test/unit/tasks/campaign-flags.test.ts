import { expect } from "chai";

import { readFlags } from "../../../src/tasks/campaign-flags.js";
import { readRuinFlags } from "../../../src/tasks/ruin-flags.js";
import { failsWith } from "../../helpers/errors.js";

const none = {
  runs: undefined,
  seed: undefined,
  timeLimit: undefined,
  lanes: undefined,
  executor: undefined,
  findings: undefined,
};

describe("the flags of a campaign", () => {
  it("set only what is passed", () => {
    expect(readFlags(none)).to.deep.equal({});
    expect(readFlags({ ...none, runs: "50" })).to.deep.equal({ runs: 50 });
    expect(
      readFlags({ runs: "5", seed: "0", timeLimit: "2.5", lanes: "2", executor: "faithful", findings: "all" }),
    ).to.deep.equal({
      runs: 5,
      seed: 0,
      timeLimit: 2.5,
      lanes: 2,
      executor: "faithful",
      findings: "all",
    });
    expect(readFlags({ ...none, findings: "2" })).to.deep.equal({ findings: 2 });
    // whether that is too many is said with its range
    expect(readFlags({ ...none, runs: "1e9" })).to.deep.equal({ runs: 1e9 });
    expect(readFlags({ ...none, lanes: "auto" })).to.deep.equal({ lanes: "auto" });
    expect(readFlags({ ...none, parameters: "ltv=0.8, block-time=2,x=-1" })).to.deep.equal({
      parameters: { ltv: 0.8, "block-time": 2, x: -1 },
    });
  });

  for (const [text, value] of [
    ["1e-4", 1e-4],
    ["2.5E3", 2_500],
    [".05", 0.05],
    ["5.", 5],
    ["+1e+2", 100],
    ["-3", -3],
    ["007", 7],
  ] as const) {
    it(`take "${text}", as JavaScript does`, () => {
      expect(value).to.equal(Number(text));
      expect(readFlags({ ...none, timeLimit: text })).to.deep.equal({ timeLimit: value });
      expect(readFlags({ ...none, parameters: `ltv=${text}` })).to.deep.equal({ parameters: { ltv: value } });
      const risk = { ...none, paths: undefined, confidence: undefined, minimise: undefined, resume: undefined };
      const flags = { ...risk, below: "1e-4", tilt: `ETH=${text}`, early: false };
      expect(readRuinFlags(flags)).to.deep.include({ below: 1e-4 });
      expect(readRuinFlags(flags).options.rare).to.deep.equal({ assets: { ETH: { deviations: value } } });
    });
  }

  for (const text of [
    "",
    "ltv",
    "ltv=",
    "ltv=high",
    "ltv=0x10",
    "ltv=e3",
    "ltv=1e",
    "ltv=.",
    "ltv=1,ltv=2",
    "ltv=1 day=2",
  ]) {
    it(`refuse the parameters "${text}"`, async () => {
      const error = await failsWith("INVALID_OPTION", () => readFlags({ ...none, parameters: text }));
      expect(error.hint).to.equal("Write it like --parameters ltv=0.8,blockTime=2.");
    });
  }

  for (const text of ["", "abc", " 7", "0x10", "0b1", "e3", "1e", ".", "1_000", "1e-4.5", "Infinity", "NaN"]) {
    it(`refuse "${text}"`, async () => {
      const error = await failsWith("INVALID_OPTION", () => readFlags({ ...none, timeLimit: text }));
      expect(error.summary).to.equal(`The flag --time-limit is "${text}", which is not a number.`);
    });
  }

  for (const [name, flag, word] of [
    ["findings", "--findings", "all"],
    ["lanes", "--lanes", "auto"],
  ] as const) {
    it(`that also take a word name it: ${flag}`, async () => {
      const error = await failsWith("INVALID_OPTION", () => readFlags({ ...none, [name]: "foo" }));
      expect(error.summary).to.equal(`The flag ${flag} is "foo", which is neither a number nor "${word}".`);
      expect(error.hint).to.equal(`Write it like ${flag} 2 or ${flag} ${word}.`);
    });
  }
});

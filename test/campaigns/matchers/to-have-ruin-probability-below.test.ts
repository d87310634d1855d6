import type { Scenario } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { AssertionError, expect } from "chai";

import { registerMatchers } from "../../../src/matchers/register.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

describe("toHaveRuinProbabilityBelow", () => {
  let local: LocalSiege;
  let note: Fixture;
  let guaranteed: Fixture;
  let scenario: Scenario;
  let safe: Scenario;

  before(async () => {
    await registerMatchers();
    local = await createLocalSiege();
    const { provider, siege } = local.connection;
    note = await deployBarrierNote(provider, "flawed");
    guaranteed = await deployBarrierNote(provider, "fixed");
    scenario = siege.scenario(thirtyDays(note));
    safe = siege.scenario(thirtyDays(guaranteed));
  });
  after(() => local.close());

  it("passes if the whole interval lies below the limit", async () => {
    await expect(guaranteed).toHaveRuinProbabilityBelow(0.1, safe, { paths: 60, confidence: 0.95 });
    await expect(note).not.toHaveRuinProbabilityBelow(0.1, scenario, { paths: 60 });
  });

  it("fails with the share, its interval and the report if none of it does", async () => {
    const { message, stack } = await assertionError(() =>
      expect(note, "the note").toHaveRuinProbabilityBelow(0.05, scenario, { paths: 64 }),
    );
    expect(message).to.match(
      /^the note: BarrierNote does not have a ruin probability below 5 %: \d+ of 64 paths ruined: \d\d\.?\d? %, between \d\d\.?\d? % and \d\d\.?\d? % with 95 % confidence\n\nBarrierNote under "thirty days, marked daily"\n/,
    );
    expect(message).to.include("shortfall (whole), given ruin: mean $");
    expect(stack?.split("\n").find((line) => /^ {4}at /.test(line))).to.include(
      "to-have-ruin-probability-below.test.ts",
    );
  });

  it("says at most how likely ruin is if no path was ruined", async () => {
    const { message } = await assertionError(() =>
      expect(guaranteed).not.toHaveRuinProbabilityBelow(0.1, safe, { paths: 60 }),
    );
    expect(message).to.include(
      "BarrierNoteFixed has a ruin probability below 10 %, but was expected not to: 0 of 60 paths ruined: at most 6 % with 95 % confidence",
    );
  });

  it("is inconclusive if the limit lies within the interval, negated or not, whatever the share", async () => {
    for (const assertion of [() => expect(guaranteed), () => expect(guaranteed).not]) {
      const error = await failsWith("INCONCLUSIVE", () =>
        assertion().toHaveRuinProbabilityBelow(0.01, safe, { paths: 60 }),
      );
      expect(error.message).to.include("0 of 60 paths ruined: at most 6 % with 95 % confidence");
      expect(error.message).to.include("The limit of 1 % lies within the interval");
      // with none ruined, 367 have an upper bound below 1 %
      expect(error.hint).to.include("about 380 would decide");
    }
    // the share of seed 1 is below the limit
    const error = await failsWith("INCONCLUSIVE", () =>
      expect(note).toHaveRuinProbabilityBelow(0.4, scenario, { paths: 60 }),
    );
    expect(error.message).to.include("The limit of 40 % lies within the interval");
  });

  it("stops as soon as the limit is decided, if it may", async () => {
    const options = { paths: 2_000, stopWhen: "decided" } as const;
    const { message } = await assertionError(() => expect(note).toHaveRuinProbabilityBelow(0.05, scenario, options));
    expect(message).to.match(/\d\d of (32|64) paths ruined: .* \(confidence sequence\)/s);
  });

  it("is no verdict if it was stopped, negated or not", async () => {
    for (const assertion of [() => expect(note), () => expect(note).not]) {
      const error = await failsWith("INCOMPLETE", () =>
        assertion().toHaveRuinProbabilityBelow(0.5, scenario, { paths: 60, signal: AbortSignal.abort() }),
      );
      expect(error.message).to.include("0 of 0 paths ruined: nothing is known of the probability");
    }
  });

  it("is inconclusive if nothing happens to the target", async () => {
    const idle = local.connection.siege.scenario({ ...thirtyDays(guaranteed), agents: [] });
    const error = await failsWith("INCONCLUSIVE", () =>
      expect(guaranteed).toHaveRuinProbabilityBelow(0.1, idle, { paths: 60 }),
    );
    expect(error.message).to.include("BarrierNoteFixed was not exercised");
  });

  it("rejects limits and options that nothing can decide", async () => {
    for (const limit of [0, 1, -0.1, 2, Number.NaN]) {
      await failsWith("INVALID_OPTION", () => expect(note).toHaveRuinProbabilityBelow(limit, scenario));
    }
    for (const options of [{ confidence: 0 }, { confidence: 1 }, { paths: 0 }]) {
      await failsWith("INVALID_OPTION", () => expect(note).toHaveRuinProbabilityBelow(0.1, scenario, options));
    }
  });
});

async function assertionError(work: () => Promise<void>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error("Nothing failed; expected an AssertionError.");
}

import type { Outcome } from "../../../../../src/engine/run/outcome.js";
import type { Crew, Play } from "../../../../../src/engine/search/lanes/crew.js";
import type { RunJob, RunReport } from "../../../../../src/engine/search/lanes/run-job.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { explore } from "../../../../../src/engine/search/lanes/explore.js";
import { SiegeError } from "../../../../../src/errors.js";

const SURVIVED: Outcome = { kind: "survived", blocks: 1, trace: { steps: [], blocks: 1 } };
const VIOLATION: Outcome = {
  kind: "violation",
  violation: {
    condition: "holds",
    target: "vault",
    block: 1,
    cause: "holds",
    evidence: { summary: "", quantities: [] },
  },
  trace: { steps: [], blocks: 1 },
};

const INVALID: Outcome = {
  kind: "invalid",
  error: { code: "RPC_FAILED", message: "eth_call failed: HTTP 503.", hint: "Check the endpoint." },
};

/** The outcomes of an exploration's runs, by index; those not listed survive. */
type Runs = ReadonlyMap<number, "real" | "apparent" | "fault" | "invalid">;

const job = (index: number): RunJob => ({ kind: "trace", index, trace: { steps: [], blocks: 1 } });

/** Lanes that finish in whatever order a scheduler chooses. */
function crewOf(lanes: number, runs: Runs, scheduler: fc.Scheduler, played: number[]): Crew {
  const play: Play = async ({ index }) => {
    played.push(index);
    await scheduler.schedule(Promise.resolve(), `run ${index}`);
    const end = runs.get(index);
    if (end === "fault") throw new Error(`fault in run ${index}`);
    const outcome = end === undefined ? SURVIVED : end === "invalid" ? INVALID : VIOLATION;
    return { index, outcome, count: { runs: 1, blocks: 1, calls: 0, trials: 0 } };
  };
  return {
    shift: async (left) => Math.min(left, 7),
    play: async (work) => {
      await Promise.all(Array.from({ length: lanes }, () => work(play)));
    },
  };
}

const anyRuns: fc.Arbitrary<Runs> = fc
  .array(fc.tuple(fc.nat({ max: 39 }), fc.constantFrom("real" as const, "apparent" as const)), { maxLength: 6 })
  .map((entries) => new Map(entries));

describe("explore", () => {
  it("finds the first run that fails and is confirmed, whatever the lanes and their speed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyRuns, fc.integer({ min: 1, max: 5 }), async (scheduler, runs, lanes) => {
        const played: number[] = [];
        const progress = { searched: 0, discarded: 0 };
        const exploring = explore(
          {
            runs: 40,
            crew: crewOf(lanes, runs, scheduler, played),
            job,
            confirm: async (index) => (runs.get(index) === "real" ? `run ${index}` : undefined),
          },
          progress,
        ).next();
        const { value: found } = await scheduler.waitFor(exploring);
        const failing = [...runs].sort(([a], [b]) => a - b);
        const first = failing.find(([, end]) => end === "real");
        expect(found?.index).to.equal(first?.[0]);
        expect(progress.searched).to.equal(first === undefined ? 40 : first[0] + 1);
        expect(progress.discarded).to.equal(failing.filter(([at]) => at < (first?.[0] ?? 40)).length);
        // every run up to the verdict, once each
        expect(new Set(played).size).to.equal(played.length);
        for (let index = 0; index < progress.searched; index++) expect(played).to.include(index);
      }),
    );
  });

  it("goes on after a finding, and finds the same whatever the lanes and their speed", async () => {
    // the causes of the violations of each run, in the order in which they appear in it
    const anyCauses = fc.array(
      fc.tuple(fc.nat({ max: 39 }), fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 })),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyCauses, fc.integer({ min: 1, max: 5 }), async (scheduler, entries, lanes) => {
        const causes = new Map(entries);
        const known = new Set<string>();
        const causeOf = (index: number): string | undefined => causes.get(index)?.find((cause) => !known.has(cause));
        const play: Play = async ({ index }) => {
          const cause = causeOf(index);
          await scheduler.schedule(Promise.resolve(), `run ${index}`);
          const outcome = cause === undefined ? SURVIVED : VIOLATION;
          return { index, outcome, count: { runs: 1, blocks: 1, calls: 0, trials: 0 } };
        };
        const crew: Crew = {
          shift: async (left) => Math.min(left, 7),
          play: async (work) => {
            await Promise.all(Array.from({ length: lanes }, () => work(play)));
          },
        };
        const progress = { searched: 0, discarded: 0 };
        const exploring = explore(
          { runs: 40, generation: 10, crew, job, confirm: async (index) => causeOf(index) },
          progress,
        );
        const found: string[] = [];
        for (;;) {
          const { value } = await scheduler.waitFor(exploring.next());
          if (value === undefined) break;
          found.push(`${value.finding} in ${value.index}`);
          known.add(value.finding);
        }
        const expected: string[] = [];
        const seen = new Set<string>();
        for (let index = 0; index < 40; index++) {
          for (const cause of causes.get(index) ?? []) {
            if (seen.has(cause)) continue;
            seen.add(cause);
            expected.push(`${cause} in ${index}`);
          }
        }
        expect(found).to.deep.equal(expected);
        expect(progress).to.deep.equal({ searched: 40, discarded: 0 });
      }),
    );
  });

  it("deals no run of a generation before the previous one is done, and reports when one ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyRuns, fc.integer({ min: 1, max: 5 }), async (scheduler, runs, lanes) => {
        const played: number[] = [];
        const ended: number[] = [];
        const reports: RunReport["index"][] = [];
        const exploring = explore(
          {
            runs: 40,
            generation: 10,
            ended: async () => {
              ended.push(played.length);
              // what the next generation depends on has all arrived
              expect(reports).to.have.members(played);
              return [];
            },
            crew: crewOf(lanes, runs, scheduler, played),
            job,
            reported: (_job, { index }) => reports.push(index),
            confirm: async () => undefined,
          },
          { searched: 0, discarded: 0 },
        ).next();
        await scheduler.waitFor(exploring);
        expect(played.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: 40 }, (_value, index) => index));
        for (const [place, index] of played.entries()) expect(Math.floor(index / 10)).to.equal(Math.floor(place / 10));
        expect(ended).to.deep.equal([10, 20, 30, 40]);
      }),
    );
  });

  it("plays the runs of a generation again if that is asked for when it ends, before it goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyRuns, fc.integer({ min: 1, max: 5 }), async (scheduler, runs, lanes) => {
        const played: number[] = [];
        let asked = false;
        const exploring = explore(
          {
            runs: 40,
            generation: 10,
            ended: async () => {
              if (asked || played.length < 20) return [];
              asked = true;
              return Array.from({ length: 10 }, (_value, index) => 10 + index);
            },
            crew: crewOf(lanes, runs, scheduler, played),
            job,
            confirm: async () => undefined,
          },
          { searched: 0, discarded: 0 },
        ).next();
        await scheduler.waitFor(exploring);
        const generations = [0, 10, 10, 20, 30].map((from) => Array.from({ length: 10 }, (_value, at) => from + at));
        for (const [place, generation] of generations.entries()) {
          expect(played.slice(10 * place, 10 * place + 10)).to.have.members(generation);
        }
        expect(played).to.have.length(50);
      }),
    );
  });

  it("plays the runs so far again if that is asked for before a candidate is discarded, which then counts for nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat({ max: 39 }),
        fc.integer({ min: 1, max: 5 }),
        async (scheduler, at, lanes) => {
          const played: number[] = [];
          const progress = { searched: 0, discarded: 0 };
          // once something else plays, nothing fails any more
          const runs = new Map([[at, "apparent" as const]]);
          const exploring = explore(
            {
              runs: 40,
              crew: crewOf(lanes, runs, scheduler, played),
              job,
              confirm: async () => undefined,
              discarding: async () => {
                runs.clear();
                return [...played];
              },
            },
            progress,
          ).next();
          const { value } = await scheduler.waitFor(exploring);
          expect(value).to.equal(undefined);
          expect(progress).to.deep.equal({ searched: 40, discarded: 0 });
          const twice = played.filter((index, place) => played.indexOf(index) < place);
          expect(new Set(played).size).to.equal(40);
          expect(twice).to.have.length(played.length - 40);
          expect(twice).to.include(at);
          expect(Math.min(...twice)).to.equal(0);
        },
      ),
    );
  });

  it("does not mistake a fault for a verdict, and keeps a verdict that precedes it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat({ max: 39 }),
        fc.nat({ max: 39 }),
        fc.integer({ min: 1, max: 5 }),
        async (scheduler, fault, real, lanes) => {
          fc.pre(fault !== real);
          const runs: Runs = new Map([
            [real, "real"],
            [fault, "fault"],
          ]);
          const exploring = explore(
            {
              runs: 40,
              crew: crewOf(lanes, runs, scheduler, []),
              job,
              confirm: async (index) => `run ${index}`,
            },
            { searched: 0, discarded: 0 },
          )
            .next()
            .then(
              ({ value }) => value?.finding,
              (error: unknown) => (error as Error).message,
            );
          expect(await scheduler.waitFor(exploring)).to.equal(real < fault ? `run ${real}` : `fault in run ${fault}`);
        },
      ),
    );
  });

  it("throws the error of an invalid run, as it was where the run was played", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 5 }), async (scheduler, lanes) => {
        const progress = { searched: 0, discarded: 0 };
        const crew = crewOf(lanes, new Map([[7, "invalid"]]), scheduler, []);
        const exploring = explore({ runs: 40, crew, job, confirm: async () => undefined }, progress)
          .next()
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        const error = await scheduler.waitFor(exploring);
        expect(SiegeError.isSiegeError(error) && error.code).to.equal("RPC_FAILED");
        expect((error as Error).message).to.equal("eth_call failed: HTTP 503. Check the endpoint. [RPC_FAILED]");
        expect(progress.searched).to.equal(7);
      }),
    );
  });

  it("throws a fault that follows an unconfirmed candidate", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, lanes) => {
        const runs: Runs = new Map([
          [3, "apparent"],
          [5, "fault"],
        ]);
        const exploring = explore(
          { runs: 40, crew: crewOf(lanes, runs, scheduler, []), job, confirm: async () => undefined },
          { searched: 0, discarded: 0 },
        )
          .next()
          .then(
            () => "an end",
            (error: unknown) => (error as Error).message,
          );
        expect(await scheduler.waitFor(exploring)).to.equal("fault in run 5");
      }),
    );
  });
});

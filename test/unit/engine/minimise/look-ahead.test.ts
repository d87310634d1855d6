import type { Trace, TraceStep } from "../../../../src/engine/events/trace.js";
import type { Candidate } from "../../../../src/engine/minimise/candidate.js";
import type { Played, Seats } from "../../../../src/engine/minimise/look-ahead.js";
import type { Verdict } from "../../../../src/engine/run/outcome.js";

import { setImmediate as turn } from "node:timers/promises";

import { expect } from "chai";
import * as fc from "fast-check";

import { keyOf } from "../../../../src/engine/minimise/candidate.js";
import { LookAhead } from "../../../../src/engine/minimise/look-ahead.js";
import { minimiseTrace } from "../../../../src/engine/minimise/trace-level.js";
import { Trial } from "../../../../src/engine/minimise/trial.js";

const SOUGHT = { cause: "solvent", target: "Vault" };

/** A model of a chain: ether's falls add up, and the target breaks at 30 %, in the block in which they do. */
function verdictOf(trace: Trace): Verdict {
  let price = 1;
  for (let block = 1; block <= trace.blocks; block++) {
    for (const step of trace.steps) {
      if (step.kind === "market" && step.block === block) price *= 1 + step.change / 1e6;
    }
    if (price > 0.7) continue;
    const violation = { ...SOUGHT, condition: "solvent", block, evidence: { summary: "", quantities: [] } };
    return {
      kind: "violation",
      violation,
      trace: { steps: trace.steps.filter((step) => step.block <= block), blocks: block },
    };
  }
  return { kind: "survived", blocks: trace.blocks, trace };
}

/** Seats that are as fast as the numbers say: turns of the event loop that each run takes, in order. */
class SlowSeats implements Seats {
  readonly counted: string[] = [];
  played = 0;
  #free: number;
  readonly #turns: readonly number[];
  #waiting: (() => void)[] = [];

  constructor(count: number, turns: readonly number[]) {
    this.#free = count;
    this.#turns = turns;
  }

  get isAnyFree(): boolean {
    return this.#free > 0;
  }

  async freed(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  async play(candidate: Candidate): Promise<Played> {
    if (candidate.kind === "genome") throw new Error("no genomes here");
    while (this.#free === 0) await this.freed();
    this.#free -= 1;
    const turns = this.#turns[this.played++ % this.#turns.length] ?? 0;
    for (let left = turns; left > 0; left--) await turn();
    this.#free += 1;
    for (const tell of this.#waiting.splice(0)) tell();
    return { verdict: verdictOf(candidate.trace), counted: () => void this.counted.push(keyOf(candidate)) };
  }
}

async function minimised(trace: Trace, count: number, turns: readonly number[]) {
  const seats = new SlowSeats(count, turns);
  const ahead = new LookAhead(seats);
  const trial = new Trial(SOUGHT, ahead, () => true);
  const result = await minimiseTrace(trace, trial, { accepted: async () => undefined });
  await ahead.rest();
  return { result, counted: seats.counted, played: seats.played };
}

describe("looking ahead while a trace is minimised", () => {
  const steps: fc.Arbitrary<readonly TraceStep[]> = fc.array(
    fc.record({
      kind: fc.constant("market"),
      block: fc.integer({ min: 1, max: 9 }),
      asset: fc.constantFrom("ETH", "BTC"),
      change: fc.integer({ min: -400, max: 100 }).map((change) => change * 1000),
    }),
    { minLength: 2, maxLength: 12 },
  );

  it("changes neither the result nor what is asked for and counted, whatever the number of seats and their speed", async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
        async (unordered, count, turns) => {
          const trace = { blocks: 9, steps: [...unordered].sort((a, b) => a.block - b.block) };
          fc.pre(verdictOf(trace).kind === "violation");
          const alone = await minimised(trace, 1, [0]);
          const together = await minimised(trace, count, turns);
          expect(together.result).to.deep.equal(alone.result);
          expect(together.counted).to.deep.equal(alone.counted);
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  it("plays candidates before they are asked for", async () => {
    const falls = [-40_000, -30_000, -50_000, -290_000, -20_000, -60_000];
    const trace: Trace = {
      blocks: 6,
      steps: falls.map((change, index) => ({ kind: "market", block: index + 1, asset: "ETH", change })),
    };
    const { counted, played } = await minimised(trace, 3, [2]);
    expect(played).to.be.above(counted.length);
  });
});

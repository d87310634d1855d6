import type { AbiFunction } from "viem";

import type { CallStep, Trace, TraceStep } from "../../../../src/engine/events/trace.js";
import type { Verdict } from "../../../../src/engine/run/outcome.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { minimiseTrace } from "../../../../src/engine/minimise/trace-level.js";
import { Trial } from "../../../../src/engine/minimise/trial.js";

/**
 * A small model of a chain as the minimiser sees it: a trace goes in, an outcome comes out. Real chains' behaviour is
 * tested on real chains; here the rule of the outcome is known, and so is the true minimum.
 */
function play(trace: Trace, violates: (steps: readonly TraceStep[], block: number) => string | undefined): Verdict {
  for (let block = 1; block <= trace.blocks; block++) {
    const steps = trace.steps.filter((step) => step.block <= block);
    const condition = violates(steps, block);
    if (condition !== undefined) {
      const violation = {
        condition,
        cause: condition,
        target: "Vault",
        block,
        evidence: { summary: "", quantities: [] },
      };
      return { kind: "violation", violation, trace: { steps, blocks: block } };
    }
  }
  return { kind: "survived", blocks: trace.blocks, trace };
}

const abi = (name: string): AbiFunction => ({
  type: "function",
  name,
  stateMutability: "nonpayable",
  inputs: [{ name: "amount", type: "uint256" }],
  outputs: [],
});

const call = (block: number, agent: string, name: string, amount: bigint): CallStep => ({
  kind: "call",
  block,
  agent,
  to: "0x00000000000000000000000000000000000000aa",
  function: abi(name),
  args: [amount],
  value: 0n,
  tip: 1_000_000_000n,
  gas: 2_000_000n,
  note: undefined,
});

const market = (block: number, change: number): TraceStep => ({ kind: "market", block, asset: "ETH", change });

const total = (steps: readonly TraceStep[], name: string): bigint =>
  steps.reduce(
    (sum, step) => (step.kind === "call" && step.function.name === name ? sum + (step.args[0] as bigint) : sum),
    0n,
  );

const fall = (steps: readonly TraceStep[]): number =>
  1 - steps.reduce((price, step) => (step.kind === "market" ? price * (1 + step.change / 1e6) : price), 1);

async function minimise(
  trace: Trace,
  law: (steps: readonly TraceStep[], block: number) => string | undefined,
  isPossible: (trace: Trace) => boolean = () => true,
): Promise<{ readonly result: Awaited<ReturnType<typeof minimiseTrace>>; readonly accepted: readonly Trace[] }> {
  const trial = new Trial(
    { cause: "solvent", target: "Vault" },
    {
      genome: () => Promise.reject(new Error("no genomes here")),
      trace: (candidate) => Promise.resolve(play(candidate, law)),
    },
    isPossible,
  );
  const accepted: Trace[] = [];
  const result = await minimiseTrace(trace, trial, {
    accepted: (smaller) => {
      accepted.push(smaller);
      return Promise.resolve();
    },
  });
  return { result, accepted };
}

const insolvent =
  (holds: (steps: readonly TraceStep[], block: number) => boolean) =>
  (steps: readonly TraceStep[], block: number): string | undefined =>
    holds(steps, block) ? undefined : "solvent";

describe("minimiseTrace", () => {
  it("finds the threshold of a price move and the size that survives", async () => {
    const trace = { blocks: 9, steps: [market(2, -200_000), market(5, -300_000), market(7, 10_000)] };
    const { result } = await minimise(
      trace,
      insolvent((steps) => fall(steps) < 0.3137),
    );
    expect(result.trace).to.deep.equal({ blocks: 1, steps: [market(1, -314_000)] });
    expect(result.thresholds).to.deep.equal([
      { step: 0, kind: "market", fails: -314_000, survives: -313_000, resolution: 1_000, unit: "ppm" },
    ]);
    expect(result.certificate.deletions).to.deep.equal([{ step: 0, without: "survived" }]);
  });

  it("reduces two coupled amounts together", async () => {
    // a withdrawal needs a deposit that is at least as large, and the flaw needs a withdrawal
    const trace = {
      blocks: 6,
      steps: [call(2, "attacker", "deposit", 849_181n), call(5, "attacker", "withdraw", 849_180n)],
    };
    const { result } = await minimise(
      trace,
      insolvent((steps) => {
        const deposit = total(steps, "deposit");
        const withdraw = total(steps, "withdraw");
        return !(withdraw >= 4n && deposit >= withdraw);
      }),
    );
    expect(result.trace.steps.map((step) => (step.kind === "call" ? step.args[0] : undefined))).to.deep.equal([4n, 4n]);
    expect(result.trace.blocks).to.equal(1);
  });

  it("merges two steps that are both needed into a larger one", async () => {
    const trace = {
      blocks: 2,
      steps: [call(1, "a", "donate", 250n), call(1, "a", "swap", 310n), call(2, "a", "borrow", 5n)],
    };
    const { result } = await minimise(
      trace,
      insolvent((steps) => !(total(steps, "donate") + total(steps, "swap") >= 500n && total(steps, "borrow") > 0n)),
    );
    expect(result.trace.steps.map((step) => (step.kind === "call" ? step.function.name : ""))).to.have.length(2);
    expect(total(result.trace.steps, "donate") + total(result.trace.steps, "swap")).to.equal(500n);
  });

  it("leaves out what was made before, and lowers the number of what is needed", async () => {
    // what is rented or lent has the next number, and the flaw is that what was lent last can be settled twice
    const settle = (block: number, loanId: bigint): CallStep => ({
      ...call(block, "attacker", "settle", loanId),
      function: {
        ...abi("settle"),
        inputs: [
          { name: "loanId", type: "uint256" },
          { name: "all", type: "bool" },
        ],
      },
      args: [loanId, true],
    });
    const steps = [call(1, "user", "rent", 7n), call(2, "attacker", "lend", 5n), settle(3, 2n), settle(4, 2n)];
    const { result } = await minimise(
      { blocks: 6, steps },
      insolvent((made) => {
        const of = (name: string): readonly unknown[] =>
          made.flatMap((step) => (step.kind === "call" && step.function.name === name ? [step.args[0]] : []));
        const last = BigInt(of("rent").length + of("lend").length);
        return of("lend").length === 0 || of("settle").filter((id) => id === last).length < 2;
      }),
    );
    const names = result.trace.steps.map((step) => (step.kind === "call" ? [step.function.name, step.args[0]] : []));
    expect(names).to.deep.equal([
      ["lend", 0n],
      ["settle", 1n],
      ["settle", 1n],
    ]);
    expect(result.certificate.deletions).to.have.lengthOf(3);
  });

  it("keeps an amount that has to be its type's maximum", async () => {
    const all = 2n ** 256n - 1n;
    const trace = { blocks: 1, steps: [call(1, "a", "withdraw", all), call(1, "a", "withdraw", all)] };
    const { result } = await minimise(
      trace,
      insolvent((steps) => !steps.some((step) => step.kind === "call" && step.args[0] === all)),
    );
    expect(result.trace.steps.map((step) => (step.kind === "call" ? step.args[0] : undefined))).to.deep.equal([all]);
  });

  describe("leaves out elements of lists", () => {
    const bid = { ids: "uint256[]", prices: "uint256[]", who: "address[]" };
    const inputs = Object.entries(bid).map(([name, type]) => ({ name, type }));
    const listed = (...args: readonly unknown[]): CallStep => ({
      ...call(1, "a", "buyMany", 0n),
      function: { ...abi("buyMany"), inputs },
      args,
    });
    const argsOf = ({ steps: [step] }: Trace): readonly unknown[] => (step?.kind === "call" ? step.args : []);
    type Lists = readonly [readonly bigint[], readonly bigint[], readonly string[]];
    const all: Lists = [
      [7n, 8n, 9n, 8n],
      [1n, 2n, 3n, 4n],
      ["0xaa", "0xbb"],
    ];

    it("of those that have to be of the same length together, of others alone", async () => {
      const { result } = await minimise(
        { blocks: 1, steps: [listed(...all)] },
        insolvent(([step]) => {
          const [ids, prices, who] = (step?.kind === "call" ? step.args : [[], [], []]) as unknown as Lists;
          // reverts if they are not of the same length
          return !(ids.length === prices.length && ids.includes(9n) && who.includes("0xbb"));
        }),
      );
      expect(argsOf(result.trace)).to.deep.equal([[9n], [0n], ["0xbb"]]);
    });

    it("inside of other calls and of tuples, down to nothing", async () => {
      const order = { name: "order", type: "tuple", components: [{ name: "route", type: "address[]" }] };
      const inner = [{ to: call(1, "a", "x", 0n).to, function: { ...abi("fill"), inputs: [order] }, value: 0n }];
      const args = [{ route: ["0xaa", "0xbb"] }];
      const step = { ...call(1, "a", "raid", 0n), inner: inner.map((made) => ({ ...made, args })) };
      const { result } = await minimise(
        { blocks: 1, steps: [step] },
        insolvent(([kept]) => !(kept?.kind === "call" && (kept.inner ?? []).length === 1)),
      );
      const [kept] = result.trace.steps;
      expect(kept?.kind === "call" ? kept.inner?.[0]?.args : undefined).to.deep.equal([{ route: [] }]);
    });

    it("and none of a list whose length the type says", async () => {
      const fixed = { ...abi("pair"), inputs: [{ name: "both", type: "address[2]" }] };
      const step = { ...call(1, "a", "pair", 0n), function: fixed, args: [["0xaa", "0xbb"]] };
      const { result } = await minimise(
        { blocks: 1, steps: [step] },
        insolvent((steps) => steps.length === 0),
      );
      expect(argsOf(result.trace)).to.deep.equal([["0xaa", "0xbb"]]);
    });
  });

  it("keeps signed numbers: a negative size is not an amount", async () => {
    const inputs = [{ name: "size", type: "int256" }];
    const short = { ...call(1, "a", "liquidate", -5n), function: { ...abi("liquidate"), inputs } };
    const { result } = await minimise(
      { blocks: 1, steps: [short] },
      insolvent((steps) => steps.length === 0),
    );
    expect(result.trace.steps).to.deep.equal([short]);
  });

  it("keeps blocks apart if time matters", async () => {
    const trace = { blocks: 20, steps: [call(3, "a", "deposit", 5n), call(17, "a", "withdraw", 5n)] };
    const { result } = await minimise(
      trace,
      insolvent((steps) => {
        const deposit = steps.find((step) => step.kind === "call" && step.function.name === "deposit");
        const withdraw = steps.find((step) => step.kind === "call" && step.function.name === "withdraw");
        return !(deposit !== undefined && withdraw !== undefined && withdraw.block > deposit.block);
      }),
    );
    expect(result.trace.steps.map(({ block }) => block)).to.deep.equal([1, 2]);
  });

  it("never mistakes another violation for the one it minimises", async () => {
    const trace = { blocks: 4, steps: [call(1, "a", "deposit", 10n), call(2, "b", "borrow", 10n)] };
    const { result } = await minimise(trace, (steps) => {
      if (total(steps, "borrow") === 0n) return total(steps, "deposit") > 0n ? "withdrawable" : undefined;
      return total(steps, "deposit") > 0n ? "solvent" : undefined;
    });
    expect(result.trace.steps).to.have.length(2);
    expect(result.certificate.deletions).to.deep.equal([
      { step: 0, without: "survived" },
      { step: 1, without: "another violation" },
    ]);
  });

  it("shortens a silence to the blocks that are needed", async () => {
    const trace: Trace = {
      blocks: 12,
      steps: [{ kind: "oracle", block: 2, oracle: "ETH", fault: "silent", blocks: 9 }],
    };
    const { result } = await minimise(
      trace,
      insolvent(
        (steps, block) => !steps.some((step) => step.kind === "oracle" && step.blocks >= 3 && block >= step.block + 2),
      ),
    );
    expect(result.trace.steps[0]).to.include({ kind: "oracle", blocks: 3 });
  });

  it("merges two silences, which no deletion can do", async () => {
    const silence = (block: number, blocks: number): TraceStep => ({
      kind: "oracle",
      block,
      oracle: "ETH",
      fault: "silent",
      blocks,
    });
    const silentIn = (steps: readonly TraceStep[], block: number): boolean =>
      steps.some((step) => step.kind === "oracle" && step.block <= block && block < step.block + step.blocks);
    const { result } = await minimise(
      { blocks: 12, steps: [silence(6, 3), silence(9, 2)] },
      insolvent((steps, block) => !(block === 10 && [6, 7, 8, 9, 10].every((at) => silentIn(steps, at)))),
    );
    expect(result.trace.steps).to.deep.equal([silence(6, 5)]);
  });

  it("merges two faults only if they are of the same kind", async () => {
    const fault = (block: number, kind: "zero" | "frozen"): TraceStep => ({
      kind: "oracle",
      block,
      oracle: "ETH",
      fault: kind,
      blocks: 2,
    });
    const needs = (steps: readonly TraceStep[], kind: string): boolean =>
      steps.some((step) => step.kind === "oracle" && step.fault === kind);
    const { result } = await minimise(
      { blocks: 6, steps: [fault(1, "zero"), fault(4, "frozen")] },
      insolvent((steps) => !(needs(steps, "zero") && needs(steps, "frozen"))),
    );
    expect(result.trace.steps.map((step) => step.kind === "oracle" && step.fault).sort()).to.deep.equal([
      "frozen",
      "zero",
    ]);
  });

  it("bisects the factor of a wrong price to the one nearest to 1 that fails, above and below 1", async () => {
    for (const [factor, needed, expected] of [
      [9_943_210, 1_253_000, 1_260_000],
      [100_000, 704_000, 700_000],
    ] as const) {
      const steps: TraceStep[] = [{ kind: "oracle", block: 1, oracle: "ETH", fault: "wrong", blocks: 1, factor }];
      const { result } = await minimise(
        { blocks: 1, steps },
        insolvent(
          (kept) =>
            !kept.some(
              (step) =>
                step.kind === "oracle" &&
                step.factor !== undefined &&
                (factor > 1_000_000 ? step.factor >= needed : step.factor <= needed),
            ),
        ),
      );
      expect(result.trace.steps).to.deep.equal([{ ...steps[0], factor: expected }]);
      const survives = expected > 1_000_000 ? expected - 10_000 : expected + 10_000;
      expect(result.thresholds).to.deep.equal([
        { step: 0, kind: "oracle", fails: expected, survives, resolution: 10_000, unit: "ppm" },
      ]);
    }
  });

  // The second level freezes what policies did. A frozen sale of an arbitrageur outlives the deletion of the price move
  // that caused it, and then benefits any buyer: unprofitableToAttack can be violated by what cannot happen.
  it("keeps no reaction of a policy whose cause it has deleted (next: delete reactions together with their causes)");

  describe("against itself, on random rules", () => {
    const steps = fc.array(
      fc.oneof(
        fc
          .record({ block: fc.integer({ min: 1, max: 12 }), change: fc.integer({ min: -300_000, max: 100_000 }) })
          .map(({ block, change }) => market(block, change)),
        fc
          .record({
            block: fc.integer({ min: 1, max: 12 }),
            agent: fc.constantFrom("a", "b", "c"),
            name: fc.constantFrom("deposit", "borrow", "withdraw"),
            amount: fc.bigInt({ min: 1n, max: 10n ** 21n }),
          })
          .map(({ block, agent, name, amount }) => call(block, agent, name, amount)),
      ),
      { minLength: 1, maxLength: 25 },
    );
    const law = fc
      .record({ fall: fc.double({ min: 0, max: 0.4, noNaN: true }), deposit: fc.nat(1000), borrow: fc.nat(1000) })
      .map((need) =>
        insolvent(
          (of) =>
            !(
              fall(of) >= need.fall &&
              total(of, "deposit") >= BigInt(need.deposit) &&
              total(of, "borrow") >= BigInt(need.borrow) &&
              of.length > 0
            ),
        ),
      );

    it("still fails, is never longer, is 1-minimal, and is its own minimum", async () => {
      await fc.assert(
        fc.asyncProperty(steps, law, async (unordered, of) => {
          const ordered = [...unordered].sort((x, y) => x.block - y.block);
          const found = play({ blocks: 12, steps: ordered }, of);
          fc.pre(found.kind === "violation");
          const { result, accepted } = await minimise(found.trace, of);
          const again = play(result.trace, of);
          expect(again.kind).to.equal("violation");
          expect(result.trace.steps.length).to.be.at.most(found.trace.steps.length);
          for (const smaller of accepted) expect(play(smaller, of).kind).to.equal("violation");
          expect(result.certificate.deletions).to.have.length(result.trace.steps.length);
          for (const index of result.trace.steps.keys()) {
            const without = { ...result.trace, steps: result.trace.steps.filter((_step, at) => at !== index) };
            expect(play(without, of).kind).to.equal("survived");
          }
          const twice = await minimise(result.trace, of);
          expect(twice.result.trace).to.deep.equal(result.trace);
        }),
        { numRuns: 150, seed: 7 },
      );
    });
  });
});

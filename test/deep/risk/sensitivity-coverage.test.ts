import { expect } from "chai";

import { createRandom, mixSeeds } from "../../../src/market/random.js";
import { saltelliDesign, sobolIndices } from "../../../src/risk/sensitivity/saltelli.js";
import { ISHIGAMI } from "../../helpers/analytical-functions.js";

/** Repetitions with seeds of their own. */
const REPETITIONS = Number(process.env.REPETITIONS ?? 2_000);
const ROWS = 64;
const CONFIDENCE = 0.95;

describe("the bootstrap intervals of Sobol indices", () => {
  it("contain the indices of Ishigami's function in at least 95 % of repetitions, less three Monte-Carlo errors", () => {
    const { of, dimensions, first, total } = ISHIGAMI;
    const inside = { first: first.map(() => 0), total: total.map(() => 0) };
    const width = { first: first.map(() => 0), total: total.map(() => 0) };
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const rows = saltelliDesign(ROWS, dimensions, createRandom(mixSeeds(1, repetition))).map(({ a, b, mixed }) => ({
        a: of(a),
        b: of(b),
        mixed: mixed.map(of),
      }));
      const random = createRandom(mixSeeds(2, repetition));
      const { indices = [] } = sobolIndices(rows, { confidence: CONFIDENCE, random });
      for (const [index, { firstInterval, totalInterval }] of indices.entries()) {
        for (const [kind, interval, known] of [
          ["first", firstInterval, first[index]!],
          ["total", totalInterval, total[index]!],
        ] as const) {
          if (interval.lower <= known && known <= interval.upper) inside[kind][index]! += 1;
          width[kind][index]! += (interval.upper - interval.lower) / REPETITIONS;
        }
      }
    }
    const shares = [...inside.first, ...inside.total].map((count) => count / REPETITIONS);
    console.log(
      "      coverage",
      shares.join(" "),
      "widths",
      [...width.first, ...width.total].map((one) => one.toFixed(3)).join(" "),
    );
    const error = Math.sqrt((CONFIDENCE * (1 - CONFIDENCE)) / REPETITIONS);
    for (const share of shares) expect(share).to.be.at.least(CONFIDENCE - 3 * error);
  });
});

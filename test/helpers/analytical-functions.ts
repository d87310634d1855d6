/** A function on the unit cube with its Sobol indices, as published. */
export interface AnalyticalFunction {
  readonly name: string;
  readonly dimensions: number;
  readonly of: (point: readonly number[]) => number;
  readonly variance?: number;
  /** Of first order, by coordinate. */
  readonly first: readonly number[];
  /** Total, of the first few coordinates. */
  readonly total: readonly number[];
}

/** Ishigami and Homma (1990), a = 7, b = 0.1. */
export const ISHIGAMI: AnalyticalFunction = {
  name: "Ishigami",
  dimensions: 3,
  of: (point) => {
    const [x = 0, y = 0, z = 0] = point.map((share) => Math.PI * (2 * share - 1));
    return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
  },
  variance: 13.844588,
  first: [0.313905, 0.442411, 0],
  total: [0.557589, 0.442411, 0.243684],
};

const WEIGHTS = [0, 1, 4.5, 9, 99, 99, 99, 99];

/** Sobol's G function (Saltelli and Sobol 1995). */
export const SOBOL_G: AnalyticalFunction = {
  name: "Sobol's G",
  dimensions: WEIGHTS.length,
  of: (point) =>
    point.reduce((product, share, index) => {
      const weight = WEIGHTS[index] ?? 0;
      return product * ((Math.abs(4 * share - 2) + weight) / (1 + weight));
    }, 1),
  first: [0.716192, 0.179048, 0.0236758, 0.00716192],
  total: [0.787144, 0.242198, 0.0343169, 0.0104604],
};

/** A problem with several objectives, all minimised, over the unit cube. */
export interface Problem {
  readonly dimensions: number;
  readonly objectives: (point: readonly number[]) => readonly number[];
  /** By how much it violates a constraint; 0 if it violates none. */
  readonly violation?: (point: readonly number[]) => number;
  readonly reference: readonly number[];
  /** The hypervolume of the whole front, as in botorch. */
  readonly most: number;
}

/** Zitzler, Deb and Thiele 2000. */
function zdt(dimensions: number, second: (first: number, g: number) => number): Problem["objectives"] {
  return ([first = 0, ...rest]) => {
    const g = 1 + (9 * rest.reduce((sum, value) => sum + value, 0)) / (dimensions - 1);
    return [first, g * second(first, g)];
  };
}

const zdt1: Problem = {
  dimensions: 30,
  objectives: zdt(30, (first, g) => 1 - Math.sqrt(first / g)),
  reference: [11, 11],
  most: 120.6667,
};

const zdt2: Problem = {
  dimensions: 30,
  objectives: zdt(30, (first, g) => 1 - (first / g) ** 2),
  reference: [11, 11],
  most: 120.3333,
};

const zdt3: Problem = {
  dimensions: 30,
  objectives: zdt(30, (first, g) => 1 - Math.sqrt(first / g) - (first / g) * Math.sin(10 * Math.PI * first)),
  reference: [11, 11],
  most: 128.77811613,
};

function branin([a = 0, b = 0]: readonly number[]): number {
  const [x, y] = [15 * a - 5, 15 * b];
  return (
    (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10
  );
}

function currin([x = 0, y = 0]: readonly number[]): number {
  const factor = y === 0 ? 1 : 1 - Math.exp(-1 / (2 * y));
  return (factor * (2_300 * x ** 3 + 1_900 * x * x + 2_092 * x + 60)) / (100 * x ** 3 + 500 * x * x + 4 * x + 20);
}

const braninCurrin: Problem = {
  dimensions: 2,
  objectives: (point) => [branin(point), currin(point)],
  reference: [18, 6],
  most: 59.36011875,
};

/** A disk of radius √50 around (2.5, 7.5), in Branin's coordinates. */
const constrainedBraninCurrin: Problem = {
  ...braninCurrin,
  violation: ([a = 0, b = 0]) => Math.max(0, (15 * a - 7.5) ** 2 + (15 * b - 7.5) ** 2 - 50),
  reference: [80, 12],
  most: 608.4004237,
};

/** Jain and Deb 2014, with two objectives, as botorch has it: the radius of 0.2 counts once per objective in the middle. */
const c2dtlz2: Problem = {
  dimensions: 4,
  objectives: ([x = 0, ...rest]) => {
    const g = rest.reduce((sum, value) => sum + (value - 0.5) ** 2, 0);
    return [(1 + g) * Math.cos((x * Math.PI) / 2), (1 + g) * Math.sin((x * Math.PI) / 2)];
  },
  violation: (point) => {
    const f = c2dtlz2.objectives(point);
    const squares = f.reduce((sum, value) => sum + value * value, 0);
    const corners = Math.min(...f.map((value) => (value - 1) ** 2 + squares - value * value - 0.04));
    const middle = f.reduce((sum, value) => sum + (value - 1 / Math.SQRT2) ** 2 - 0.04, 0);
    return Math.max(0, Math.min(corners, middle));
  },
  reference: [1.1, 1.1],
  most: 0.3996406304,
};

export const PROBLEMS = {
  ZDT1: zdt1,
  ZDT2: zdt2,
  ZDT3: zdt3,
  BraninCurrin: braninCurrin,
  ConstrainedBraninCurrin: constrainedBraninCurrin,
  "C2-DTLZ2": c2dtlz2,
} satisfies Readonly<Record<string, Problem>>;

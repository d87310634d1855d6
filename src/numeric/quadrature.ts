/** A place to evaluate an integrand at, and how much it counts. */
export interface Node {
  readonly at: number;
  readonly weight: number;
}

/** Nodes of the rule: enough for two and a half periods of a wave to 14 digits. */
const ORDER = 32;

/** Newton steps that exhaust the precision of doubles from the starting points. */
const STEPS = 6;

let rule: readonly Node[] | undefined;

/** The nodes of the Gauss-Legendre rule of 32 points on an interval. */
export function nodesOn(from: number, to: number): readonly Node[] {
  rule ??= legendre(ORDER);
  const half = (to - from) / 2;
  return rule.map(({ at, weight }) => ({ at: from + half * (1 + at), weight: half * weight }));
}

/**
 * The rule on [-1, 1]: its nodes are the roots of the Legendre polynomial, by Newton from Tricomi's approximation (Press et
 * al., *Numerical Recipes*, 4.6.1).
 */
function legendre(order: number): readonly Node[] {
  return Array.from({ length: order }, (_value, index) => {
    let at = Math.cos((Math.PI * (index + 0.75)) / (order + 0.5));
    let slope = 1;
    for (let step = 0; step < STEPS; step++) {
      let [previous, value] = [1, at];
      for (let degree = 2; degree <= order; degree++) {
        [previous, value] = [value, ((2 * degree - 1) * at * value - (degree - 1) * previous) / degree];
      }
      slope = (order * (at * value - previous)) / (at * at - 1);
      at -= value / slope;
    }
    return { at, weight: 2 / ((1 - at * at) * slope * slope) };
  });
}

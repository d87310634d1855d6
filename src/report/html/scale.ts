/** A scale of values: where each is between the bottom (0) and the top (1), and which to label. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** How many times the least value the greatest has to be for a logarithmic scale. */
const LOGARITHMIC = 1_000;

/** The fewest labels. */
const TICKS = 3;

/** A scale on which all values are seen. @param shown - what has to be on it besides */
export function scaleOf(values: readonly number[], shown: readonly number[] = []): Scale {
  const all = [...values, ...shown];
  const [least, greatest] = [Math.min(...all), Math.max(...all)];
  if (least > 0 && greatest / least > LOGARITHMIC) return logarithmic(least, greatest);
  const margin = (greatest - least || Math.abs(greatest) || 1) * 0.08;
  const bottom = shown.includes(0) && least >= 0 ? 0 : least - margin;
  const top = shown.includes(0) && greatest <= 0 ? 0 : greatest + margin;
  const span = top - bottom || 1;
  return { at: (value) => (value - bottom) / span, ticks: round(bottom, top) };
}

function logarithmic(least: number, greatest: number): Scale {
  const [bottom, top] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  const span = top - bottom || 1;
  const every = Math.ceil((span + 1) / 4);
  const powers = Array.from({ length: span + 1 }, (_nothing, index) => bottom + index);
  return {
    at: (value) => (Math.log10(value) - bottom) / span,
    ticks: powers.filter((power) => (power - bottom) % every === 0).map((power) => 10 ** power),
  };
}

/** Round numbers between two others: multiples of 1, 2 or 5 times a power of ten. */
function round(bottom: number, top: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(top - bottom));
  const steps = [5 * power, 2 * power, power, power / 2, power / 5, power / 10];
  const multiples = (step: number): readonly number[] => {
    const first = Math.ceil(bottom / step);
    // multiplied, not added up: sums of fractions are not round
    return Array.from({ length: Math.floor(top / step) - first + 1 }, (_nothing, index) => (first + index) * step);
  };
  const step = steps.find((one) => multiples(one).length >= TICKS) ?? power / 10;
  return multiples(step);
}

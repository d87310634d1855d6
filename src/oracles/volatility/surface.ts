import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

/** The shape of a surface of implied volatilities, which moves up and down with its level. Plain data. */
export interface VolatilitySurface {
  /** Years to expiry, ascending: one second to 100 years; at most 32. */
  readonly expiries: readonly number[];
  /** Strikes as fractions of the forward, ascending: above 0, at most 1,000; at most 32. */
  readonly strikes: readonly number[];
  /** For each expiry, the volatility at each strike as a multiple of the level, 0.001 to 1,000. */
  readonly ratios: readonly (readonly number[])[];
}

/** A point of a surface. */
export interface SurfacePoint {
  /** The surface's level, an annual volatility: 0.8 is 80 %. */
  readonly level: number;
  /** The strike as a fraction of the forward. */
  readonly strike: number;
  /** Years. */
  readonly expiry: number;
}

/** A contract reads all of a row. */
const MOST = 32;

/**
 * The implied volatility of an option on a surface, as contracts/VolatilityOracle.sol computes it: between strikes, volatilities are
 * interpolated, and between expiries total variances (σ² T), so that none of them falls; beyond the surface it is that of its edge.
 *
 * @returns annual volatility
 * @throws SiegeError `INVALID_OPTION`
 */
export function surfaceVolatility(surface: VolatilitySurface, { level, strike, expiry }: SurfacePoint): number {
  requireSurface("surfaceVolatility", surface);
  return level * ratioAt(surface, strike, expiry);
}

/** @throws SiegeError `INVALID_OPTION` */
export function requireSurface(owner: string, surface: VolatilitySurface): void {
  requireKnown(owner, surface, ["expiries", "strikes", "ratios"]);
  const { expiries, strikes, ratios } = surface;
  requireAxis(owner, "expiries", expiries, [1 / SECONDS_PER_YEAR, 100]);
  requireAxis(owner, "strikes", strikes, [1e-6, 1_000]);
  // plain JavaScript callers have no types
  const given: unknown = ratios;
  const isComplete =
    Array.isArray(given) &&
    given.length === expiries.length &&
    given.every((row: unknown) => Array.isArray(row) && row.length === strikes.length);
  if (!isComplete) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: "ratios" is ${shown(ratios)}.`,
      hint: `It must have a row for each of the ${expiries.length} expiries, with a number for each of the ${strikes.length} strikes.`,
    });
  }
  for (const [row, values] of ratios.entries()) {
    for (const [column, value] of values.entries()) {
      requireInRange(owner, `ratios[${row}][${column}]`, value, { min: 0.001, max: 1_000 });
    }
  }
}

function requireAxis(
  owner: string,
  name: string,
  axis: readonly number[],
  [min, max]: readonly [number, number],
): void {
  if (!Array.isArray(axis) || axis.length === 0 || axis.length > MOST) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: "${name}" is ${shown(axis)}.`,
      hint: `It must be a list of 1 to ${MOST} numbers.`,
    });
  }
  for (const [index, value] of axis.entries()) {
    requireInRange(owner, `${name}[${index}]`, value as number, {
      min: Math.max(min, Number(axis[index - 1] ?? min)),
      max,
    });
  }
}

function ratioAt(surface: VolatilitySurface, strike: number, expiry: number): number {
  const { expiries } = surface;
  const { from, to, share } = between(expiries, expiry);
  const [sooner, later] = [rowAt(surface, from, strike), rowAt(surface, to, strike)];
  if (from === to) return later;
  const variance = sooner ** 2 * (expiries[from] ?? 0) * (1 - share) + later ** 2 * (expiries[to] ?? 0) * share;
  return Math.sqrt(variance / expiry);
}

function rowAt({ strikes, ratios }: VolatilitySurface, row: number, strike: number): number {
  const { from, to, share } = between(strikes, strike);
  return (ratios[row]?.[from] ?? NaN) * (1 - share) + (ratios[row]?.[to] ?? NaN) * share;
}

/** The places around a value, and how far it is from the first to the second. */
function between(axis: readonly number[], value: number): { from: number; to: number; share: number } {
  const next = axis.findIndex((one) => one >= value);
  if (next === 0) return { from: 0, to: 0, share: 0 };
  if (next === -1) return { from: axis.length - 1, to: axis.length - 1, share: 0 };
  const [below = 0, above = 0] = [axis[next - 1], axis[next]];
  return { from: next - 1, to: next, share: (value - below) / (above - below) };
}

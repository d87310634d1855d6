import type { Goal } from "../../numeric/ascent.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Span } from "../trades.js";

import { climb, curvatureAt } from "../../numeric/ascent.js";
import { inverse } from "../../numeric/matrix.js";
import { WIDE } from "../../numeric/normal.js";
import { secondsOf } from "../trades.js";

/** Events that set off events. */
export interface HawkesArrivals {
  /** Events a second that come by themselves, μ. */
  readonly base: FlowEstimate;
  /** How many events each sets off directly, on average: the branching ratio, from 0 to 0.99. */
  readonly excitation: FlowEstimate;
  /** How long after an event those that it sets off come, on average, seconds: 1/β. */
  readonly memory: FlowEstimate;
  readonly logLikelihood: number;
}

/** Its parameters. */
export interface HawkesParameters {
  readonly base: number;
  readonly excitation: number;
  readonly memory: number;
}

/** The most an event may set off, so that there is a mean rate. */
const MOST = 0.99;

/** A number that is known to no better than a factor of e³ is not determined. */
const LARGEST_ERROR = 3;

/** From where the likelihood is climbed: excitations, and memories in mean waiting times. */
const STARTS = [
  [0.3, 1],
  [0.6, 5],
  [0.6, 50],
] as const;

/**
 * Fits a Hawkes process with an exponential kernel, λ(t) = μ + Σ (n/m) exp(-(t - tᵢ)/m), to times of events by maximum likelihood (Ozaki,
 * *Maximum likelihood estimation of Hawkes' self-exciting point processes*, 1979). Each span begins at the mean rate. Errors are
 * from the observed information, intervals those of the profile likelihood (Venzon and Moolgavkar, *A method for computing profile-likelihood-based confidence
 * intervals*, 1988).
 *
 * @param times - seconds, ascending, each within a span
 * @param spans - in order, and apart
 * @returns `undefined` if the times do not determine it, as those of a Poisson process do not
 */
export function fitHawkesArrivals(times: readonly number[], spans: readonly Span[]): HawkesArrivals | undefined {
  const rate = times.length / secondsOf(spans);
  if (times.length < 10) return undefined;
  const parametersOf = ([base = 0, odds = 0, memory = 0]: readonly number[]): HawkesParameters => ({
    base: Math.exp(base) * rate,
    excitation: MOST / (1 + Math.exp(-odds)),
    memory: Math.exp(memory) / rate,
  });
  const goal: Goal = {
    of: "sum",
    values: (free) => {
      const parameters = parametersOf(free);
      const waits = parameters.memory * rate;
      return waits > 1e-4 && waits < times.length && parameters.excitation > 1e-4
        ? logTerms(times, spans, parameters)
        : undefined;
    },
  };
  const summits = STARTS.map(([excitation, memory]) =>
    climb(goal, [Math.log(1 - excitation), Math.log(excitation / (MOST - excitation)), Math.log(memory)]),
  ).sort((one, other) => other.height - one.height);
  for (const { at, height, information, arrived } of summits) {
    const rough = arrived ? inverse(information) : undefined;
    const roughErrors = rough?.map((row, index) => Math.sqrt(row[index] ?? 0));
    if (roughErrors?.every((error) => error < LARGEST_ERROR) !== true) continue;
    const covariance = inverse(curvatureAt(goal, at, roughErrors));
    if (covariance === undefined) continue;
    const errors = covariance.map((row, index) => Math.sqrt(row[index] ?? 0));
    const found = parametersOf(at);
    const estimate = (index: number, name: keyof HawkesParameters, slope: number): FlowEstimate => {
      const moved = (by: number): number =>
        parametersOf(at.map((value, i) => (i === index ? value + by : value)))[name];
      const error = errors[index] ?? 0;
      return { value: found[name], error: error * slope, interval: [moved(-WIDE * error), moved(WIDE * error)] };
    };
    return {
      base: estimate(0, "base", found.base),
      excitation: estimate(1, "excitation", found.excitation * (1 - found.excitation / MOST)),
      memory: estimate(2, "memory", found.memory),
      logLikelihood: height,
    };
  }
  return undefined;
}

/**
 * What is left of the waiting times between events when time runs as fast as the events: independent, exponential with mean 1, if the
 * process is the one that made them (Brown et al., *The time-rescaling theorem and its application to neural spike train data analysis*,
 * 2002). Without excitation, those of a Poisson process.
 */
export function rescaledWaits(
  times: readonly number[],
  spans: readonly Span[],
  parameters: HawkesParameters,
): readonly number[] {
  const waits: number[] = [];
  passThrough(times, spans, parameters, (_rate, due, isEvent) => {
    if (isEvent) waits.push(due);
  });
  return waits;
}

/** The terms of the log-likelihood: one for each event, and one for what is left of each span. */
function logTerms(times: readonly number[], spans: readonly Span[], parameters: HawkesParameters): Float64Array {
  const terms = new Float64Array(times.length + spans.length);
  let next = 0;
  passThrough(times, spans, parameters, (rate, due, isEvent) => {
    terms[next++] = isEvent ? Math.log(rate) - due : -due;
  });
  return terms;
}

/** @param passed - called at each event and at the end of each span, with the rate then and how many events were due since the last call */
function passThrough(
  times: readonly number[],
  spans: readonly Span[],
  { base, excitation, memory }: HawkesParameters,
  passed: (rate: number, due: number, isEvent: boolean) => void,
): void {
  let next = 0;
  for (const [from, to] of spans) {
    let [now, excess] = [from, (base * excitation) / (1 - excitation)];
    const pass = (until: number): number => {
      const lost = -excess * Math.expm1(-(until - now) / memory);
      const due = base * (until - now) + lost * memory;
      excess -= lost;
      now = until;
      return due;
    };
    for (let time = times[next]; time !== undefined && time <= to; time = times[++next]) {
      if (time < from) continue;
      const due = pass(time);
      passed(base + excess, due, true);
      excess += excitation / memory;
    }
    passed(base + excess, pass(to), false);
  }
}

import type { Random } from "../random.js";
import type { Process } from "./process.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { jumpsByBlock } from "./jumps.js";
import { changesOf } from "./log-returns.js";
import { streamsOf } from "./streams.js";

/** A geometric Brownian motion that jumps. */
interface JumpDiffusion {
  /** Annual volatility of log returns between jumps. */
  readonly volatility: number;
  /** Annual drift of the price, jumps included. */
  readonly drift: number;
  /** Mean number of jumps a year. */
  readonly jumpsPerYear: number;
  /** Mean relative change of the price in a jump, by which the drift between jumps is reduced. */
  readonly meanJump: number;
  /** Draws the size of a jump, as a log return. */
  readonly size: (random: Random) => number;
}

/** Samples exactly at block times. Jumps have a random stream of their own. */
export function jumpDiffusion({ volatility, drift, jumpsPerYear, meanJump, size }: JumpDiffusion): Process["sample"] {
  const growth = drift - jumpsPerYear * meanJump - volatility ** 2 / 2;
  return ({ random, ...context }) => {
    const streams = streamsOf(random, context.blocks);
    const jumps = jumpsByBlock({ ...context, random: streams.of("jumps"), perYear: jumpsPerYear, size });
    const returns = intervalsOf(context).map((seconds, index) => {
      const dt = seconds / SECONDS_PER_YEAR;
      const deviation = volatility * Math.sqrt(dt);
      return growth * dt + deviation * (streams.diffusion[index] ?? 0) + (jumps[index] ?? 0);
    });
    return changesOf(returns);
  };
}

import type { Random } from "../random.js";
import type { Process } from "./process.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";

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
  return ({ blocks, blockTime, random }) => {
    const dt = blockTime / SECONDS_PER_YEAR;
    const mean = growth * dt;
    const deviation = volatility * Math.sqrt(dt);
    const streams = streamsOf(random, blocks);
    const jumps = jumpsByBlock({ blocks, blockTime, random: streams.of("jumps"), perYear: jumpsPerYear, size });
    return changesOf(streams.diffusion.map((normal, index) => mean + deviation * normal + (jumps[index] ?? 0)));
  };
}

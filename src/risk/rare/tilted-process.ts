import type { Process } from "../../market/processes/process.js";

/** The normals of a path's blocks, as they were drawn. */
export interface DiffusionNoise {
  /** How many. */
  readonly count: number;
  /** Their sum, the shift included. */
  readonly sum: number;
}

/**
 * A process whose diffusion is drawn with another mean. Its first normals, one a block, are those of the blocks (see
 * `Process.correlates`); what else it draws stays as it is.
 *
 * @param shift - the mean of each block's normal
 * @param drew - told the noise of every path that is sampled
 */
export function tiltedProcess(process: Process, shift: number, drew: (noise: DiffusionNoise) => void): Process {
  return {
    ...process,
    sample: (context) => {
      let [count, sum] = [0, 0];
      const normal = (): number => {
        const own = context.random.normal();
        if (count === context.blocks) return own;
        count += 1;
        sum += own + shift;
        return own + shift;
      };
      const changes = process.sample({ ...context, random: { ...context.random, normal } });
      drew({ count, sum });
      return changes;
    },
  };
}

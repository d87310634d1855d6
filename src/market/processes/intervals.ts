import type { ProcessContext } from "./process.js";

/** The seconds before each block. */
export function intervalsOf({ blocks, blockTime, intervals }: Omit<ProcessContext, "random">): readonly number[] {
  return Array.from({ length: blocks }, (_value, index) => intervals?.[index] ?? blockTime);
}

/** The seconds from the start to each block. */
export function momentsOf(context: Omit<ProcessContext, "random">): readonly number[] {
  let passed = 0;
  return intervalsOf(context).map((seconds) => (passed += seconds));
}

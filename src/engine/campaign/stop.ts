/** Stops a campaign early. Thrown through a run; never a verdict, never shown as an error. */
export class Stop extends Error {
  readonly reason: "time limit" | "interrupted";

  constructor(reason: "time limit" | "interrupted") {
    super(reason);
    this.name = "Stop";
    this.reason = reason;
  }
}

/** The check that runs make before every block. */
export function stopWhen(options: {
  readonly clock: () => number;
  /** seconds */
  readonly timeLimit: number | undefined;
  readonly signal: AbortSignal | undefined;
}): () => void {
  const { clock, timeLimit, signal } = options;
  const deadline = timeLimit === undefined ? Infinity : clock() + timeLimit * 1000;
  return () => {
    if (signal?.aborted === true) throw new Stop("interrupted");
    if (clock() > deadline) throw new Stop("time limit");
  };
}

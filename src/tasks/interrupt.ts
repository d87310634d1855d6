/** Ctrl-C, and how CI systems and process managers ask a process to end. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs work that Ctrl-C or SIGTERM can abort. The first signal asks it to stop and report what it has; after that, a second
 * one ends the process at once, as usual.
 */
export async function interruptible<ResultT>(work: (signal: AbortSignal) => Promise<ResultT>): Promise<ResultT> {
  const controller = new AbortController();
  const release = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, abort);
  };
  const abort = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      release();
      // others who listen end the process once nobody handles the signal
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      return;
    }
    // they must see that somebody handles this one
    setImmediate(release);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

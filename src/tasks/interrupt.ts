/**
 * Runs work that Ctrl-C can abort. The first Ctrl-C asks it to stop and report what it has; after that, Ctrl-C
 * ends the process as usual.
 */
export async function interruptible<ResultT>(work: (signal: AbortSignal) => Promise<ResultT>): Promise<ResultT> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  process.once("SIGINT", abort);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener("SIGINT", abort);
  }
}

/** The frames of an error's stack, without the message above them. */
export function framesOf(error: Error): string {
  const stack = error.stack ?? "";
  const start = stack.indexOf("\n    at ");
  return start < 0 ? "" : stack.slice(start + 1);
}

/** Gives an error that was created after an await the frames of the test, which its own stack does not have. */
export function calledFrom<ErrorT extends Error>(error: ErrorT, callSite: Error): ErrorT {
  error.stack = `${error.name}: ${error.message}\n${framesOf(callSite)}`;
  return error;
}

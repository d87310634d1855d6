/** The frames of an error's stack, without the message above them. */
export function framesOf(error: Error): string {
  const stack = error.stack ?? "";
  const start = stack.indexOf("\n    at ");
  return start < 0 ? "" : stack.slice(start + 1);
}

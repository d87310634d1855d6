/** The message that the user passed as the second argument of `expect`, before that of a failure. */
export function prefixOf(message: unknown): string {
  return typeof message === "string" && message !== "" ? `${message}: ` : "";
}

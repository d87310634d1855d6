import { fileURLToPath } from "node:url";

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

/** The file and the line of the first frame; its own name if a stack has none. */
export function placeOf(callSite: Error): { readonly file: string; readonly line?: number } {
  const [, place = "", line] = /^\s*at (?:.*\()?(.*?):(\d+):\d+\)?$/m.exec(framesOf(callSite)) ?? [];
  if (line === undefined) return { file: "an unknown place" };
  return { file: place.startsWith("file:") ? fileURLToPath(place) : place, line: Number(line) };
}

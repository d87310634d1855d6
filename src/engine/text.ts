import { toJson } from "./json.js";

const texts = new WeakMap<object, string>();

/** The canonical JSON of a value that never changes; made once. Candidates of the minimiser share most of their steps. */
export function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = toJson(value);
  texts.set(value, text);
  return text;
}

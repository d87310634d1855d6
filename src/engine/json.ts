const texts = new WeakMap<object, string>();

/** No integer of a chain has more than 78 digits; reading a number of millions of digits takes minutes. */
const INTEGER = /^-?\d{1,100}n$/;

/** A string that would be read as an integer, or as one that was marked. */
const LOOKS_LIKE_INTEGER = /^\\*-?\d+n$/;

/**
 * Canonical JSON of the engine's data: keys sorted, big integers as `"123n"`, a string that looks like one with a backslash
 * before it. A value has the same text on every machine, so that it can be compared, hashed and stored.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, canonical, indent);
}

/** Reads what {@link toJson} wrote. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "string") return value;
    if (INTEGER.test(value)) return BigInt(value.slice(0, -1));
    return value.startsWith("\\") && LOOKS_LIKE_INTEGER.test(value) ? value.slice(1) : value;
  });
}

/** The canonical JSON of a value that never changes; made once. Candidates of the minimiser share most of their steps. */
export function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = toJson(value);
  texts.set(value, text);
  return text;
}

function canonical(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return LOOKS_LIKE_INTEGER.test(value) ? `\\${value}` : value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
  return value;
}

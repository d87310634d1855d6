import * as fc from "fast-check";

import { fromJson, toJson } from "../../src/engine/json.js";
import { checksumOf } from "../../src/engine/reproduction/reproduction.js";

/** Values that do not belong where they are put. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  "",
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "0n",
  "-1n",
  `${2n ** 64n}n`,
  `${2n ** 256n}n`,
  `${"9".repeat(100_000)}n`,
  "0x",
  "0x0",
  "0xzz",
  `0x${"f".repeat(65)}`,
  `0x${"f".repeat(40)}`,
  "__proto__",
  "constructor",
  "\u001b[2J\u001b[31m",
  "\u202etxet",
  "a\nb\r\n",
  "x".repeat(100_000),
  [],
  {},
  [[]],
  JSON.parse('{ "__proto__": { "polluted": true }, "toString": 1 }'),
  JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`),
  Array.from({ length: 10_000 }, () => 0),
  Array.from({ length: 2_000 }, () => ({})),
];

type Way = readonly (number | string)[];

/** Copies of a reproduction with other values in its trace, which a campaign plays; the checksum is right. */
export function mutatedTraces(text: string, count: number, seed: number): readonly string[] {
  const ways = waysInto(JSON.parse(text)).filter(([part, field]) => part === "finding" && field === "trace");
  const mutation = fc.record({ replaced: fc.constantFrom(...ways), by: fc.constantFrom(...HOSTILE) });
  return fc.sample(mutation, { seed, numRuns: count }).map(({ replaced, by }) => {
    const content: unknown = JSON.parse(text);
    change(content, replaced, () => by);
    return withChecksum(JSON.stringify(content));
  });
}

/** Damaged and forged copies of a reproduction: the same for the same seed. */
export function mutatedReproductions(text: string, count: number, seed: number): readonly Buffer[] {
  const ways = waysInto(JSON.parse(text));
  const way = fc.constantFrom(...ways);
  const place = fc.nat({ max: text.length - 1 });
  const mutation = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ flipped: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 }) }),
    },
    { weight: 1, arbitrary: fc.record({ cutAt: place }) },
    { weight: 3, arbitrary: fc.record({ dropped: way }) },
    { weight: 10, arbitrary: fc.record({ replaced: way, by: fc.constantFrom(...HOSTILE) }) },
    { weight: 2, arbitrary: fc.record({ replaced: way, like: way }) },
    { weight: 2, arbitrary: fc.record({ repeated: way, times: fc.constantFrom(2, 300) }) },
  );
  return fc.sample(mutation, { seed, numRuns: count }).map((chosen): Buffer => {
    if ("flipped" in chosen) {
      const bytes = Buffer.from(text);
      for (const [at, byte] of chosen.flipped) bytes[at] = byte;
      return bytes;
    }
    if ("cutAt" in chosen) return Buffer.from(text.slice(0, chosen.cutAt));
    const content: unknown = JSON.parse(text);
    if ("dropped" in chosen) change(content, chosen.dropped, () => undefined);
    else if ("repeated" in chosen)
      change(content, chosen.repeated, (value) => Array.from({ length: chosen.times }, () => value));
    else change(content, chosen.replaced, () => ("by" in chosen ? chosen.by : at(JSON.parse(text), chosen.like)));
    return Buffer.from(withChecksum(JSON.stringify(content)));
  });
}

/** With the checksum that belongs to the content, as a forger would make it. */
export function withChecksum(text: string): string {
  const content = fromJson(text);
  if (typeof content !== "object" || content === null) return text;
  try {
    return toJson({ ...content, checksum: checksumOf(content) });
  } catch {
    // nothing that can be serialised
    return text;
  }
}

function waysInto(value: unknown, way: Way = []): readonly Way[] {
  if (typeof value !== "object" || value === null) return [way];
  const inside = Object.entries(value).flatMap(([key, item]: [string, unknown]) => waysInto(item, [...way, key]));
  return way.length === 0 ? inside : [way, ...inside];
}

function at(value: unknown, way: Way): unknown {
  return way.reduce<unknown>((inside, key) => (inside as Readonly<Record<string, unknown>>)[key], value);
}

function change(content: unknown, way: Way, to: (value: unknown) => unknown): void {
  const key = way.at(-1) ?? "";
  const parent = at(content, way.slice(0, -1)) as Record<string, unknown>;
  const value = to(parent[key]);
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  // what is dropped is named by the mutation
  else Reflect.deleteProperty(parent, key);
}

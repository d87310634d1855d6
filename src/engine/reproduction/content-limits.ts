/** The deepest that a reproduction nests is in the arguments of a call: structs within structs. */
const MAX_DEPTH = 64;

/** A reproduction on real Aave and Uniswap state has some ten thousand. */
const MAX_VALUES = 1_000_000;

/**
 * Why some text is more than a reproduction can be, before it is parsed: a value in memory takes many times its text.
 *
 * @param most - values
 */
export function excessOfText(text: string, most: number = MAX_VALUES): string | undefined {
  let values = 0;
  // every value but the first of a list or an object stands after a comma
  for (const _mark of text.matchAll(/[[{,]/g)) if (++values > most) return tooMany(most);
  return undefined;
}

/** The same for content that is already parsed, which may refer to itself. */
export function excessOfContent(content: unknown, most: number = MAX_VALUES): string | undefined {
  let values = 0;
  let level: readonly unknown[] = [content];
  // level by level: what is nested deeply would exhaust the stack
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `it nests more than ${MAX_DEPTH} levels deep`;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      values += inside.length;
      if (values > most) return tooMany(most);
      for (const one of inside) next.push(one);
    }
    level = next;
  }
  return undefined;
}

function tooMany(most: number): string {
  return `it has more than ${most.toLocaleString("en-US")} values`;
}

/**
 * Delta debugging (Zeller and Hildebrandt 2002, ddmin's complements): leaves out chunks of a list, then single items,
 * as long as the rest still fails.
 *
 * @param items - a list that fails
 * @param fails - whether a sublist, in the same order, still fails
 * @returns a failing sublist from which no single item can be left out
 */
export async function reduce<T>(
  items: readonly T[],
  fails: (sublist: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = items;
  if (kept.length > 0 && (await fails([]))) return [];
  let chunk = Math.max(1, Math.floor(kept.length / 2));
  for (;;) {
    let removed = false;
    for (let from = 0; from < kept.length;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + chunk)];
      // the empty list was tried first
      if (without.length > 0 && (await fails(without))) {
        kept = without;
        removed = true;
      } else {
        from += chunk;
      }
    }
    if (chunk > 1) chunk = Math.floor(chunk / 2);
    else if (!removed) return kept;
  }
}

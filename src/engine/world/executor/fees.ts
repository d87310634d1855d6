/**
 * Fees, each above the next and above its own priority fee. A call that a builder put before a better-paying one pays at
 * least as much: fee order is the only order that every mempool keeps.
 */
export function descending(tips: readonly bigint[]): readonly bigint[] {
  let next = 0n;
  return tips
    .toReversed()
    .map((tip) => {
      next = (tip > next ? tip : next) + 1n;
      return next;
    })
    .toReversed();
}

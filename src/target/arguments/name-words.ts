/** The words of a name, without case, digits and plural: `position`, `id` of `positionId`, `_position_ids` and `positionID`. */
export function nameWords(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "")
    .map((word) => (word.length > 2 ? word.replace(/s$/, "") : word));
}

/** Whether all words of one name are among those of the other: `id` and `positionId`, but not `tokenId` and `positionId`. */
export function isSameThing(one: readonly string[], other: readonly string[]): boolean {
  const [few, many] = one.length < other.length ? [one, other] : [other, one];
  return few.length > 0 && few.every((word) => many.includes(word));
}

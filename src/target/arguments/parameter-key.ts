/** A parameter's name without case, underscores, digits and plural. */
export function parameterKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/s$/, "");
}

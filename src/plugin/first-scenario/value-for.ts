import type { AbiParameter } from "viem";

/** A value for an argument of a constructor, as TypeScript. */
interface Guess {
  readonly text: string;
  /** Whether nobody needs to look at it. */
  readonly isCertain: boolean;
}

/** The widest integers that viem takes as numbers; wider ones are `bigint`. */
const NUMBER_BITS = 48;

/** What an argument may be, by its type and its name. Addresses are for the deployment to find. */
export function valueFor(input: AbiParameter): Guess {
  const { type, name = "" } = input;
  const array = /^(.*)\[(\d*)\]$/.exec(type);
  if (array !== null) {
    const [, item = "", length = ""] = array;
    const one = valueFor({ ...input, type: item });
    return { text: `[${Array.from({ length: Number(length) }, () => one.text).join(", ")}]`, isCertain: false };
  }
  if (type === "tuple") {
    const components = "components" in input ? input.components : [];
    const fields = components.map((field, index) => `${field.name ?? `field${index}`}: ${valueFor(field).text}`);
    return { text: `{ ${fields.join(", ")} }`, isCertain: false };
  }
  const integer = /^u?int(\d*)$/.exec(type);
  if (integer !== null) return integerFor(name, Number(integer[1] === "" ? 256 : integer[1]));
  const bytes = /^bytes(\d*)$/.exec(type);
  if (bytes !== null) return { text: `"0x${"00".repeat(Number(bytes[1] ?? 0))}"`, isCertain: false };
  if (type === "bool") return { text: "false", isCertain: false };
  if (type === "string") return { text: JSON.stringify(/symbol/i.test(name) ? "TKN" : "Token"), isCertain: true };
  return { text: '"0x0000000000000000000000000000000000000000"', isCertain: false };
}

function integerFor(name: string, bits: number): Guess {
  const suffix = bits <= NUMBER_BITS ? "" : "n";
  if (/decimals/i.test(name)) return { text: `18${suffix}`, isCertain: true };
  // a price of a feed, which has eight decimals
  if (/answer|price/i.test(name))
    return { text: bits >= 64 ? `2_000_00000000${suffix}` : `1_000${suffix}`, isCertain: false };
  return { text: bits < 16 ? `1${suffix}` : `1_000${suffix}`, isCertain: false };
}

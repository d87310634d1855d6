import type { Artifact } from "hardhat/types/artifacts";
import type { Hex } from "viem";

/**
 * The contracts whose deployed code this is. Immutables and library addresses are only known at deployment, so they do not
 * count. Nor does the metadata at the end, which depends on the compiler's input alone, unless it tells several contracts
 * of the same code apart.
 */
export function contractsWithCode<ContractT extends { readonly artifact: Artifact }>(
  code: Hex,
  contracts: readonly ContractT[],
): readonly ContractT[] {
  const bare = withoutMetadata(code);
  const same = contracts.filter(({ artifact }) => isSame(artifact, withoutMetadata(artifact.deployedBytecode), bare));
  const exact = same.filter(({ artifact }) => isSame(artifact, artifact.deployedBytecode, code));
  return exact.length > 0 ? exact : same;
}

function isSame(artifact: Artifact, expected: string, actual: string): boolean {
  if (expected === "0x" || expected.length !== actual.length) return false;
  const holes = [
    ...Object.values(artifact.immutableReferences ?? {}).flat(),
    ...Object.values(artifact.deployedLinkReferences).flatMap((file) => Object.values(file).flat()),
  ];
  // a library begins with its own address, written when it is deployed
  if (/^0x730{40}30/.test(expected)) holes.push({ start: 1, length: 20 });
  return blanked(expected, holes) === blanked(actual, holes);
}

/**
 * Code without the CBOR metadata that the compiler appends; its length is in the last two bytes.
 *
 * @see https://docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash-in-the-bytecode
 */
function withoutMetadata(code: string): string {
  const length = Number.parseInt(code.slice(-4), 16);
  const start = code.length - 4 - 2 * length;
  // a CBOR map of up to four entries
  const isMap = start > 2 && /^a[1-4]/i.test(code.slice(start, start + 2));
  return isMap ? code.slice(0, start) : code;
}

function blanked(code: string, holes: readonly { readonly start: number; readonly length: number }[]): string {
  return holes.reduce((text, { start, length }) => {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
    return text.slice(0, from) + "0".repeat(to - from) + text.slice(to);
  }, code.toLowerCase());
}

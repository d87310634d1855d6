import type { Address, Hex } from "viem";

import type { Artifact } from "./artifact.js";

/** The names of the libraries that are missing from a contract's creation code. */
export function librariesOf({ linkReferences = {} }: Artifact): readonly string[] {
  return Object.values(linkReferences).flatMap((file) => Object.keys(file));
}

/** The artifact with the addresses of its libraries filled in. */
export function link(artifact: Artifact, libraries: ReadonlyMap<string, Address>): Artifact {
  const { abi, bytecode, linkReferences = {} } = artifact;
  let code: string = bytecode;
  for (const [name, places] of Object.values(linkReferences).flatMap((file) => Object.entries(file))) {
    const address = libraries.get(name);
    if (address === undefined) throw new Error(`The library ${name} is not deployed.`);
    for (const { start, length } of places) {
      // two hex digits a byte, after "0x"
      const from = 2 + 2 * start;
      code = code.slice(0, from) + address.slice(2).toLowerCase() + code.slice(from + 2 * length);
    }
  }
  // a hex string with hex digits in place of others
  return { abi, bytecode: code as Hex };
}

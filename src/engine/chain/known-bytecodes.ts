import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const ID = "solc-0_8_30-hardhat-siege";

/** The first bytes of code: opcodes that read the call's context or push something. */
const FIRST_BYTES = [...range(0x30, 0x48), ...range(0x58, 0x7f)];

/**
 * Gives the project in a folder some tiny contracts, one for each byte that code can start with.
 *
 * EDR looks up every called contract among the project's own, to be able to name it in a stack trace. If
 * none starts with the same byte, its search walks through the whole code, for every call of every transaction (EDR
 * 0.22, `BytecodeTrie::search`; a call to 20 kB of code costs 20 µs, and without this a quarter of the whole time of a
 * batched block). With these contracts it ends at the second byte.
 */
export async function writeKnownBytecodes(folder: string): Promise<void> {
  const target = path.join(folder, "artifacts", "build-info");
  await mkdir(target, { recursive: true });
  const write = (name: string, content: unknown): Promise<void> =>
    writeFile(path.join(target, name), JSON.stringify(content));
  await write(`${ID}.json`, {
    _format: "hh3-sol-build-info-1",
    id: ID,
    solcVersion: "0.8.30",
    solcLongVersion: "0.8.30+commit.73712a01",
    userSourceNameMap: {},
    input: {
      language: "Solidity",
      sources: { "Known.sol": { content: "" } },
      settings: { outputSelection: {} },
    },
  });
  const names = FIRST_BYTES.map((byte) => byte.toString(16));
  await write(`${ID}.output.json`, {
    _format: "hh3-sol-build-info-output-1",
    id: ID,
    output: {
      sources: {
        "Known.sol": {
          id: 0,
          ast: {
            id: 0,
            nodeType: "SourceUnit",
            src: "0:0:0",
            absolutePath: "Known.sol",
            exportedSymbols: {},
            nodes: names.map((name, index) => ({
              id: index + 1,
              nodeType: "ContractDefinition",
              src: "0:0:0",
              name: `Known${name}`,
              contractKind: "contract",
              linearizedBaseContracts: [index + 1],
              nodes: [],
            })),
          },
        },
      },
      contracts: {
        "Known.sol": Object.fromEntries(
          names.map((name) => [
            `Known${name}`,
            {
              abi: [],
              evm: {
                bytecode: codeOf(name, "01"),
                deployedBytecode: { ...codeOf(name, "02"), immutableReferences: {} },
                methodIdentifiers: {},
              },
            },
          ]),
        ),
      },
    },
  });
}

/** Code that no compiler emits: an opcode, enough INVALIDs to fill a PUSH32 and to follow it, and a last byte. */
function codeOf(first: string, last: string): object {
  return { object: `${first}${"fe".repeat(33)}${last}`, opcodes: "", sourceMap: "0:0:0:-:0", linkReferences: {} };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_value, index) => from + index);
}

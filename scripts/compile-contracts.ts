/**
 * Compiles the contracts that the engine places on chains and writes their runtime code to
 * `src/engine/chain/engine-bytecode.ts`, `src/oracles/chainlink/siege-feed-bytecode.ts` and
 * `src/protocols/uniswap-v3/reader-bytecode.ts`, and the creation code of what is deployed, by the Solidity test runner or by users, to
 * `src/plugin/solidity-lanes/lane-bytecode.ts` and `src/oracles/volatility/volatility-oracle-bytecode.ts`. A test compares the files with a fresh compilation.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Record<
    string,
    Record<string, { evm: { bytecode: { object: string }; deployedBytecode: { object: string } } }>
  >;
}

const NAMES = [
  "Lane",
  "Lens",
  "Puppet",
  "Raider",
  "Resolver",
  "Sequencer",
  "SiegeFeed",
  "UniswapV3Reader",
  "VolatilityOracle",
] as const;

/** The runtime code of the engine's own contracts, as `0x…`; of the Lane and the VolatilityOracle their creation code. */
export function compileEngineContracts(): Readonly<Record<(typeof NAMES)[number], string>> {
  const solc = require("solc") as { compile(input: string): string };
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(
      NAMES.map((name) => [
        `${name}.sol`,
        { content: readFileSync(new URL(`../contracts/${name}.sol`, import.meta.url), "utf8") },
      ]),
    ),
    settings: {
      optimizer: { enabled: true, runs: 1_000_000 },
      evmVersion: "paris",
      // no metadata: the code is the same wherever it is compiled
      metadata: { appendCBOR: false, bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["evm.bytecode.object", "evm.deployedBytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput;
  const failure = output.errors?.find(({ severity }) => severity === "error");
  if (failure !== undefined) throw new Error(failure.formattedMessage);
  const code = (name: (typeof NAMES)[number]): string =>
    `0x${output.contracts[`${name}.sol`]?.[name]?.evm.deployedBytecode.object ?? ""}`;
  return {
    Lane: `0x${output.contracts["Lane.sol"]?.Lane?.evm.bytecode.object ?? ""}`,
    Lens: code("Lens"),
    Puppet: code("Puppet"),
    Raider: code("Raider"),
    Resolver: code("Resolver"),
    Sequencer: code("Sequencer"),
    SiegeFeed: code("SiegeFeed"),
    UniswapV3Reader: code("UniswapV3Reader"),
    VolatilityOracle: `0x${output.contracts["VolatilityOracle.sol"]?.VolatilityOracle?.evm.bytecode.object ?? ""}`,
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { Lane, Lens, Puppet, Raider, Resolver, Sequencer, SiegeFeed, UniswapV3Reader, VolatilityOracle } =
    compileEngineContracts();
  writeFileSync(
    new URL("../src/engine/chain/engine-bytecode.ts", import.meta.url),
    `// Written by \`npm run build:contracts\` from contracts/; a test compares the two.
import type { Hex } from "viem";

/** Runtime code of contracts/Lens.sol. */
export const LENS_CODE: Hex =
  "${Lens}";

/** Runtime code of contracts/Puppet.sol. */
export const PUPPET_CODE: Hex =
  "${Puppet}";

/** Runtime code of contracts/Raider.sol. */
export const RAIDER_CODE: Hex =
  "${Raider}";

/** Runtime code of contracts/Resolver.sol. */
export const RESOLVER_CODE: Hex =
  "${Resolver}";

/** Runtime code of contracts/Sequencer.sol. */
export const SEQUENCER_CODE: Hex =
  "${Sequencer}";
`,
  );
  writeFileSync(
    new URL("../src/oracles/chainlink/siege-feed-bytecode.ts", import.meta.url),
    `// Written by \`npm run build:contracts\` from contracts/; a test compares the two.
import type { Hex } from "viem";

/** Runtime code of contracts/SiegeFeed.sol. */
export const SIEGE_FEED_CODE: Hex =
  "${SiegeFeed}";
`,
  );
  writeFileSync(
    new URL("../src/protocols/uniswap-v3/reader-bytecode.ts", import.meta.url),
    `// Written by \`npm run build:contracts\` from contracts/; a test compares the two.
import type { Hex } from "viem";

/** Runtime code of contracts/UniswapV3Reader.sol. */
export const UNISWAP_V3_READER_CODE: Hex =
  "${UniswapV3Reader}";
`,
  );
  writeFileSync(
    new URL("../src/plugin/solidity-lanes/lane-bytecode.ts", import.meta.url),
    `// Written by \`npm run build:contracts\` from contracts/; a test compares the two.
import type { Hex } from "viem";

/** Creation code of contracts/Lane.sol. */
export const LANE_CODE: Hex =
  "${Lane}";
`,
  );
  writeFileSync(
    new URL("../src/oracles/volatility/volatility-oracle-bytecode.ts", import.meta.url),
    `// Written by \`npm run build:contracts\` from contracts/; a test compares the two.
import type { Hex } from "viem";

/** Creation code of contracts/VolatilityOracle.sol. */
export const VOLATILITY_ORACLE_CODE: Hex =
  "${VolatilityOracle}";
`,
  );
}

import type { Hex } from "viem";

import { ethereumHardfork } from "../../engine/chain/op-hardforks.js";

/** The part of EDR's interface that is used. */
interface EdrContext {
  runSolidityTests(
    chainType: string,
    artifacts: readonly object[],
    testSuites: readonly object[],
    config: object,
    tracing: object,
    onSuiteCompleted: (result: SuiteResult) => void,
  ): Promise<unknown>;
}

interface SuiteResult {
  readonly testResults: readonly { readonly status: string; readonly reason?: string }[];
}

const L1 = "L1";
const SUITE = { name: "Lane", source: "Lane.sol", solcVersion: "0.8.30" };
const ABI = [{ type: "function", name: "testLane", inputs: [], outputs: [], stateMutability: "nonpayable" }];

/** `FsAccessPermission.DangerouslyReadWriteDirectory`; the directory holds nothing but the two pipes. */
const READ_AND_WRITE = 3;

/** Bytes of memory that the code of a test may use. */
const MEMORY = 2n ** 30n;

/** A test to run. */
interface SolidityTest {
  /** Creation code of the contract with `testLane()`. */
  readonly code: Hex;
  /** The folder that it may read and write. */
  readonly folder: string;
  /** The endpoint that it knows as `state`. */
  readonly url: string;
  readonly hardfork: string;
}

/**
 * Runs a test in EDR's Solidity test runner, in the EDR of this process. This is the only file that knows Hardhat's context and
 * EDR's interface: what does not fit is an error here, and blocks are executed in another way then.
 *
 * @returns when the test is over: why it failed, or `undefined` if it did not
 */
export async function runSolidityTest({ code, folder, url, hardfork }: SolidityTest): Promise<string | undefined> {
  const context = await edrContext();
  const { testResults } = await new Promise<SuiteResult>((resolve, reject) => {
    const config = {
      projectRoot: folder,
      fsPermissions: [{ access: READ_AND_WRITE, path: folder }],
      rpcEndpoints: { state: url },
      // EDR ends the process where the runner of OP Stack chains meets fees; a lane has none
      hardfork: ethereumHardfork(hardfork),
      disableBlockGasLimit: true,
      disableTransactionGasCap: true,
      memoryLimit: MEMORY,
    };
    const contract = { abi: JSON.stringify(ABI), bytecode: code, linkReferences: {} };
    // the results come after the promise has resolved
    context.runSolidityTests(L1, [{ id: SUITE, contract }], [SUITE], config, {}, resolve).catch(reject);
  });
  const [result] = testResults;
  return result?.status === "Success" ? undefined : (result?.reason ?? "no reason given");
}

/** EDR allows one context a process, and Hardhat, which has it, exports it to itself alone. */
async function edrContext(): Promise<EdrContext> {
  const file = new URL("./internal/edr/context.js", import.meta.resolve("hardhat/hre"));
  const hardhat = (await import(file.href)) as { getGlobalEdrContext(): Promise<EdrContext> };
  return hardhat.getGlobalEdrContext();
}

import type { Hex } from "viem";

import type { LaneChannel, LaneChannelParameters } from "../../engine/chain/solidity-lane/channel.js";

import { concatHex, numberToHex } from "viem";

import { SiegeError } from "../../errors.js";
import { temporaryFolder } from "../temporary-folder.js";

import { LANE_CODE } from "./lane-bytecode.js";
import { makePipes } from "./pipes.js";
import { runSolidityTest } from "./test-runner.js";

interface Waiting {
  readonly resolve: (answer: Hex) => void;
  readonly reject: (error: unknown) => void;
}

/** The command that ends a test. */
const END: Hex = "0x05";

/**
 * Starts contracts/Lane.sol as a Solidity test of a project that consists of a temporary folder, and talks to it through named pipes.
 *
 * @throws SiegeError `RPC_FAILED`
 */
export async function openLaneChannel(parameters: LaneChannelParameters): Promise<LaneChannel> {
  const { url, hardfork, blockNumber, builder } = parameters;
  if (process.platform === "win32") throw endedBy("Windows has no named pipes in folders");
  const folder = await temporaryFolder();
  const waiting: Waiting[] = [];
  let over: SiegeError | undefined;
  try {
    const pipes = await makePipes(folder.path, (line) => waiting.shift()?.resolve(line as Hex));
    const ended = runSolidityTest({ code: LANE_CODE, folder: folder.path, url, hardfork }).then(
      (failure) => failure ?? "it was ended",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const finished = ended.then(async (reason) => {
      over = endedBy(reason);
      for (const { reject } of waiting.splice(0)) reject(over);
      await pipes.close();
      await folder.remove();
    });
    const ask = (command: Hex): Promise<Hex> =>
      new Promise((resolve, reject) => {
        if (over !== undefined) {
          reject(over);
          return;
        }
        waiting.push({ resolve, reject });
        pipes.send(command);
      });
    await ask(concatHex([numberToHex(blockNumber, { size: 8 }), builder]));
    return {
      ask,
      close: async () => {
        if (over === undefined) pipes.send(END);
        await finished;
      },
    };
  } catch (error) {
    await folder.remove();
    throw SiegeError.isSiegeError(error) ? error : endedBy(error instanceof Error ? error.message : String(error));
  }
}

function endedBy(reason: string): SiegeError {
  return new SiegeError("RPC_FAILED", {
    message: `A lane in the Solidity test runner ended: ${reason.slice(0, 400)}.`,
    hint: "Nothing was concluded from this run; if it happens again, please report it with the scenario.",
  });
}

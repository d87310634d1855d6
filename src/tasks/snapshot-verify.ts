import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { Verification } from "../engine/fork-snapshot/verify.js";

import { errorResult, successfulResult } from "hardhat/utils/result";

import { readSnapshot } from "../engine/fork-snapshot/store.js";
import { verifySnapshot } from "../engine/fork-snapshot/verify.js";
import { SiegeError } from "../errors.js";
import { rpcNode } from "../plugin/snapshots/rpc-node.js";
import { renderVerification } from "../report/snapshot.js";

import { undecidedIfItThrows } from "./exit-code.js";

interface VerifyArguments {
  readonly file: string;
  readonly rpc: string | undefined;
}

/** `hardhat siege snapshot verify`: exits with 0 if the node says the same, 1 if it differs, 2 if it could not be compared. */
const verify: NewTaskActionFunction<VerifyArguments> = ({ file, rpc }): Promise<Result<Verification, Verification>> =>
  undecidedIfItThrows(async () => {
    if (rpc === undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege snapshot verify was given no node.",
        hint: 'Name one: --rpc "$MAINNET_RPC_URL".',
      });
    }
    const { snapshot } = await readSnapshot(file);
    const node = rpcNode(rpc);
    const verification = await verifySnapshot(snapshot, node);
    console.log(renderVerification(file, node.host, verification));
    return verification.differences.length === 0 ? successfulResult(verification) : errorResult(verification);
  });

export default verify;

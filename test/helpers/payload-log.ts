import type { Address } from "viem";

import { encodeAbiParameters, encodeEventTopics, parseAbi } from "viem";

const abi = parseAbi([
  "struct Action { address target; bool withDelegateCall; uint8 accessLevel; uint256 value; string signature; bytes callData; }",
  "event PayloadCreated(uint40 indexed payloadId, address indexed creator, Action[] actions, uint8 indexed maximumAccessLevelRequired)",
]);

/** The log with which Aave's payloads controller announces a payload that is run by delegatecall. */
export function payloadLog(controller: Address, payload: Address, payloadId = 42): object {
  const args = { payloadId, creator: controller, maximumAccessLevelRequired: 1 } as const;
  const action = {
    target: payload,
    withDelegateCall: true,
    accessLevel: 1,
    value: 0n,
    signature: "execute()",
    callData: "0x",
  } as const;
  return {
    address: controller,
    topics: encodeEventTopics({ abi, eventName: "PayloadCreated", args }),
    data: encodeAbiParameters([abi[0].inputs[2]], [[action]]),
  };
}

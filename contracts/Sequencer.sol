// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Sequencer
/// @notice A block of agents' calls in one transaction: makes them in order, each through the Puppet at its sender's
/// address, then runs the batched read. Its only output is its anonymous logs.
/// @dev Input, tightly packed: call after call, each `sender (20) ‖ gas (8) ‖ length (4) ‖ puppet's input (length)`.
/// After each call it logs `success (1) ‖ gas used (8) ‖ at most 4,096 bytes of return data`, so the logs between
/// two of its own are those of the call between them; a failed call's return data must not starve the rest.
/// After the last call it calls the Lens with the code of the read plan's address, without its first byte (STOP: no account
/// can run it), and logs the result.
contract Sequencer {
    fallback() external payable {
        assembly {
            for { let at := 0 } lt(at, calldatasize()) { } {
                let header := calldataload(at)
                let length := and(header, 0xffffffff)
                at := add(at, 32)
                calldatacopy(0, at, length)
                let before := gas()
                let success := call(and(shr(32, header), 0xffffffffffffffff), shr(96, header), 0, 0, length, 0, 0)
                mstore(0, or(shl(248, success), shl(184, sub(before, gas()))))
                let size := returndatasize()
                if gt(size, 4096) { size := 4096 }
                returndatacopy(9, 0, size)
                log0(0, add(size, 9))
                at := add(at, length)
            }
            // the read plan's address, see src/engine/world/executor/batch.ts
            let plan := 0x00000000000000000000000000000000051e6e1c
            let length := extcodesize(plan)
            if length {
                length := sub(length, 1)
                extcodecopy(plan, 0, 1, length)
                pop(call(gas(), 0x00000000000000000000000000000000051e6e1e, 0, 0, length, 0, 0))
                returndatacopy(0, 0, returndatasize())
                log0(0, returndatasize())
            }
        }
    }
}

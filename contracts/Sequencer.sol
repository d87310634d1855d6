// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Sequencer
/// @notice A block of agents' calls in one transaction: makes them in order, each through the Puppet at its sender's
/// address, then runs the batched read. Its only output is its anonymous logs.
/// @dev Input, tightly packed: `coin moves (1)`, then call after call, each
/// `sender (20) ‖ cost (12) ‖ gas (8) ‖ length (4) ‖ puppet's input (length)`.
/// A call whose sender does not have its cost, before the block or at its place, is not made, and its log is empty: a mempool
/// refuses the one, a builder leaves out the other. The state before the block is looked at only if a call of it sends native
/// coin, and for its first 256 calls.
/// After each call it logs `success (1) ‖ gas used (8) ‖ at most 4,096 bytes of return data`, so the logs between
/// two of its own are those of the call between them; a failed call's return data must not starve the rest.
/// After the last call it calls the Lens with the code of the read plan's address, without its first byte (STOP: no account
/// can run it), and logs the result.
contract Sequencer {
    fallback() external payable {
        assembly {
            // a bit for each call that cannot be paid for before the block
            let refused := 0
            if shr(248, calldataload(0)) {
                let bit := 1
                for { let at := 1 } lt(at, calldatasize()) { } {
                    let sender := calldataload(at)
                    if lt(balance(shr(96, sender)), and(sender, 0xffffffffffffffffffffffff)) { refused := or(refused, bit) }
                    bit := shl(1, bit)
                    at := add(at, add(44, and(calldataload(add(at, 12)), 0xffffffff)))
                }
            }
            for { let at := 1 } lt(at, calldatasize()) { refused := shr(1, refused) } {
                let sender := calldataload(at)
                // its last 12 bytes
                let header := calldataload(add(at, 12))
                let length := and(header, 0xffffffff)
                at := add(at, 44)
                if or(and(refused, 1), lt(balance(shr(96, sender)), and(sender, 0xffffffffffffffffffffffff))) {
                    log0(0, 0)
                    at := add(at, length)
                    continue
                }
                calldatacopy(0, at, length)
                let before := gas()
                let success := call(and(shr(32, header), 0xffffffffffffffff), shr(96, sender), 0, 0, length, 0, 0)
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

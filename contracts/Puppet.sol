// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Puppet
/// @notice Stands at an account's address and makes the calls it is told to: for the Lens within one `eth_call`, for
/// the Sequencer in every block of a batched run. Takes `callee (20) ‖ wei (12) ‖ calldata`, and returns the callee's return
/// data.
/// @dev Obeys only those two; to any other caller it behaves like an account without code, so that it can be paid.
contract Puppet {
    fallback() external payable {
        assembly {
            // the Lens and the Sequencer differ in their last bit, see src/engine/chain/lens.ts and src/engine/world/executor/batch.ts
            if iszero(eq(or(caller(), 1), 0x00000000000000000000000000000000051e6e1f)) { stop() }
            let header := calldataload(0)
            let length := sub(calldatasize(), 32)
            calldatacopy(0, 32, length)
            let success := call(gas(), shr(96, header), and(header, 0xffffffffffffffffffffffff), 0, length, 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(success) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Puppet
/// @notice Stands at an account's address and makes the calls it is told to: for the Lens and the
/// Resolver within one `eth_call`, for the Sequencer in every block of a batched run. Takes `callee (20) ‖ wei (12) ‖ calldata`, and returns the callee's return
/// data.
/// @dev Obeys only those three; to any other caller it behaves as much like an account without code as code can. It can be paid.
/// Tokens ask a receiver that has code whether it takes them (ERC-721, ERC-1155 and their like), and take any receiver that has
/// none: it answers with the function's selector, as receivers do. Such a hook has four words of arguments or more, which
/// getters have not: those get no answer, as from an account. Nor do hooks that accounts without code always fail: signatures of
/// contracts (ERC-1271), and tokens that insist on a contract (ERC-1363).
contract Puppet {
    fallback() external payable {
        assembly {
            // the Lens, the Resolver and the Sequencer differ in their last two bits, see src/engine/chain/engine-accounts.ts
            if iszero(eq(or(caller(), 3), 0x00000000000000000000000000000000051e6e1f)) {
                let selector := shr(224, calldataload(0))
                if or(
                    lt(calldatasize(), 132),
                    or(eq(selector, 0x1626ba7e), or(eq(selector, 0x88a7ca5c), eq(selector, 0x7b04a2d0)))
                ) { stop() }
                mstore(0, shl(224, selector))
                return(0, 32)
            }
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

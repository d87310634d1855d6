// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Lens
/// @notice Folds everything that the engine reads after a block into one `eth_call`. It is never deployed: its
/// code is placed at a fixed address by a state override, so a read leaves no trace.
/// @dev Input, tightly packed: groups of `length (4) ‖ count (2) ‖ call …`, where a call is
/// `to (20) ‖ from (20) ‖ source (2) ‖ offset (4) ‖ gas (4) ‖ length (4) ‖ data`.
///  - `to` zero reads the native balance of the address in `data`.
///  - a nonzero `from` makes the call through a Puppet whose code stands at that address.
///  - a `source` other than 0xffff overwrites 32 bytes of `data` at `offset` with the first word returned by the call with
///    that index in the group: `redeem(maxRedeem(d), d, d)` without knowing the amount beforehand.
///  - a `gas` other than 0xffffffff is the most that the call may take; of its result, at most 1,024 bytes are read then.
/// Output: a group is `length (4) ‖ result …`, a result `success (1) ‖ length (4) ‖ data`.
/// Each group runs in a call of the contract to itself that reverts with the results, so that groups cannot see
/// each other's effects. A group without results ran out of gas.
contract Lens {
    fallback() external payable {
        assembly {
            function runGroups() {
                let out := 0
                for { let at := 0 } lt(at, calldatasize()) { } {
                    let length := shr(224, calldataload(at))
                    calldatacopy(out, add(at, 4), length)
                    pop(call(gas(), address(), 0, out, length, 0, 0))
                    mstore(out, shl(224, returndatasize()))
                    returndatacopy(add(out, 4), 0, returndatasize())
                    out := add(out, add(4, returndatasize()))
                    at := add(at, add(4, length))
                }
                return(0, out)
            }

            function runCalls() {
                let count := shr(240, calldataload(0))
                // memory: a word for each call that says where its result's data starts, then the results
                let first := mul(count, 32)
                let out := first
                let at := 2
                for { let index := 0 } lt(index, count) { index := add(index, 1) } {
                    let to := shr(96, calldataload(at))
                    let from := shr(96, calldataload(add(at, 20)))
                    let source := shr(240, calldataload(add(at, 40)))
                    let offset := shr(224, calldataload(add(at, 42)))
                    let most := shr(224, calldataload(add(at, 46)))
                    let length := shr(224, calldataload(add(at, 50)))
                    at := add(at, 54)
                    mstore(mul(index, 32), add(out, 5))
                    let success := 1
                    let size := 32
                    switch to
                    case 0 {
                        mstore(add(out, 5), balance(shr(96, calldataload(at))))
                    }
                    default {
                        // a puppet takes the callee, with a value of 0, as one word before the calldata
                        mstore(out, shl(96, to))
                        calldatacopy(add(out, 32), at, length)
                        if lt(source, index) {
                            mstore(add(add(out, 32), offset), mload(mload(mul(source, 32))))
                        }
                        switch from
                        case 0 {
                            switch most
                            case 0xffffffff { success := call(gas(), to, 0, add(out, 32), length, 0, 0) }
                            default { success := call(most, to, 0, add(out, 32), length, 0, 0) }
                        }
                        default { success := call(gas(), from, 0, out, add(length, 32), 0, 0) }
                        size := returndatasize()
                        if and(lt(most, 0xffffffff), gt(size, 1024)) { size := 1024 }
                        // a zero word after short results, for calls that splice them
                        mstore(add(add(out, 5), size), 0)
                        returndatacopy(add(out, 5), 0, size)
                    }
                    mstore8(out, success)
                    // byte by byte: a whole word would overwrite the data after the length
                    mstore8(add(out, 1), shr(24, size))
                    mstore8(add(out, 2), shr(16, size))
                    mstore8(add(out, 3), shr(8, size))
                    mstore8(add(out, 4), size)
                    out := add(out, add(5, size))
                    at := add(at, length)
                }
                revert(first, sub(out, first))
            }

            switch eq(caller(), address())
            case 0 { runGroups() }
            default { runCalls() }
        }
    }
}

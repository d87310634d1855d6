// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Resolver
/// @notice Finds out, within one `eth_call`, which of an agent's moves the state of the moment accepts and with which amounts.
/// Each move is tried behind those before it, and takes effect for those after it. Nothing outlives the call.
/// @dev Input, tightly packed: `moves (2)`, then item after item:
///  - a call that is made whatever comes of it: `0 (1) ‖ sender (20) ‖ length (4) ‖ puppet's input (length)`;
///  - a move (1) or one that is only tried (2): `kind (1) ‖ size of the item (4)`, then its alternatives, of which the first that is accepted takes effect:
///    `sender (20) ‖ open (4) ‖ seeks (1) ‖ steps (1) ‖ share (4) ‖ count (1) ‖ amounts (32 each) ‖ length (4) ‖ puppet's input`.
///    `seeks` is 0 for a call as it is; 1 for the largest and 2 for the least amount that is accepted. The amounts, in that order,
///    decide whether any is; then `steps` bisections come as close to the limit as they can, and the share (parts per million) of
///    that amount takes effect, or the amount itself if the share is refused. `open` is the place of the amount in the puppet's
///    input, 0 for the value that is sent along; with 128 added to `seeks`, the value is the amount, too.
/// Output: `trials (32) ‖ refused (32) ‖ ignore (32)`, then for each move `alternative (1) ‖ gas (8) ‖ amount (32) ‖ first word returned (32)`;
/// 255 if no alternative was accepted. Moves for which the gas did not suffice are missing: whoever asks goes on
/// from there. `refused` is the number of alternatives of the first that is missing which were refused.
contract Resolver {
    fallback() external payable {
        assembly {
            // gas of a call that is tried, and the least that must be left to begin another
            function allowance() -> most {
                most := 6000000
            }

            function setAmount(scratch, open, seeks, amount) {
                if open { mstore(add(add(scratch, 20), open), amount) }
                if or(iszero(open), and(seeks, 128)) {
                    let value := add(scratch, 40)
                    mstore(value, or(shl(160, amount), and(mload(value), 0xffffffffffffffffffffffffffffffffffffffff)))
                }
            }

            function end(refused) {
                let out := mload(32)
                mstore(32, refused)
                return(0, out)
            }

            function isAccepted(scratch, length, index) -> accepted {
                if lt(gas(), 6400000) { end(index) }
                mstore(0, add(mload(0), 1))
                pop(call(allowance(), address(), 0, scratch, add(length, 20), 0, 0))
                accepted := eq(returndatasize(), 1)
            }

            // writes the outcome of a move
            function makes(scratch, length, index, amount) -> success {
                if lt(gas(), 6400000) { end(index) }
                let before := gas()
                switch mload(64)
                case 1 { success := call(allowance(), shr(96, mload(scratch)), 0, add(scratch, 20), length, 0, 0) }
                default { success := isAccepted(scratch, length, index) }
                if success {
                    let out := mload(32)
                    mstore(out, or(shl(248, index), shl(184, sub(before, gas()))))
                    mstore(add(out, 9), amount)
                    mstore(add(out, 41), 0)
                    let size := returndatasize()
                    if gt(size, 32) { size := 32 }
                    returndatacopy(add(out, 41), 0, size)
                    mstore(32, add(out, 73))
                }
            }

            function between(low, high) -> middle {
                switch gt(shr(4, high), low)
                case 0 { middle := add(low, shr(1, sub(high, low))) }
                default {
                    // orders of magnitude apart
                    middle := or(low, iszero(low))
                    for { let ratio := div(high, middle) } gt(ratio, 3) { ratio := shr(2, ratio) } { middle := shl(1, middle) }
                }
            }

            function isSought(scratch, at, length, index) -> success {
                let open := shr(224, calldataload(add(at, 20)))
                let seeks := byte(0, calldataload(add(at, 24)))
                let steps := byte(0, calldataload(add(at, 25)))
                let share := shr(224, calldataload(add(at, 26)))
                let amounts := add(at, 31)
                let last := add(amounts, mul(32, byte(0, calldataload(add(at, 30)))))
                let accepted := 0
                let refused := 0
                let isRefused := 0
                for { } lt(amounts, last) { amounts := add(amounts, 32) } {
                    let amount := calldataload(amounts)
                    setAmount(scratch, open, seeks, amount)
                    if isAccepted(scratch, length, index) {
                        accepted := amount
                        success := 1
                        break
                    }
                    refused := amount
                    isRefused := 1
                }
                if iszero(success) { leave }
                if isRefused {
                    for { } steps { steps := sub(steps, 1) } {
                        let low := accepted
                        let high := refused
                        if gt(low, high) {
                            low := refused
                            high := accepted
                        }
                        if lt(sub(high, low), 2) { break }
                        let middle := between(low, high)
                        setAmount(scratch, open, seeks, middle)
                        switch isAccepted(scratch, length, index)
                        case 0 { refused := middle }
                        default { accepted := middle }
                    }
                }
                let part := accepted
                if lt(part, shl(200, 1)) { part := div(mul(part, share), 1000000) }
                if and(iszero(eq(part, accepted)), iszero(iszero(part))) {
                    setAmount(scratch, open, seeks, part)
                    if makes(scratch, length, index, part) { leave }
                }
                setAmount(scratch, open, seeks, accepted)
                success := makes(scratch, length, index, accepted)
            }

            // a trial: succeeds or fails, and reverts
            if eq(caller(), address()) {
                let length := sub(calldatasize(), 20)
                calldatacopy(0, 20, length)
                let success := call(gas(), shr(96, calldataload(0)), 0, 0, length, 0, 0)
                revert(0, success)
            }

            // memory: the number of trials, the end of the output, the kind of the item, the output, then the call that is tried
            mstore(32, 96)
            let scratch := add(128, mul(73, shr(240, calldataload(0))))
            for { let at := 2 } lt(at, calldatasize()) { } {
                switch byte(0, calldataload(at))
                case 0 {
                    let length := shr(224, calldataload(add(at, 21)))
                    calldatacopy(scratch, add(at, 25), length)
                    pop(call(allowance(), shr(96, calldataload(add(at, 1))), 0, scratch, length, 0, 0))
                    at := add(at, add(25, length))
                }
                default {
                    mstore(64, byte(0, calldataload(at)))
                    let last := add(at, shr(224, calldataload(add(at, 1))))
                    let index := 0
                    for { at := add(at, 5) } lt(at, last) { index := add(index, 1) } {
                        let data := add(at, add(31, mul(32, byte(0, calldataload(add(at, 30))))))
                        let length := shr(224, calldataload(data))
                        mstore(scratch, calldataload(at))
                        calldatacopy(add(scratch, 20), add(data, 4), length)
                        let success := 0
                        switch byte(0, calldataload(add(at, 24)))
                        case 0 { success := makes(scratch, length, index, 0) }
                        default { success := isSought(scratch, at, length, index) }
                        if success { break }
                        at := add(add(data, 4), length)
                    }
                    if iszero(lt(at, last)) {
                        let out := mload(32)
                        mstore(out, shl(248, 255))
                        mstore(add(out, 9), 0)
                        mstore(add(out, 41), 0)
                        mstore(32, add(out, 73))
                    }
                    at := last
                }
            }
            end(0)
        }
    }
}

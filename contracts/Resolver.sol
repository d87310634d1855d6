// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Resolver
/// @notice Finds out, within one `eth_call`, which of an agent's moves the state of the moment accepts and with which amounts.
/// Each move is tried behind those before it, and takes effect for those after it. Nothing outlives the call.
/// @dev Input, tightly packed: `moves (2)`, then item after item:
///  - a call that is made whatever comes of it (0), or one that was accepted before (3): `kind (1) ‖ sender (20) ‖ length (4) ‖ puppet's input (length)`;
///  - a move (1) or one that asks for a callback (2): `kind (1) ‖ size of the item (4)`, then its alternatives, of which the first that
///    is accepted takes effect:
///    `sender (20) ‖ code (1) ‖ seeks (1) ‖ steps (1) ‖ share (4) ‖ number of amounts (1) ‖ number of places (1) ‖ amounts (32 each)
///    ‖ places (4 each) ‖ length (4) ‖ puppet's input`.
///    `code` is 1 more than the place of a word that it returns and that, from 1 to 255, means that it is refused: an error code, or
///    a call that was not made in a callback, see contracts/Raider.sol. `seeks` is 0 for a call as it is; 1 for the largest and 2 for the least amount that is
///    accepted; 4 more if it may have all the gas that is left, as one accepted before has, and not 6,000,000 at most. The amounts, in that order, decide whether any is; then `steps` bisections come as close to the limit as they can, and
///    the share (parts per million) of that amount takes effect, or the amount itself if the share is refused. The places are those
///    of the amount in the puppet's input, 0 for the value that is sent along.
/// Output: `trials (32) ‖ refused (32) ‖ ignore (96)`, then for each move `alternative (1) ‖ gas (8) ‖ coin (1) ‖ amount (32) ‖ first word
/// returned (32)`; 255 if no alternative was accepted; `coin` is 1 if it leaves its sender more native coin. Moves for which the gas did not suffice are missing: whoever asks goes on
/// from there. A move is also told, and all behind it are missing, if it was accepted and no gas is left to make it. `refused` is the number of alternatives of the first that is missing which were refused. All moves are missing behind one
/// of kind 2 that returned zero: what they are depends on what can be done in the callback.
contract Resolver {
    fallback() external payable {
        assembly {
            // gas of a call that is tried
            function allowance() -> most {
                most := 6000000
                if mload(128) { most := sub(gas(), 400000) }
            }

            // ends if a call failed that would have needed more gas, and may have it if nothing is tried before it
            function requireGas(most, used, index) {
                if and(gt(mload(128), 0), and(lt(most, 15000000), gt(mul(10, used), mul(9, most)))) { end(index) }
            }

            // what is tried: `sender (20) ‖ code (1) ‖ puppet's input`
            function setAmount(scratch, places, count, amount) {
                let input := add(scratch, 21)
                for { } count { count := sub(count, 1) } {
                    let place := shr(224, calldataload(places))
                    switch place
                    case 0 {
                        let value := add(input, 20)
                        mstore(value, or(shl(160, amount), and(mload(value), 0xffffffffffffffffffffffffffffffffffffffff)))
                    }
                    default { mstore(add(input, place), amount) }
                    places := add(places, 4)
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
                let most := allowance()
                let before := gas()
                pop(call(most, address(), 0, scratch, add(length, 21), 0, 0))
                let used := sub(before, gas())
                accepted := eq(returndatasize(), 1)
                switch accepted
                case 0 { requireGas(most, used, index) }
                default { mstore(96, used) }
            }

            // whether the gas suffices to make once more what was accepted
            function isLeft() -> yes {
                let used := mload(96)
                yes := gt(gas(), add(add(used, shr(5, used)), 500000))
            }

            // writes the outcome of a move that was made, or could be
            function tells(index, used, isPaid, amount) -> out {
                out := mload(32)
                mstore(out, or(or(shl(248, index), shl(184, used)), shl(176, isPaid)))
                mstore(add(out, 10), amount)
                mstore(add(out, 42), 0)
                mstore(32, add(out, 74))
            }

            // a move that was accepted, and that no gas is left to make
            function ends(index, amount) {
                pop(tells(index, mload(96), 0, amount))
                end(0)
            }

            // writes the outcome of a move
            function makes(scratch, length, index, amount) -> success {
                let header := mload(scratch)
                // what is refused must not last
                if byte(20, header) {
                    if iszero(isAccepted(scratch, length, index)) { leave }
                    if iszero(isLeft()) { ends(index, amount) }
                }
                if lt(gas(), 6400000) { end(index) }
                let coin := balance(shr(96, header))
                let most := allowance()
                let used := gas()
                success := call(most, shr(96, header), 0, add(scratch, 21), length, 0, 0)
                used := sub(used, gas())
                switch success
                case 0 { requireGas(most, used, index) }
                default { copies(tells(index, used, gt(balance(shr(96, header)), coin), amount)) }
            }

            // the first word returned
            function copies(out) {
                let size := returndatasize()
                if gt(size, 32) { size := 32 }
                returndatacopy(add(out, 42), 0, size)
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
                let header := calldataload(at)
                let seeks := and(byte(21, header), 3)
                let steps := byte(22, header)
                let share := and(shr(40, header), 0xffffffff)
                let amounts := add(at, 29)
                let places := add(amounts, mul(32, byte(27, header)))
                let count := byte(28, header)
                let accepted := 0
                let refused := 0
                let isRefused := 0
                for { } lt(amounts, places) { amounts := add(amounts, 32) } {
                    let amount := calldataload(amounts)
                    setAmount(scratch, places, count, amount)
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
                    for { } and(gt(steps, 0), isLeft()) { steps := sub(steps, 1) } {
                        let low := accepted
                        let high := refused
                        if gt(low, high) {
                            low := refused
                            high := accepted
                        }
                        if lt(sub(high, low), 2) { break }
                        let middle := between(low, high)
                        setAmount(scratch, places, count, middle)
                        switch isAccepted(scratch, length, index)
                        case 0 { refused := middle }
                        default { accepted := middle }
                    }
                }
                if iszero(isLeft()) { ends(index, accepted) }
                let part := accepted
                if lt(part, shl(200, 1)) { part := div(mul(part, share), 1000000) }
                if and(iszero(eq(part, accepted)), iszero(iszero(part))) {
                    setAmount(scratch, places, count, part)
                    if makes(scratch, length, index, part) { leave }
                }
                setAmount(scratch, places, count, accepted)
                success := makes(scratch, length, index, accepted)
            }

            // a trial: succeeds or fails, and reverts
            if eq(caller(), address()) {
                let length := sub(calldatasize(), 21)
                calldatacopy(0, 21, length)
                let success := call(gas(), shr(96, calldataload(0)), 0, 0, length, 0, 0)
                let word := byte(20, calldataload(0))
                if and(gt(word, 0), iszero(lt(returndatasize(), mul(32, word)))) {
                    returndatacopy(0, mul(32, sub(word, 1)), 32)
                    if lt(sub(mload(0), 1), 255) { success := 0 }
                }
                revert(0, success)
            }

            // memory: the number of trials, the end of the output, the kind of the item, the gas of what was accepted last, whether
            // what is tried may have all gas, the output, then the call that is tried
            mstore(32, 160)
            let scratch := add(192, mul(74, shr(240, calldataload(0))))
            for { let at := 2 } lt(at, calldatasize()) { } {
                let kind := byte(0, calldataload(at))
                switch or(iszero(kind), eq(kind, 3))
                case 1 {
                    let length := shr(224, calldataload(add(at, 21)))
                    calldatacopy(scratch, add(at, 25), length)
                    mstore(128, eq(kind, 3))
                    pop(call(allowance(), shr(96, calldataload(add(at, 1))), 0, scratch, length, 0, 0))
                    at := add(at, add(25, length))
                }
                default {
                    mstore(64, kind)
                    let last := add(at, shr(224, calldataload(add(at, 1))))
                    let index := 0
                    for { at := add(at, 5) } lt(at, last) { index := add(index, 1) } {
                        let header := calldataload(at)
                        let data := add(at, add(29, add(mul(32, byte(27, header)), mul(4, byte(28, header)))))
                        let length := shr(224, calldataload(data))
                        mstore(scratch, header)
                        calldatacopy(add(scratch, 21), add(data, 4), length)
                        let success := 0
                        mstore(96, 0)
                        mstore(128, and(byte(21, header), 4))
                        switch and(byte(21, header), 3)
                        case 0 { success := makes(scratch, length, index, 0) }
                        default { success := isSought(scratch, at, length, index) }
                        if success { break }
                        at := add(add(data, 4), length)
                    }
                    let isAsking := eq(mload(64), 2)
                    switch lt(at, last)
                    case 0 {
                        let out := mload(32)
                        mstore(out, shl(248, 255))
                        mstore(add(out, 10), 0)
                        mstore(add(out, 42), 0)
                        mstore(32, add(out, 74))
                    }
                    default {
                        if and(isAsking, iszero(mload(sub(mload(32), 32)))) { end(0) }
                    }
                    at := last
                }
            }
            end(0)
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The cheatcodes of EDR's Solidity test runner that the lane uses.
interface Vm {
    function createSelectFork(string calldata url, uint256 number) external returns (uint256);
    function coinbase(address builder) external;
    function roll(uint256 number) external;
    function warp(uint256 timestamp) external;
    function fee(uint256 baseFee) external;
    function prevrandao(bytes32 value) external;
    function txGasPrice(uint256 price) external;
    function prank(address sender, address origin) external;
    function cool(address account) external;
    function recordLogs() external;
    function getRecordedLogs() external;
    function etch(address account, bytes calldata code) external;
    function deal(address account, uint256 wei_) external;
    function store(address account, bytes32 slot, bytes32 value) external;
    function load(address account, bytes32 slot) external view returns (bytes32);
    function getNonce(address account) external view returns (uint64);
    function readLine(string calldata path) external;
    function parseBytes(string calldata text) external;
    function toString(bytes calldata data) external;
    function writeLine(string calldata path, string calldata line) external;
}

/// @title Lane
/// @notice Plays runs inside EDR's Solidity test runner: a test that waits for commands, carries them out and answers, for as long
/// as it is asked.
/// @dev Commands and answers are lines of hex digits in named pipes, `in` and `out`. The first is `block number (8) ‖ builder (20)`,
/// the block whose state is forked; it and those without a result are answered with an empty line. The others:
///  - `1`, a block: `number (8) ‖ timestamp (8) ‖ base fee (16) ‖ prevrandao (32) ‖ coin moves (1)`, then call after call, each
///    `sender (20) ‖ cost (12) ‖ gas (8) ‖ gas price (16) ‖ fee (12) ‖ to (20) ‖ wei (12) ‖ length (4) ‖ calldata`. Answer: for each call
///    `0`, if its sender does not have its cost, before the block or at its place (see contracts/Sequencer.sol), or
///    `success + 1 (1) ‖ gas used (8) ‖ length (4) ‖ at most 4,096 bytes of return data ‖ length (4) ‖ logs`, as `getRecordedLogs` returns them; then
///    the result of the batched read.
///  - `2`, a look ahead: `number (8) ‖ timestamp (8) ‖ prevrandao (32) ‖ gas (8) ‖ count (1) ‖ senders (20 each) ‖ count (1) ‖ purses
///    (account (20) ‖ wei (32)) ‖ data`: calls the Resolver with the data; senders without code are puppets meanwhile. Nothing of it lasts.
///  - `3`, a snapshot: everything from here on happens in a call of the lane to itself, `depth (2)` calls deep.
///  - `4`, back to a snapshot: ends the calls of this `depth (2)` and deeper, which reverts them. `5` ends the test.
///  - `6` `account (20) ‖ code`; `7` `account (20) ‖ wei (32)`; `8` `account (20) ‖ slot (32) ‖ value (32)`: write to the state.
///  - `9` `account (20)`: its `wei (32) ‖ nonce (8) ‖ code`; `10` `account (20) ‖ slot (32)`: the slot's value.
///  - `11` `to (20) ‖ data`: a call whose effects do not last, answered with `success (1) ‖ return data`.
/// The code of the read plan's address is `STOP ‖ gas (8) ‖ count (1) ‖ accounts that are puppets while it is read (20 each) ‖ count (1) ‖
/// accounts whose slots are cold for it (20 each) ‖ the Lens's input`.
/// Whatever happens in a frame that ends is reverted by the EVM: a run costs its calls, and going back costs nothing.
contract Lane {
    address private constant CHEATCODES = 0x7109709ECfa91a80626fF3989D68f67F5b1DD12D;
    Vm private constant VM = Vm(CHEATCODES);

    // see src/engine/chain and src/engine/world/executor
    address private constant LENS = 0x00000000000000000000000000000000051E6E1e;
    address private constant PLAN = 0x00000000000000000000000000000000051e6E1C;
    address private constant RESOLVER = 0x00000000000000000000000000000000051E6E1D;
    address private constant PUPPET = 0x00000000000000000000000000000000051e6e20;

    /// Where fees go.
    address private constant FEES = 0x00000000000000000000000000000000051E6E21;

    /// Gas of a call whose effects do not last.
    uint256 private constant ASK_GAS = 1_000_000_000;

    /// What a value that is sent along gives to the called contract; a transaction gives nothing.
    uint256 private constant STIPEND = 2_300;

    /// The outermost frame, and the end of the test.
    uint256 private constant ALL = 0;

    function testLane() external {
        (uint256 at, ) = next();
        VM.createSelectFork("state", word(at) >> 192);
        VM.coinbase(address(uint160(word(at + 8) >> 96)));
        answer(start());
        serve(0);
    }

    /// A call of the lane to itself. It ends with a revert: with 1 and a result, or with the depth of the snapshot to go back to.
    fallback() external {
        if (msg.sender != address(this)) return;
        uint8 kind = uint8(msg.data[0]);
        if (kind == 1) lookAround();
        else if (kind == 2) lookAhead();
        else if (kind == 3) serve(uint16(bytes2(msg.data[1:3])));
        else ask();
    }

    /// Carries out commands until the frame ends.
    function serve(uint256 depth) private {
        for (;;) {
            uint256 memoryBefore = free();
            (uint256 at, uint256 end) = next();
            uint256 kind = at == end ? 5 : word(at) >> 248;
            uint256 to = ALL;
            if (kind == 3) {
                answer(start());
                to = descend(at, end);
            } else if (kind == 4) {
                to = word(at + 1) >> 240;
            }
            if (kind == 5 || ((kind == 3 || kind == 4) && to <= depth)) {
                if (depth == 0) return;
                assembly ("memory-safe") {
                    mstore(0, to)
                    revert(0, 32)
                }
            }
            if (kind == 1) answer(play(at + 1, end));
            else if (kind == 2) answer(tried(at, end));
            else if (kind == 11) answer(framed(at, end));
            else if (kind > 5) answer(state(kind, at + 1, end));
            else answer(start());
            assembly ("memory-safe") {
                mstore(0x40, memoryBefore)
            }
        }
    }

    /// Goes on in a call to itself. Returns the depth to go back to when that has ended.
    function descend(uint256 at, uint256 end) private returns (uint256 to) {
        bool isReverted;
        assembly ("memory-safe") {
            isReverted := iszero(call(gas(), address(), 0, at, sub(end, at), 0, 32))
            to := mload(0)
            if iszero(eq(returndatasize(), 32)) { isReverted := 0 }
        }
        if (!isReverted) fail();
    }

    function play(uint256 at, uint256 end) private returns (uint256 out) {
        enter(word(at) >> 192, word(at + 8) >> 192, bytes32(word(at + 32)));
        VM.fee(word(at + 16) >> 128);
        bool moves = word(at + 64) >> 248 == 1;
        at += 65;
        out = start();
        if (at < end) {
            VM.recordLogs();
            for (uint256 refused = moves ? unpaid(at, end) : 0; at < end; refused >>= 1) {
                at = make(at, refused & 1 == 1);
            }
            VM.txGasPrice(0);
        }
        frame(one(), 1);
    }

    function enter(uint256 number, uint256 timestamp, bytes32 randao) private {
        VM.roll(number);
        VM.warp(timestamp);
        VM.prevrandao(randao);
    }

    /// A bit for each of the first 256 calls that cannot be paid for in the state of the moment.
    function unpaid(uint256 at, uint256 end) private view returns (uint256 refused) {
        for (uint256 bit = 1; at < end; bit <<= 1) {
            if (!isAffordable(at)) refused |= bit;
            at = behind(at);
        }
    }

    function isAffordable(uint256 at) private view returns (bool) {
        return account(at).balance >= word(at + 20) >> 160;
    }

    function behind(uint256 at) private pure returns (uint256) {
        return at + 104 + (word(at + 100) >> 224);
    }

    /// Makes a call, and writes what became of it. Returns where the next begins.
    function make(uint256 at, bool isRefused) private returns (uint256) {
        if (isRefused || !isAffordable(at)) {
            assembly ("memory-safe") {
                let out := mload(0x40)
                mstore8(out, 0)
                mstore(0x40, add(out, 1))
            }
            return behind(at);
        }
        VM.txGasPrice(word(at + 40) >> 128);
        VM.prank(account(at), account(at));
        uint256 value = word(at + 88) >> 160;
        uint256 most = word(at + 32) >> 192;
        if (value > 0) most = most > STIPEND ? most - STIPEND : 0;
        assembly ("memory-safe") {
            let out := mload(0x40)
            let to := shr(96, mload(add(at, 68)))
            let before := gas()
            let success := call(most, to, value, add(at, 104), shr(224, mload(add(at, 100))), 0, 0)
            let used := sub(before, gas())
            let size := returndatasize()
            if gt(size, 4096) { size := 4096 }
            mstore(out, or(shl(248, add(success, 1)), or(shl(184, used), shl(152, size))))
            returndatacopy(add(out, 13), 0, size)
            mstore(0x40, add(out, add(13, size)))
        }
        logs();
        pay(account(at), word(at + 56) >> 160);
        return behind(at);
    }

    /// Takes a fee from a sender, or what it has, as a transfer: what a cheatcode deals would stay when the frame is reverted.
    function pay(address sender, uint256 fee) private {
        if (fee == 0) return;
        if (fee > sender.balance) fee = sender.balance;
        VM.prank(sender, sender);
        bool success;
        assembly ("memory-safe") {
            success := call(gas(), FEES, fee, 0, 0, 0, 0)
        }
        if (!success) fail();
    }

    /// Writes the logs since the last time.
    function logs() private {
        bytes4 selector = Vm.getRecordedLogs.selector;
        bool success;
        assembly ("memory-safe") {
            let out := mload(0x40)
            mstore(out, selector)
            success := call(gas(), CHEATCODES, 0, out, 4, 0, 0)
            let size := returndatasize()
            // none: an empty array
            if eq(size, 64) { size := 0 }
            mstore(out, shl(224, size))
            returndatacopy(add(out, 4), 0, size)
            mstore(0x40, add(out, add(4, size)))
        }
        if (!success) fail();
    }

    function tried(uint256 at, uint256 end) private returns (uint256 out) {
        uint256 purses = at + 57;
        purses += 1 + 20 * (word(purses) >> 248);
        uint256 count = word(purses) >> 248;
        purses += 1;
        uint256[] memory before = new uint256[](count);
        for (uint256 index = 0; index < count; index++) before[index] = account(purses + 52 * index).balance;
        out = framed(at, end);
        // what is dealt in a call is not reverted with it
        for (uint256 index = 0; index < count; index++) {
            address purse = account(purses + 52 * index);
            if (purse.balance != before[index]) VM.deal(purse, before[index]);
        }
    }

    function lookAhead() private {
        uint256 at;
        bytes memory data = msg.data;
        assembly ("memory-safe") {
            at := add(data, 33)
        }
        uint256 end = at + data.length - 1;
        enter(word(at) >> 192, word(at + 8) >> 192, bytes32(word(at + 16)));
        VM.fee(0);
        uint256 most = word(at + 48) >> 192;
        coolRead();
        cool(at + 56);
        at = disguise(at + 56);
        uint256 count = word(at) >> 248;
        for (at += 1; count > 0; count--) {
            VM.deal(account(at), word(at + 20));
            at += 52;
        }
        VM.prank(address(0), address(0));
        assembly ("memory-safe") {
            // its result is its return data, and nothing if it failed
            let success := call(most, RESOLVER, 0, at, sub(end, at), 0, 0)
        }
        leave();
    }

    function lookAround() private {
        bytes memory plan = PLAN.code;
        uint256 at;
        assembly ("memory-safe") {
            at := add(plan, 33)
        }
        uint256 end = at + plan.length - 1;
        uint256 most = word(at) >> 192;
        at = cool(disguise(at + 8));
        assembly ("memory-safe") {
            pop(call(most, LENS, 0, at, sub(end, at), 0, 0))
        }
        leave();
    }

    function ask() private {
        assembly ("memory-safe") {
            let data := mload(0x40)
            let size := sub(calldatasize(), 21)
            calldatacopy(data, 21, size)
            let success := call(ASK_GAS, shr(96, calldataload(1)), 0, data, size, 0, 0)
            mstore8(data, 1)
            mstore8(add(data, 1), success)
            returndatacopy(add(data, 2), 0, returndatasize())
            revert(data, add(2, returndatasize()))
        }
    }

    /// Ends a call to itself with the result of the last call.
    function leave() private pure {
        assembly ("memory-safe") {
            let out := mload(0x40)
            mstore8(out, 1)
            returndatacopy(add(out, 1), 0, returndatasize())
            revert(out, add(1, returndatasize()))
        }
    }

    /// Makes puppets of those of the listed accounts that have no code. Returns where the list ends.
    function disguise(uint256 at) private returns (uint256) {
        uint256 count = word(at) >> 248;
        for (at += 1; count > 0; count--) {
            if (account(at).code.length == 0) VM.etch(account(at), PUPPET.code);
            at += 20;
        }
        return at;
    }

    /// Makes the slots of the listed accounts cold, as they are for a read of its own: it may stop at a limit of gas. Returns where
    /// the list ends.
    function cool(uint256 at) private returns (uint256) {
        uint256 count = word(at) >> 248;
        for (at += 1; count > 0; count--) {
            VM.cool(account(at));
            at += 20;
        }
        return at;
    }

    /// The same for the accounts of the read plan: how far a search comes with its gas depends on what is cold.
    function coolRead() private {
        bytes memory plan = PLAN.code;
        uint256 at;
        assembly ("memory-safe") {
            at := add(plan, 41)
        }
        cool(at + 1 + 20 * (word(at) >> 248));
    }

    /// Writes to the state, or reads it.
    function state(uint256 kind, uint256 at, uint256 end) private returns (uint256 out) {
        address of_ = account(at);
        if (kind == 10) {
            uint256 value = uint256(VM.load(of_, bytes32(word(at + 20))));
            out = start();
            put(value);
            return out;
        }
        if (kind == 9) {
            uint256 nonce = VM.getNonce(of_);
            out = start();
            put(of_.balance);
            put(nonce);
            assembly ("memory-safe") {
                let to := mload(0x40)
                extcodecopy(of_, to, 0, extcodesize(of_))
                mstore(0x40, add(to, extcodesize(of_)))
            }
            return out;
        }
        if (kind == 6) VM.etch(of_, copied(at + 20, end));
        else if (kind == 7) VM.deal(of_, word(at + 20));
        else VM.store(of_, bytes32(word(at + 20)), bytes32(word(at + 52)));
        return start();
    }

    function copied(uint256 at, uint256 end) private pure returns (bytes memory data) {
        data = new bytes(end - at);
        assembly ("memory-safe") {
            let to := add(data, 32)
            for { } lt(at, end) { at := add(at, 32) } {
                mstore(to, mload(at))
                to := add(to, 32)
            }
        }
    }

    /// Makes a call to itself that is reverted, and answers with its result.
    function framed(uint256 at, uint256 end) private returns (uint256 out) {
        out = start();
        frame(at, end - at);
    }

    function frame(uint256 at, uint256 length) private {
        bool isResult;
        assembly ("memory-safe") {
            let out := mload(0x40)
            let success := call(gas(), address(), 0, at, length, 0, 0)
            let size := returndatasize()
            if iszero(success) {
                if size {
                    returndatacopy(out, 0, 1)
                    isResult := eq(byte(0, mload(out)), 1)
                }
            }
            if isResult {
                size := sub(size, 1)
                returndatacopy(out, 1, size)
                mstore(0x40, add(out, size))
            }
        }
        if (!isResult) fail();
    }

    /// Reads a command. Returns where it begins and ends.
    function next() private returns (uint256 at, uint256 end) {
        bytes4 read = Vm.readLine.selector;
        bytes4 parse = Vm.parseBytes.selector;
        bool success;
        assembly ("memory-safe") {
            at := mload(0x40)
            mstore(at, read)
            mstore(add(at, 4), 32)
            mstore(add(at, 36), 2)
            mstore(add(at, 68), "in")
            success := call(gas(), CHEATCODES, 0, at, 100, 0, 0)
            if success {
                // the one returns what the other takes
                mstore(at, parse)
                returndatacopy(add(at, 4), 0, returndatasize())
                success := call(gas(), CHEATCODES, 0, at, add(4, returndatasize()), 0, 0)
                returndatacopy(at, 0, returndatasize())
                mstore(0x40, add(at, returndatasize()))
                let length := mload(add(at, 32))
                at := add(at, 64)
                end := add(at, length)
            }
        }
        if (!success) fail();
    }

    /// Where an answer begins that is written from here on.
    function start() private pure returns (uint256 out) {
        assembly ("memory-safe") {
            out := add(mload(0x40), 68)
            mstore(0x40, out)
        }
    }

    /// Sends what was written since `start`.
    function answer(uint256 out) private {
        bytes4 text = Vm.toString.selector;
        bytes4 write = Vm.writeLine.selector;
        bool success;
        assembly ("memory-safe") {
            let end := mload(0x40)
            mstore(sub(out, 68), text)
            mstore(sub(out, 64), 32)
            mstore(sub(out, 32), sub(end, out))
            mstore(end, 0)
            let padded := and(add(sub(end, out), 31), not(31))
            success := call(gas(), CHEATCODES, 0, sub(out, 68), add(68, padded), 0, 0)
            if success {
                let size := sub(returndatasize(), 32)
                mstore(end, write)
                mstore(add(end, 4), 64)
                mstore(add(end, 36), 128)
                mstore(add(end, 68), 3)
                mstore(add(end, 100), "out")
                returndatacopy(add(end, 132), 32, size)
                success := call(gas(), CHEATCODES, 0, end, add(132, size), 0, 0)
            }
        }
        if (!success) fail();
    }

    /// Writes a word of an answer.
    function put(uint256 value) private pure {
        assembly ("memory-safe") {
            let out := mload(0x40)
            mstore(out, value)
            mstore(0x40, add(out, 32))
        }
    }

    /// Ends everything with what the runner said.
    function fail() private pure {
        assembly ("memory-safe") {
            returndatacopy(0, 0, returndatasize())
            revert(0, returndatasize())
        }
    }

    function one() private pure returns (uint256 at) {
        assembly ("memory-safe") {
            at := mload(0x40)
            mstore8(at, 1)
        }
    }

    function free() private pure returns (uint256 at) {
        assembly ("memory-safe") {
            at := mload(0x40)
        }
    }

    function account(uint256 at) private pure returns (address) {
        return address(uint160(word(at) >> 96));
    }

    function word(uint256 at) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(at)
        }
    }
}

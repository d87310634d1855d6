// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

/// @title Raider
/// @notice The code of an agent's account that makes several calls in one transaction, which its account sends to itself.
/// `raid` takes a flash loan: it borrows, makes calls with the funds, and repays; without a loan it just makes the calls.
/// `reenter` makes a call, and others when it is called back.
/// @dev To the Lens, the Resolver and the Sequencer it is a Puppet. To any other caller it behaves like an account without code that takes
/// whatever it is sent, see contracts/Puppet.sol, except in the callback of the lender that it has just called, and in the
/// callback that calls are waiting for.
/// It knows no lender and no callback by name: a loan carries the call that borrows, how it is repaid and what the callback
/// returns, see src/protocols/roles/raid.ts; for calls in callbacks, see src/engine/run/called-back.ts.
contract Raider {
    struct Step {
        address to;
        uint256 value;
        bytes data;
    }

    struct Loan {
        /// The contract that lends; 0 for no loan.
        address lender;
        address token;
        uint256 amount;
        uint256 fee;
        /// Whether the lender pulls the repayment with an allowance; otherwise the Raider sends it.
        bool pulls;
        /// Byte offsets of the amount in the request.
        uint16[] amountAt;
        /// The calldata that borrows. It ends with the length of its data, which is empty.
        bytes request;
        /// What the callback returns.
        bytes reply;
    }

    /// Storage slot of the lender being called, far from what other code at this account might use.
    bytes32 private constant LENDER = keccak256("hardhat-siege raider lender");

    /// Marks the start of the data, so that it is found in the arguments of any callback.
    bytes32 private constant RAID = keccak256("hardhat-siege raid");

    /// Storage slot of what a callback is waited for with: `bytes of the calls << 16 | answer << 8 | callbacks to go`. The calls
    /// are in the slots behind it, each `to (20) ‖ wei (12) ‖ length (4) ‖ calldata`.
    bytes32 private constant WAITING = keccak256("hardhat-siege raider waiting");

    /// Storage slot of what was done in the callback: `selector (4) ‖ CAME if it came, and a bit for each call that succeeded (28)`.
    /// The next slot has a bit for each call that used all its gas.
    bytes32 private constant MADE = keccak256("hardhat-siege raider made");

    /// The bit of a callback that came, above those of its calls.
    uint256 private constant CAME = 1 << 223;

    /// Topic of the log of a call that waited for a callback: as MADE and the slot behind it, or nothing if it did not come. It is
    /// written when the call ends, so of such calls inside each other the innermost comes first.
    bytes32 private constant CALLED_BACK = keccak256("hardhat-siege called back");

    /// What its account calls itself with.
    bytes4 private constant REENTER = bytes4(keccak256("reenter(uint8,uint8,(address,uint256,bytes)[])"));
    bytes4 private constant COUNT = bytes4(keccak256("count()"));

    /// Gas below which nothing happens in a callback: `transfer` and `send` leave 2,300.
    uint256 private constant LEAST_GAS = 40_000;

    /// Enough to count a callback.
    uint256 private constant COUNT_GAS = 10_000;

    /// What a callback returns besides what an account without code does.
    uint256 private constant SELECTOR = 1;
    uint256 private constant TRUE = 2;

    /// ERC-3156 wants its own.
    bytes4 private constant ON_FLASH_LOAN = 0x23e30c8b;

    /// ERC-721 and ERC-1155 take nothing but the selector.
    bytes4 private constant ON_ERC721 = 0x150b7a02;
    bytes4 private constant ON_ERC1155 = 0xf23a6e61;
    bytes4 private constant ON_ERC1155_BATCH = 0xbc197c81;

    fallback() external payable {
        assembly {
            // the Lens, the Resolver and the Sequencer, see contracts/Puppet.sol
            if eq(or(caller(), 3), 0x00000000000000000000000000000000051e6e1f) {
                let header := calldataload(0)
                let length := sub(calldatasize(), 32)
                calldatacopy(0, 32, length)
                let success := call(gas(), shr(96, header), and(header, 0xffffffffffffffffffffffff), 0, length, 0, 0)
                returndatacopy(0, 0, returndatasize())
                if iszero(success) { revert(0, returndatasize()) }
                return(0, returndatasize())
            }
        }
        if (msg.sender == address(this)) {
            // coin that it sends to itself
            if (msg.data.length < 4) return;
            if (msg.sig == COUNT) return count();
            if (msg.sig == REENTER) return reenter();
            (Loan memory loan, Step[] memory steps) = abi.decode(msg.data[4:], (Loan, Step[]));
            raid(loan, steps);
        } else {
            if (gasleft() > LEAST_GAS) {
                if (msg.data.length > 0 && msg.sender == asked()) calledBack();
                if (isAwaited()) reply(play());
            }
            // a token asks; it does not vouch for signatures (ERC-1271)
            if (msg.data.length >= 132 && msg.sig != 0x1626ba7e) reply(SELECTOR);
        }
    }

    function raid(Loan memory loan, Step[] memory steps) private {
        if (loan.lender == address(0)) return run(steps);
        ask(loan.lender);
        send(loan.lender, 0, requested(loan, steps));
        ask(address(0));
    }

    /// The request with the amount filled in, and all that the callback needs as its data.
    function requested(Loan memory loan, Step[] memory steps) private pure returns (bytes memory) {
        bytes memory request = loan.request;
        uint256 amount = loan.amount;
        for (uint256 at = 0; at < loan.amountAt.length; at++) {
            uint256 offset = loan.amountAt[at];
            assembly {
                mstore(add(add(request, 32), offset), amount)
            }
        }
        assembly {
            mstore(request, sub(mload(request), 32))
        }
        loan.request = "";
        bytes memory data = bytes.concat(RAID, abi.encode(loan, steps));
        return bytes.concat(request, bytes32(data.length), data);
    }

    function calledBack() private {
        uint256 at = 4;
        while (at < msg.data.length && bytes32(msg.data[at:]) != RAID) at += 32;
        if (at >= msg.data.length) return;
        (Loan memory loan, Step[] memory steps) = abi.decode(msg.data[at + 32:], (Loan, Step[]));
        run(steps);
        IToken token = IToken(loan.token);
        uint256 owed = loan.amount + loan.fee;
        if (loan.pulls) token.approve(loan.lender, owed);
        else token.transfer(loan.lender, owed);
        bytes memory returned = loan.reply;
        assembly {
            return(add(returned, 32), mload(returned))
        }
    }

    /// Makes the first call, and the others in the callback that is awaited; if it does not come, they are not made. One of those may be
    /// a call of this function again, which waits for a callback of its own. Returns
    /// 1 if one of those was not made or failed, else 0, which is what the Resolver looks for. For it, the first byte of a call's value
    /// is 1 more than the place of a word that the call returns and that, from 1 to 255, is an error code.
    function reenter() private {
        (uint8 callbacks, uint8 answer, Step[] memory steps) = abi.decode(msg.data[4:], (uint8, uint8, Step[]));
        if (steps.length == 0) return;
        bytes memory calls;
        for (uint256 at = 1; at < steps.length; at++) {
            Step memory step = steps[at];
            // nobody has more
            uint96 value = uint88(step.value);
            if (uint248(step.value) > type(uint88).max) value = type(uint88).max;
            value |= uint96(step.value >> 248) << 88;
            calls = abi.encodePacked(calls, step.to, value, uint32(step.data.length), step.data);
        }
        if (calls.length > 0) keep(calls, (calls.length << 16) | (uint256(answer) << 8) | callbacks);
        send(steps[0].to, uint248(steps[0].value), steps[0].data);
        if (failed(steps[0].value >> 248)) revert();
        uint256 header = waiting();
        if (header > 0) taken(header >> 16);
        bytes32 slot = MADE;
        bytes32 topic = CALLED_BACK;
        uint256 missing = (1 << (steps.length - 1)) - 1;
        assembly {
            let made := sload(slot)
            let exhausted := sload(add(slot, 1))
            mstore(0, made)
            mstore(32, exhausted)
            log1(0, mul(64, gt(made, 0)), topic)
            sstore(slot, 0)
            if exhausted { sstore(add(slot, 1), 0) }
            mstore(0, gt(and(missing, not(made)), 0))
            return(0, 32)
        }
    }

    /// Whether what the last call returned is an error code.
    function failed(uint256 word) private pure returns (bool yes) {
        assembly {
            if and(gt(word, 0), iszero(lt(returndatasize(), mul(32, word)))) {
                returndatacopy(0, mul(32, sub(word, 1)), 32)
                yes := lt(sub(mload(0), 1), 255)
            }
        }
    }

    /// Whether this is the callback that calls are waiting for. In a static call nothing can be counted, or made.
    function isAwaited() private returns (bool) {
        uint256 header = waiting();
        if (header == 0) return false;
        (bool counted, ) = address(this).call{gas: COUNT_GAS}(abi.encodePacked(COUNT));
        return counted && uint8(header) <= 1;
    }

    function count() private {
        uint256 header = waiting();
        // played, once
        wait(uint8(header) <= 1 ? header & ~uint256(0xff) : header - 1);
    }

    /// Makes the calls. One that fails, or that uses half of all gas, does not keep the others from being made.
    function play() private returns (uint256) {
        uint256 header = waiting();
        bytes memory calls = taken(header >> 16);
        uint256 came = CAME;
        bytes32 slot = MADE;
        assembly {
            let done := 0
            let exhausted := 0
            let bit := 1
            let end := add(add(calls, 32), mload(calls))
            for { let at := add(calls, 32) } lt(at, end) { bit := shl(1, bit) } {
                let head := mload(at)
                let length := shr(224, mload(add(at, 32)))
                at := add(at, 36)
                let word := byte(20, head)
                let most := shr(1, gas())
                let before := gas()
                let success := call(most, shr(96, head), and(head, 0xffffffffffffffffffffff), at, length, 0, 0)
                // what a contract keeps for itself of a call that it makes is a 64th
                let used := sub(before, gas())
                if and(iszero(success), iszero(lt(mul(10, used), mul(9, most)))) { exhausted := or(exhausted, bit) }
                if success {
                    let code := 0
                    if and(gt(word, 0), iszero(lt(returndatasize(), mul(32, word)))) {
                        returndatacopy(0, mul(32, sub(word, 1)), 32)
                        code := mload(0)
                    }
                    if iszero(lt(sub(code, 1), 255)) { done := or(done, bit) }
                }
                at := add(at, length)
            }
            let selector := 0
            if gt(calldatasize(), 3) { selector := shl(224, shr(224, calldataload(0))) }
            sstore(slot, or(selector, or(came, done)))
            if exhausted { sstore(add(slot, 1), exhausted) }
        }
        return uint8(header >> 8);
    }

    /// Ends the call with what its caller may want.
    function reply(uint256 answer) private pure {
        bytes32 word = msg.sig;
        bool isReceived = msg.sig == ON_ERC721 || msg.sig == ON_ERC1155 || msg.sig == ON_ERC1155_BATCH;
        if (msg.sig == ON_FLASH_LOAN) word = keccak256("ERC3156FlashBorrower.onFlashLoan");
        else if (answer == TRUE && !isReceived) word = bytes32(uint256(1));
        else if (answer != SELECTOR && !isReceived) return;
        assembly {
            mstore(0, word)
            return(0, 32)
        }
    }

    function keep(bytes memory calls, uint256 header) private {
        wait(header);
        uint256 slot = uint256(WAITING) + 1;
        for (uint256 at = 0; at < calls.length; at += 32) {
            assembly {
                sstore(slot, mload(add(add(calls, 32), at)))
            }
            slot++;
        }
    }

    /// The calls that are kept, which are then kept no longer.
    function taken(uint256 length) private returns (bytes memory calls) {
        wait(0);
        calls = new bytes(length);
        uint256 slot = uint256(WAITING) + 1;
        for (uint256 at = 0; at < length; at += 32) {
            assembly {
                mstore(add(add(calls, 32), at), sload(slot))
                sstore(slot, 0)
            }
            slot++;
        }
    }

    function wait(uint256 header) private {
        bytes32 slot = WAITING;
        assembly {
            sstore(slot, header)
        }
    }

    function waiting() private view returns (uint256 header) {
        bytes32 slot = WAITING;
        assembly {
            header := sload(slot)
        }
    }

    function run(Step[] memory steps) private {
        for (uint256 at = 0; at < steps.length; at++) send(steps[at].to, steps[at].value, steps[at].data);
    }

    function send(address to, uint256 value, bytes memory data) private {
        (bool success, bytes memory answer) = to.call{value: value}(data);
        if (!success) {
            assembly {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function ask(address lender) private {
        bytes32 slot = LENDER;
        assembly {
            sstore(slot, lender)
        }
    }

    function asked() private view returns (address lender) {
        bytes32 slot = LENDER;
        assembly {
            lender := sload(slot)
        }
    }
}

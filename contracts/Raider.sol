// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

/// @title Raider
/// @notice The code of an agent's account that takes flash loans: it borrows, makes calls with the funds, and repays,
/// all in one transaction that its account sends to itself. Without a loan it just makes the calls.
/// @dev To the Lens, the Resolver and the Sequencer it is a Puppet. To any other caller it behaves like an account without code that takes
/// whatever it is sent, see contracts/Puppet.sol, except in the callback of the lender that it has just called.
/// It knows no lender and no callback by name: a loan carries the call that borrows, how it is repaid and what the callback
/// returns, see src/protocols/roles/raid.ts.
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
            (Loan memory loan, Step[] memory steps) = abi.decode(msg.data[4:], (Loan, Step[]));
            raid(loan, steps);
        } else {
            if (msg.sender == asked()) calledBack();
            // a token asks; it does not vouch for signatures (ERC-1271)
            if (msg.data.length >= 132 && msg.sig != 0x1626ba7e) {
                bytes32 taken = msg.sig;
                assembly {
                    mstore(0, taken)
                    return(0, 32)
                }
            }
        }
    }

    receive() external payable {}

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
        bytes memory reply = loan.reply;
        assembly {
            return(add(reply, 32), mload(reply))
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

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

interface ILender {
    function flashLoanSimple(address receiver, address asset, uint256 amount, bytes calldata params, uint16 referral) external;
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
    function flash(address recipient, uint256 amount0, uint256 amount1, bytes calldata data) external;
    function flashLoan(address token, uint256 assets, bytes calldata data) external;
    function token0() external view returns (address);
}

/// @title Raider
/// @notice The code of an agent's account that takes flash loans: it borrows, makes calls with the funds, and repays,
/// all in one transaction that its account sends to itself. Without a loan it just makes the calls.
/// @dev To the Lens and the Sequencer it is a Puppet. To any other caller it behaves like an account without code, so that it
/// can be paid, except in the callback of the lender that it has just called.
contract Raider {
    struct Step {
        address to;
        uint256 value;
        bytes data;
    }

    struct Loan {
        /// 0 no loan, 1 Aave V3, 2 Uniswap V2, 3 Uniswap V3, 4 Morpho Blue; the order of FLASH_CALLBACKS in src/protocols/roles/raid.ts
        uint8 callback;
        address lender;
        address token;
        uint256 amount;
        uint256 fee;
    }

    /// Storage slot of the lender being called, far from what other code at this account might use.
    bytes32 private constant LENDER = keccak256("hardhat-siege raider lender");

    fallback() external payable {
        assembly {
            // the Lens and the Sequencer, see contracts/Puppet.sol
            if eq(or(caller(), 1), 0x00000000000000000000000000000000051e6e1f) {
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
        } else if (msg.sender == asked()) {
            calledBack();
        }
    }

    receive() external payable {}

    function raid(Loan memory loan, Step[] memory steps) private {
        if (loan.callback == 0) return run(steps);
        ask(loan.lender);
        bytes memory data = abi.encode(loan, steps);
        ILender lender = ILender(loan.lender);
        if (loan.callback == 1) {
            lender.flashLoanSimple(address(this), loan.token, loan.amount, data, 0);
        } else if (loan.callback == 4) {
            lender.flashLoan(loan.token, loan.amount, data);
        } else {
            bool first = lender.token0() == loan.token;
            (uint256 amount0, uint256 amount1) = first ? (loan.amount, uint256(0)) : (uint256(0), loan.amount);
            if (loan.callback == 2) lender.swap(amount0, amount1, address(this), data);
            else lender.flash(address(this), amount0, amount1, data);
        }
        ask(address(0));
    }

    function calledBack() private {
        bytes memory data;
        // in each of these callbacks, the data is the last argument
        bytes4 selector = msg.sig;
        if (selector == 0x1b11d0ff) (, , , , data) = abi.decode(msg.data[4:], (address, uint256, uint256, address, bytes));
        else if (selector == 0x10d1e85c) (, , , data) = abi.decode(msg.data[4:], (address, uint256, uint256, bytes));
        else if (selector == 0xe9cbafb0) (, , data) = abi.decode(msg.data[4:], (uint256, uint256, bytes));
        else if (selector == 0x31f57072) (, data) = abi.decode(msg.data[4:], (uint256, bytes));
        else return;
        (Loan memory loan, Step[] memory steps) = abi.decode(data, (Loan, Step[]));
        run(steps);
        IToken token = IToken(loan.token);
        uint256 owed = loan.amount + loan.fee;
        // Aave and Morpho pull what they are owed, Uniswap checks that it was paid
        if (loan.callback == 1 || loan.callback == 4) token.approve(loan.lender, owed);
        else token.transfer(loan.lender, owed);
        assembly {
            // Aave expects true; the others ignore the return value
            mstore(0, 1)
            return(0, 32)
        }
    }

    function run(Step[] memory steps) private {
        for (uint256 at = 0; at < steps.length; at++) {
            (bool success, bytes memory answer) = steps[at].to.call{value: steps[at].value}(steps[at].data);
            if (!success) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
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

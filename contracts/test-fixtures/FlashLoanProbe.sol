// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower, IERC3156FlashLender} from "@openzeppelin/contracts/interfaces/IERC3156.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// A borrower who can pay the fee: a flash loan has to stay possible.
contract FlashLoanProbe is IERC3156FlashBorrower {
    IERC3156FlashLender private immutable lender;
    IERC20 private immutable token;

    constructor(IERC3156FlashLender lender_, IERC20 token_) {
        lender = lender_;
        token = token_;
    }

    function invariant_flashLoansArePossible() external {
        lender.flashLoan(this, address(token), 100e18, "");
    }

    function onFlashLoan(address, address, uint256 amount, uint256 fee, bytes calldata) external returns (bytes32) {
        token.approve(address(lender), amount + fee);
        return keccak256("IERC3156FlashBorrower.onFlashLoan");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {OrderBook} from "./OrderBook.sol";

/// @title BookPool
/// @notice A lending pool whose borrowers' collateral is sold on an order book, and is valued at the book's best bid. The collateral is
/// transferred to it.
contract BookPool {
    address public immutable owner;
    OrderBook public immutable book;
    /// @notice What is owed, base units of the book's quote token.
    uint256 public debt;

    constructor(OrderBook book_, uint256 debt_) {
        owner = msg.sender;
        book = book_;
        debt = debt_;
    }

    /// @notice Sells all collateral that the bids take; the proceeds repay what they can.
    function liquidate() external {
        require(msg.sender == owner, "not the owner");
        IERC20 base = book.base();
        uint256 amount = base.balanceOf(address(this));
        base.approve(address(book), amount);
        debt = Math.saturatingSub(debt, book.sell(amount, 0));
    }

    /// @notice By how much the collateral falls short of the debt, with 18 decimals.
    function shortfall() external view returns (uint256) {
        uint256 value = Math.mulDiv(book.base().balanceOf(address(this)), book.bestPrice(true), book.unit());
        return Math.saturatingSub(debt, value) * 1e12;
    }
}

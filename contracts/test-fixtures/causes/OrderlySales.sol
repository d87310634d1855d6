// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title OrderlySales
/// @notice Counts what is sold. FLAW: nothing bounds how much is sold in total.
contract OrderlySales {
    uint256 public constant LIMIT = 1_000;

    uint256 public sold;

    function sell(uint256 amount) external {
        if (_isBounded()) require(sold + amount <= LIMIT);
        sold += amount;
    }

    function invariant_salesAreOrderly() external view returns (bool) {
        return sold <= LIMIT;
    }

    function _isBounded() internal pure virtual returns (bool) {
        return false;
    }
}

/// @title OrderlySalesFixed
/// @notice The twin: what is sold is bounded.
contract OrderlySalesFixed is OrderlySales {
    function _isBounded() internal pure override returns (bool) {
        return true;
    }
}

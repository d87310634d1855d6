// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Lends up to a limit that nobody knows. Like the markets of Compound, it returns an error code instead of reverting.
abstract contract CodedMarketBase {
    event Failure(uint256 error, uint256 info, uint256 detail);

    uint256 internal limit = uint256(keccak256("limit")) % 1e18;
    uint256 public debt;
    uint256 internal failures;

    function borrow(uint256 amount) external returns (uint256) {
        if (amount == 0 || amount > limit) {
            failures += 1;
            emit Failure(3, 17, 0);
            return 3;
        }
        debt = amount;
        return 0;
    }

    /// What it returns has a name, and is none of its codes.
    function deposit(uint256) external returns (uint256 shares) {
        failures += 0;
        return 1;
    }
}

/// @title CodedMarket
/// @notice FLAW: whoever borrows nearly all breaks it.
contract CodedMarket is CodedMarketBase {
    function invariant_keepsSomething() external view returns (bool) {
        return debt < (limit / 1e4) * 9999;
    }
}

/// @title CodedMarketFixed
/// @notice The twin.
contract CodedMarketFixed is CodedMarketBase {
    function invariant_keepsSomething() external view returns (bool) {
        return debt <= limit;
    }
}

/// @title FailingMarket
/// @notice FLAW: refusing a loan breaks it.
contract FailingMarket is CodedMarketBase {
    function invariant_neverRefused() external view returns (bool) {
        return failures == 0;
    }
}

/// @title NumberedMarket
/// @notice Sound, and without codes: what it returns is the number of the loan.
contract NumberedMarket {
    uint256 public loans;

    function borrow(uint256) external returns (uint256) {
        return ++loans;
    }

    function invariant_numbersThem() external pure returns (bool) {
        return true;
    }
}

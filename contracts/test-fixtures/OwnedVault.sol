// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";
import {MarginEngine} from "./MarginEngine.sol";

/// @notice Lends USDC against WETH at the Chainlink feed's price, up to a part of its value that the owner sets.
abstract contract OwnedVaultBase is MarginEngine {
    IPriceFeed public immutable feed;
    address public immutable owner;

    /// @notice The most that is lent against collateral, basis points of its value.
    uint256 public loanLimit = 8_000;

    event LoanLimit(uint256 limit);

    /// @notice Only the owner sets the limit.
    error NotOwner();

    /// @notice The limit is above what a loan may reach before it is liquidated.
    error LimitTooHigh(uint256 limit);

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_, address owner_) MarginEngine(weth_, usdc_) {
        feed = feed_;
        owner = owner_;
    }

    /// @notice Sets the most that is lent against collateral.
    /// @param limit basis points
    function setLoanLimit(uint256 limit) external {
        if (msg.sender != owner) revert NotOwner();
        _requireSafe(limit);
        loanLimit = limit;
        emit LoanLimit(limit);
    }

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }

    function _requireSafe(uint256 limit) internal pure virtual;

    function _maxLtv() internal view override returns (uint256) {
        return loanLimit;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_500, 500);
    }
}

/// @title OwnedVault
/// @notice FLAW: takes any limit from its owner. Above all of the collateral's value, every loan is worth more than what
/// secures it; no call of anyone else reaches that.
contract OwnedVault is OwnedVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_, address owner_) OwnedVaultBase(weth_, usdc_, feed_, owner_) {}

    function _requireSafe(uint256) internal pure override {}
}

/// @title OwnedVaultFixed
/// @notice The twin: no limit above the liquidation threshold.
contract OwnedVaultFixed is OwnedVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_, address owner_) OwnedVaultBase(weth_, usdc_, feed_, owner_) {}

    function _requireSafe(uint256 limit) internal pure override {
        if (limit > 8_500) revert LimitTooHigh(limit);
    }
}

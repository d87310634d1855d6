// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";
import {MarginEngine} from "../MarginEngine.sol";

/// @notice Lends USDC against WETH at the Chainlink feed's price.
abstract contract ThinMarginVaultBase is MarginEngine {
    IPriceFeed public immutable feed;

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        feed = feed_;
    }

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title ThinMarginVault
/// @notice FLAW: lends up to 65 % and liquidates above 70 %. Liquidators are in time for any gradual fall; a fall of
/// more than 35 % in one block leaves them nothing.
contract ThinMarginVault is ThinMarginVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) ThinMarginVaultBase(weth_, usdc_, feed_) {}

    function _maxLtv() internal pure override returns (uint256) {
        return 6_500;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (7_000, 500);
    }
}

/// @title ThinMarginVaultFixed
/// @notice The twin: lends up to 50 % and liquidates above 55 %, which withstands a fall of 45 % at once.
contract ThinMarginVaultFixed is ThinMarginVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) ThinMarginVaultBase(weth_, usdc_, feed_) {}

    function _maxLtv() internal pure override returns (uint256) {
        return 5_000;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (5_500, 500);
    }
}

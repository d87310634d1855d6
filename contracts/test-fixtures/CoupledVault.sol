// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";
import {MarginEngine} from "./MarginEngine.sol";

/// @notice Lends USDC against WETH up to 80 % of its value at the Chainlink feed's price. Its launch is cautious: for four
/// hours it only takes deposits, then it lends.
/// @dev The feed has a heartbeat of 20 minutes.
abstract contract CoupledVaultBase is MarginEngine {
    IPriceFeed public immutable feed;

    /// @notice When lending starts, seconds.
    uint256 public immutable lendsFrom;

    /// @notice It does not lend yet.
    error NotYet();

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        feed = feed_;
        lendsFrom = block.timestamp + 4 hours;
    }

    function _beforeBorrow() internal view override {
        if (block.timestamp < lendsFrom) revert NotYet();
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 8_000;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_500, 500);
    }
}

/// @title CoupledVault
/// @notice FLAW: lends at the feed's last round, however old it is. With a live feed, a market fall lowers the borrow
/// limit; with a silent feed in a quiet market, the old price is still right. Only both together lend more than the
/// collateral is worth.
contract CoupledVault is CoupledVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) CoupledVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title CoupledVaultFixed
/// @notice The twin: pauses whatever needs a price while the last round is older than the heartbeat plus five minutes.
contract CoupledVaultFixed is CoupledVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) CoupledVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latestWithin(feed, 25 minutes);
    }
}

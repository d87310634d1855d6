// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";
import {MarginEngine} from "./MarginEngine.sol";

/// @notice Lends USDC against WETH up to 80 % of its value at the Chainlink feed's price, to accounts that are three hours
/// old: money that comes in a hurry is not lent against.
/// @dev The feed has a heartbeat of 20 minutes.
abstract contract CoupledVaultBase is MarginEngine {
    /// @notice Seconds from an account's first deposit until it may borrow.
    uint256 public constant SEASONING = 3 hours;

    IPriceFeed public immutable feed;

    /// @notice When an account made its first deposit, seconds; 0 if it has made none.
    mapping(address account => uint256) public openedAt;

    /// @notice The account is too young to borrow.
    error Unseasoned();

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        feed = feed_;
    }

    function _beforeDeposit(address account) internal override {
        if (openedAt[account] == 0) openedAt[account] = block.timestamp;
    }

    function _beforeBorrow(address account) internal view override {
        if (openedAt[account] == 0 || block.timestamp < openedAt[account] + SEASONING) revert Unseasoned();
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 8_000;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_500, 500);
    }
}

/// @title CoupledVault
/// @notice FLAW: lends at the feed's last round, however old it is. With a live feed a fall of the market lowers what can
/// be borrowed; with a silent feed in a quiet market the old price is still right. Only both together lend more than the
/// collateral is worth.
contract CoupledVault is CoupledVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) CoupledVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title CoupledVaultFixed
/// @notice The twin: pauses what needs a price while the last round is older than the heartbeat and five minutes.
contract CoupledVaultFixed is CoupledVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) CoupledVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latestWithin(feed, 25 minutes);
    }
}

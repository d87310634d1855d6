// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";
import {MarginEngine} from "../MarginEngine.sol";

/// @notice Lends USDC against WETH up to 55 % at a price of its own, which follows the Chainlink feed except for noise: moves of
/// less than 5 %. Any account may poke it.
abstract contract NoiseFilterVaultBase is MarginEngine {
    /// @dev One part in this many is noise.
    uint256 private constant NOISE = 20;

    IPriceFeed public immutable feed;

    /// @notice The price in use, USDC base units per whole WETH.
    uint256 public used;
    /// @notice The price at the last poke.
    uint256 public seen;

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        feed = feed_;
        used = seen = FeedPrice.latest(feed_);
    }

    /// @notice Follows the feed, unless the move is noise.
    function poke() external {
        uint256 current = FeedPrice.latest(feed);
        uint256 before = baseline();
        uint256 move = current > before ? current - before : before - current;
        if (move * NOISE >= before) used = current;
        seen = current;
    }

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return used;
    }

    /// @notice The price that a new one is compared with to tell a move from noise.
    function baseline() internal view virtual returns (uint256);

    function _maxLtv() internal pure override returns (uint256) {
        return 5_500;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (6_000, 500);
    }
}

/// @title NoiseFilterVault
/// @notice FLAW: compares with the price it saw last, not with the price in use: a price that falls by 1 % per
/// block is noise forever.
contract NoiseFilterVault is NoiseFilterVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) NoiseFilterVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc NoiseFilterVaultBase
    function baseline() internal view override returns (uint256) {
        return seen;
    }
}

/// @title NoiseFilterVaultFixed
/// @notice The twin: compares with the price in use.
contract NoiseFilterVaultFixed is NoiseFilterVaultBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) NoiseFilterVaultBase(weth_, usdc_, feed_) {}

    /// @inheritdoc NoiseFilterVaultBase
    function baseline() internal view override returns (uint256) {
        return used;
    }
}

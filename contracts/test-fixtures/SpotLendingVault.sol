// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed, IUniswapV2Pair} from "./Interfaces.sol";
import {MarginEngine} from "./MarginEngine.sol";

/// @notice Lends USDC against WETH up to 70 % of its value.
abstract contract SpotLendingVaultBase is MarginEngine {
    IUniswapV2Pair public immutable pair;
    IPriceFeed public immutable feed;

    constructor(IERC20 weth_, IERC20 usdc_, IUniswapV2Pair pair_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        pair = pair_;
        feed = feed_;
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 7_000;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_000, 500);
    }
}

/// @title SpotLendingVault
/// @notice FLAW: values the collateral at the spot price of a Uniswap V2 pair, which any swap can move.
contract SpotLendingVault is SpotLendingVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) SpotLendingVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
        return
            pair.token0() == address(debtToken)
                ? Math.mulDiv(reserve0, 1e18, reserve1)
                : Math.mulDiv(reserve1, 1e18, reserve0);
    }
}

/// @title SpotLendingVaultFixed
/// @notice The twin: values the collateral at the Chainlink feed's price.
contract SpotLendingVaultFixed is SpotLendingVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) SpotLendingVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        // the heartbeat of one hour, plus half an hour of tolerance
        return FeedPrice.latestWithin(feed, 1.5 hours);
    }
}

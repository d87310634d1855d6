// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed, IUniswapV2Pair} from "../Interfaces.sol";
import {MarginEngine} from "../MarginEngine.sol";
import {PairPrice} from "./PairPrice.sol";

/// @notice Lends USDC against WETH up to 45 %, and liquidates above 50 %.
abstract contract LaggedPoolVaultBase is MarginEngine {
    IUniswapV2Pair public immutable pair;
    IPriceFeed public immutable feed;

    /// @notice The pair's price at the end of the block before the one in which it was last poked.
    uint256 public pool;
    uint256 private _last;

    constructor(IERC20 weth_, IERC20 usdc_, IUniswapV2Pair pair_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        (pair, feed) = (pair_, feed_);
        pool = PairPrice.spot(pair_, address(usdc_));
    }

    /// @notice Records the pair's price, once per block: a flash loan is always too late.
    function poke() external {
        if (block.number == _last) return;
        _last = block.number;
        pool = PairPrice.spot(pair, address(debtToken));
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 4_500;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (5_000, 500);
    }
}

/// @title LaggedPoolVault
/// @notice FLAW: takes the lower of the feed's and the pool's price, which is careful with loans and reckless with liquidations:
/// when others are forced to sell, it sells its healthy borrowers' collateral at the price that those sales make.
contract LaggedPoolVault is LaggedPoolVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) LaggedPoolVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        uint256 fair = FeedPrice.latest(feed);
        return pool < fair ? pool : fair;
    }
}

/// @title LaggedPoolVaultFixed
/// @notice The twin: takes the feed's price.
contract LaggedPoolVaultFixed is LaggedPoolVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) LaggedPoolVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

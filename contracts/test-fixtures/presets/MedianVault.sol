// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed, IUniswapV2Pair} from "../Interfaces.sol";
import {MarginEngine} from "../MarginEngine.sol";
import {PairPrice} from "./PairPrice.sol";

/// @notice Lends USDC against WETH up to 45 %, without liquidations.
abstract contract MedianVaultBase is MarginEngine {
    IUniswapV2Pair public immutable pair;
    IPriceFeed public immutable feed;

    /// @notice Prices of the pair at the end of the five blocks before those in which it was last poked.
    uint256[5] public prices;
    uint256 public pokes;
    uint256 private _last;

    constructor(IERC20 weth_, IERC20 usdc_, IUniswapV2Pair pair_, IPriceFeed feed_) MarginEngine(weth_, usdc_) {
        (pair, feed) = (pair_, feed_);
        for (uint256 i = 0; i < prices.length; i++) prices[i] = PairPrice.spot(pair_, address(usdc_));
    }

    /// @notice Records the pair's price, once per block: the first to call decides when.
    function poke() external {
        if (block.number == _last) return;
        _last = block.number;
        prices[pokes++ % prices.length] = PairPrice.spot(pair, address(debtToken));
    }

    /// @notice The median of the recorded prices, USDC base units per whole WETH.
    function median() public view returns (uint256) {
        uint256[5] memory sorted = prices;
        for (uint256 i = 1; i < sorted.length; i++) {
            for (uint256 j = i; j > 0 && sorted[j - 1] > sorted[j]; j--) {
                (sorted[j - 1], sorted[j]) = (sorted[j], sorted[j - 1]);
            }
        }
        return sorted[2];
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 4_500;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (type(uint64).max, 0);
    }
}

/// @title MedianVault
/// @notice FLAW: values the collateral at the median of a pool's prices over five blocks. One manipulated block does not
/// move it; three do, for any attacker that can pay for them.
contract MedianVault is MedianVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) MedianVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return median();
    }
}

/// @title MedianVaultFixed
/// @notice The twin: values the collateral at the lower of the median and the Chainlink feed's price.
contract MedianVaultFixed is MedianVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IUniswapV2Pair pair_,
        IPriceFeed feed_
    ) MedianVaultBase(weth_, usdc_, pair_, feed_) {}

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        uint256 fair = FeedPrice.latest(feed);
        uint256 pool = median();
        return pool < fair ? pool : fair;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice The part of a Uniswap V2 pair that is needed to value its LP token.
interface ILpPair {
    function token0() external view returns (address);

    function totalSupply() external view returns (uint256);

    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast);
}

/// @notice The part of a Chainlink feed that is needed, with 8 decimals.
interface IDollarFeed {
    function latestAnswer() external view returns (int256);
}

/// @notice The value of an LP token of a WETH/USDC pair, US dollars with 18 decimals, at the prices of two feeds.
abstract contract LpPriceBase {
    ILpPair public immutable pair;
    IDollarFeed public immutable wethFeed;
    IDollarFeed public immutable usdcFeed;
    bool private immutable _wethIsFirst;

    constructor(ILpPair pair_, address weth, IDollarFeed wethFeed_, IDollarFeed usdcFeed_) {
        (pair, wethFeed, usdcFeed) = (pair_, wethFeed_, usdcFeed_);
        _wethIsFirst = pair_.token0() == weth;
    }

    /// @notice US dollars per whole LP token, 18 decimals.
    function price() external view virtual returns (uint256);

    /// @dev Reserves with 18 decimals.
    function _reserves() internal view returns (uint256 weth, uint256 usdc) {
        (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
        (weth, usdc) = _wethIsFirst ? (reserve0, reserve1 * 1e12) : (reserve1, reserve0 * 1e12);
    }

    /// @dev Prices with 18 decimals.
    function _prices() internal view returns (uint256 weth, uint256 usdc) {
        (weth, usdc) = (uint256(wethFeed.latestAnswer()) * 1e10, uint256(usdcFeed.latestAnswer()) * 1e10);
    }
}

/// @title NaiveLpPrice
/// @notice The value of the reserves over the supply: a swap moves the reserves, and the price with them.
contract NaiveLpPrice is LpPriceBase {
    constructor(
        ILpPair pair_,
        address weth,
        IDollarFeed wethFeed_,
        IDollarFeed usdcFeed_
    ) LpPriceBase(pair_, weth, wethFeed_, usdcFeed_) {}

    /// @inheritdoc LpPriceBase
    function price() external view override returns (uint256) {
        (uint256 weth, uint256 usdc) = _reserves();
        (uint256 wethPrice, uint256 usdcPrice) = _prices();
        return (weth * wethPrice + usdc * usdcPrice) / pair.totalSupply();
    }
}

/// @title FairLpPrice
/// @notice 2 * sqrt(reserve0 * reserve1) * sqrt(price0 * price1) / supply: the value that the reserves would have if the pool
/// were at the feeds' prices (https://cmichel.io/pricing-lp-tokens/, as in Alpha Homora V2). Swaps leave the product
/// unchanged, apart from fees.
contract FairLpPrice is LpPriceBase {
    constructor(
        ILpPair pair_,
        address weth,
        IDollarFeed wethFeed_,
        IDollarFeed usdcFeed_
    ) LpPriceBase(pair_, weth, wethFeed_, usdcFeed_) {}

    /// @inheritdoc LpPriceBase
    function price() external view override returns (uint256) {
        (uint256 weth, uint256 usdc) = _reserves();
        (uint256 wethPrice, uint256 usdcPrice) = _prices();
        return (2 * Math.sqrt(weth * usdc) * Math.sqrt(wethPrice * usdcPrice)) / pair.totalSupply();
    }
}

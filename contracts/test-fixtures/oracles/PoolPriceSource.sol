// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "../Interfaces.sol";

/// @title PoolPriceSource
/// @notice Returns the price of WETH in the USDC of a Uniswap V2 pair, 8 decimals: a price source for Aave that any swap can
/// move.
contract PoolPriceSource {
    IUniswapV2Pair public immutable pair;
    bool private immutable _usdcIsFirst;

    constructor(IUniswapV2Pair pair_, address usdc) {
        pair = pair_;
        _usdcIsFirst = pair_.token0() == usdc;
    }

    function latestAnswer() external view returns (int256) {
        (uint256 usdc, uint256 weth, ) = pair.getReserves();
        if (!_usdcIsFirst) (usdc, weth) = (weth, usdc);
        // base units of USDC (6 decimals) per wei, times 1e18 wei, times 1e2 from 6 to 8 decimals
        return int256((usdc * 1e20) / weth);
    }
}

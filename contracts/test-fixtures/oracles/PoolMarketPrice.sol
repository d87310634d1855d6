// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "../Interfaces.sol";

/// @notice The price source of lending markets that lend USDC for WETH, as Morpho Blue and Compound v2 ask for it. USDC counts as a
/// dollar.
abstract contract MarketPriceBase {
    address internal immutable USDC;
    /// @dev Whose price is that of USDC.
    address internal immutable USDC_MARKET;

    constructor(address usdc, address usdcMarket) {
        (USDC, USDC_MARKET) = (usdc, usdcMarket);
    }

    /// @notice Compound asks for it.
    function isPriceOracle() external pure returns (bool) {
        return true;
    }

    /// @notice For Compound v2: dollars, with 36 decimals less those of the token.
    function getUnderlyingPrice(address cToken) external view returns (uint256) {
        return cToken == USDC_MARKET ? 1e30 : _usdcPerEther() * 1e12;
    }

    /// @notice For Morpho Blue: base units of USDC for a wei, scaled by 1e36.
    function price() external view returns (uint256) {
        return _usdcPerEther() * 1e18;
    }

    /// @dev 6 decimals.
    function _usdcPerEther() internal view virtual returns (uint256);
}

/// @title PoolMarketPrice
/// @notice FLAW: divides the reserves of a Uniswap V2 pair, which any swap moves.
contract PoolMarketPrice is MarketPriceBase {
    IUniswapV2Pair internal immutable PAIR;

    constructor(IUniswapV2Pair pair, address usdc, address usdcMarket) MarketPriceBase(usdc, usdcMarket) {
        PAIR = pair;
    }

    function _usdcPerEther() internal view override returns (uint256) {
        (uint256 usdc, uint256 weth, ) = PAIR.getReserves();
        if (PAIR.token0() != USDC) (usdc, weth) = (weth, usdc);
        return (usdc * 1e18) / weth;
    }
}

/// @title PoolMarketPriceFixed
/// @notice The twin: what somebody trustworthy said.
contract PoolMarketPriceFixed is MarketPriceBase {
    constructor(IUniswapV2Pair, address usdc, address usdcMarket) MarketPriceBase(usdc, usdcMarket) {}

    function _usdcPerEther() internal pure override returns (uint256) {
        return 2_000e6;
    }
}

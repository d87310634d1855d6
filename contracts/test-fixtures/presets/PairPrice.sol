// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IUniswapV2Pair} from "../Interfaces.sol";

/// @title PairPrice
/// @notice Reads a Uniswap V2 pair of WETH and USDC as USDC base units per whole WETH.
library PairPrice {
    function spot(IUniswapV2Pair pair, address usdc) internal view returns (uint256) {
        (uint256 dollars, uint256 ether_, ) = pair.getReserves();
        if (pair.token0() != usdc) (dollars, ether_) = (ether_, dollars);
        return Math.mulDiv(dollars, 1e18, ether_);
    }
}

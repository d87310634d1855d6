// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";
import {MarginEngine} from "../MarginEngine.sol";

/// @notice Lends WETH against USDC.
abstract contract DollarVaultBase is MarginEngine {
    /// @notice The feed of ETH/USD.
    IPriceFeed public immutable ether_;
    /// @notice The feed of USDC/USD.
    IPriceFeed public immutable dollar;

    constructor(IERC20 usdc_, IERC20 weth_, IPriceFeed ether__, IPriceFeed dollar_) MarginEngine(usdc_, weth_) {
        (ether_, dollar) = (ether__, dollar_);
    }

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        // wei per 1e18 base units of USDC, which are 1e12 dollars at par
        return (1e30 * par()) / FeedPrice.latest(ether_);
    }

    /// @notice The value of a whole USDC, 6 decimals.
    function par() internal view virtual returns (uint256);
}

/// @title DollarVault
/// @notice FLAW: takes a stablecoin for a dollar, and lends 92 % of it.
contract DollarVault is DollarVaultBase {
    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IPriceFeed ether__,
        IPriceFeed dollar_
    ) DollarVaultBase(usdc_, weth_, ether__, dollar_) {}

    /// @inheritdoc DollarVaultBase
    function par() internal pure override returns (uint256) {
        return 1e6;
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 9_200;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (9_500, 200);
    }
}

/// @title DollarVaultFixed
/// @notice The twin: lends 80 % of the value at the token's own feed.
contract DollarVaultFixed is DollarVaultBase {
    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IPriceFeed ether__,
        IPriceFeed dollar_
    ) DollarVaultBase(usdc_, weth_, ether__, dollar_) {}

    /// @inheritdoc DollarVaultBase
    function par() internal view override returns (uint256) {
        return FeedPrice.latest(dollar);
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 8_000;
    }

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_500, 500);
    }
}

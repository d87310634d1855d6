// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IAavePool, IPriceFeed} from "./Interfaces.sol";
import {MarginEngine} from "./MarginEngine.sol";

/// @notice Margin accounts on Aave V3: collateral and idle USDC are supplied there and earn its rates, while accounts,
/// debts and liquidations are the vault's own. Lends up to 71 % of the collateral's value.
/// @dev The treasury funds it by supplying USDC to Aave on its behalf.
abstract contract LeveragedVaultBase is MarginEngine {
    IAavePool public immutable pool;
    IERC20 public immutable aUsdc;
    IPriceFeed public immutable feed;

    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IAavePool pool_,
        IERC20 aUsdc_,
        IPriceFeed feed_
    ) MarginEngine(weth_, usdc_) {
        pool = pool_;
        aUsdc = aUsdc_;
        feed = feed_;
        weth_.approve(address(pool_), type(uint256).max);
        usdc_.approve(address(pool_), type(uint256).max);
    }

    /// @inheritdoc MarginEngine
    function liquidity() public view override returns (uint256) {
        return aUsdc.balanceOf(address(this));
    }

    /// @inheritdoc MarginEngine
    function price() public view override returns (uint256) {
        return FeedPrice.latestWithin(feed, 1.5 hours);
    }

    function _maxLtv() internal pure override returns (uint256) {
        return 7_100;
    }

    function _rest(IERC20 token, uint256 amount) internal override {
        pool.supply(address(token), amount, address(this), 0);
    }

    function _pay(IERC20 token, address to, uint256 amount) internal override {
        pool.withdraw(address(token), amount, to);
    }
}

/// @title LeveragedVault
/// @notice FLAW: liquidations start so late, and pay so much, that they make things worse. With a bonus of 10 %, a
/// liquidation lowers the ratio of debt to collateral only below 1 / 1.10 = 90.9 %, but it starts at 94 %: each one
/// takes more collateral, in proportion, than debt, until there is debt without collateral.
contract LeveragedVault is LeveragedVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IAavePool pool_,
        IERC20 aUsdc_,
        IPriceFeed feed_
    ) LeveragedVaultBase(weth_, usdc_, pool_, aUsdc_, feed_) {}

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (9_400, 1_000);
    }
}

/// @title LeveragedVaultFixed
/// @notice The twin: starts at 85 % with a bonus of 5 %, so that a liquidation helps up to 1 / 1.05 = 95.2 %.
contract LeveragedVaultFixed is LeveragedVaultBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IAavePool pool_,
        IERC20 aUsdc_,
        IPriceFeed feed_
    ) LeveragedVaultBase(weth_, usdc_, pool_, aUsdc_, feed_) {}

    function _liquidationTerms() internal pure override returns (uint256 threshold, uint256 bonus) {
        return (8_500, 500);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRouter, IUniswapV2Pair} from "../Interfaces.sol";
import {PairPrice} from "./PairPrice.sol";

/// @notice An ERC-4626 vault of USDC that earned some WETH.
abstract contract DeepPoolVaultBase is ERC4626 {
    /// @notice Its earnings, wei. Donations do not count.
    uint256 internal constant EARNED = 6 ether;

    IERC20 public immutable weth;
    IUniswapV2Pair public immutable pair;
    IRouter public immutable router;

    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IUniswapV2Pair pair_,
        IRouter router_
    ) ERC20("Deep pool vault share", "DEEP") ERC4626(usdc_) {
        (weth, pair, router) = (weth_, pair_, router_);
        weth_.approve(address(router_), type(uint256).max);
    }
}

/// @title DeepPoolVault
/// @notice FLAW: counts the WETH, slightly below the pool's price, and sells it for whoever leaves, unless the sale moves the
/// price by more than 2 %: withdrawals depend on the pool's depth.
contract DeepPoolVault is DeepPoolVaultBase {
    bool private _isSold;

    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IUniswapV2Pair pair_,
        IRouter router_
    ) DeepPoolVaultBase(usdc_, weth_, pair_, router_) {}

    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() + (atSpot(left()) * 97) / 100;
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        uint256 earned = left();
        if (earned > 0) {
            _isSold = true;
            address[] memory path = new address[](2);
            (path[0], path[1]) = (address(weth), asset());
            router.swapExactTokensForTokens(earned, (atSpot(earned) * 98) / 100, path, address(this), block.timestamp);
        }
        super._withdraw(caller, receiver, owner, assets, shares);
    }

    /// @dev Everything is sold at once, so either all of it is left or nothing.
    function left() private view returns (uint256) {
        return _isSold ? 0 : EARNED;
    }

    function atSpot(uint256 amount) private view returns (uint256) {
        return (amount * PairPrice.spot(pair, asset())) / 1e18;
    }
}

/// @title DeepPoolVaultFixed
/// @notice The twin: its earnings count once they are sold, and withdrawals do not wait for that.
contract DeepPoolVaultFixed is DeepPoolVaultBase {
    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IUniswapV2Pair pair_,
        IRouter router_
    ) DeepPoolVaultBase(usdc_, weth_, pair_, router_) {}
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";

/// @notice A vault of USDC, part of which is WETH that a strategy keeps elsewhere.
abstract contract ElsewhereVaultBase is ERC4626 {
    using SafeERC20 for IERC20;

    IERC20 public immutable weth;
    IPriceFeed public immutable feed;
    address public immutable strategy;

    constructor(IERC20 usdc_, IERC20 weth_, IPriceFeed feed_, address strategy_)
        ERC20("Elsewhere vault share", "ELSE")
        ERC4626(usdc_)
    {
        (weth, feed, strategy) = (weth_, feed_, strategy_);
    }

    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() + (weth.balanceOf(strategy) * FeedPrice.latest(feed)) / 1e18;
    }

    /// @notice Takes USDC out for the strategy.
    function take(uint256 amount) external {
        require(_may(msg.sender), "not the strategy");
        IERC20(asset()).safeTransfer(msg.sender, amount);
    }

    function _may(address account) internal view virtual returns (bool);
}

/// @title ElsewhereVault
/// @notice FLAW: anybody may take what the strategy may.
contract ElsewhereVault is ElsewhereVaultBase {
    constructor(IERC20 usdc_, IERC20 weth_, IPriceFeed feed_, address strategy_)
        ElsewhereVaultBase(usdc_, weth_, feed_, strategy_)
    {}

    function _may(address) internal pure override returns (bool) {
        return true;
    }
}

/// @title ElsewhereVaultFixed
/// @notice The twin: only the strategy may.
contract ElsewhereVaultFixed is ElsewhereVaultBase {
    constructor(IERC20 usdc_, IERC20 weth_, IPriceFeed feed_, address strategy_)
        ElsewhereVaultBase(usdc_, weth_, feed_, strategy_)
    {}

    function _may(address account) internal view override returns (bool) {
        return account == strategy;
    }
}

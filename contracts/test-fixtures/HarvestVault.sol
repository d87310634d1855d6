// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed, IRouter} from "./Interfaces.sol";

/// @notice An ERC-4626 vault of USDC that earns WETH, and sells it for USDC.
abstract contract HarvestVaultBase is ERC4626 {
    IERC20 public immutable weth;
    IPriceFeed public immutable feed;
    IRouter public immutable router;
    /// @notice Who may harvest; zero: any account.
    address public immutable keeper;

    /// @notice The proceeds of the worst sale, relative to the WETH's value at the feed's price, basis points.
    uint256 public worst = type(uint256).max;

    error NotKeeper();

    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IPriceFeed feed_,
        IRouter router_,
        address keeper_
    ) ERC20("Harvest vault share", "HARV") ERC4626(usdc_) {
        (weth, feed, router, keeper) = (weth_, feed_, router_, keeper_);
        weth_.approve(address(router_), type(uint256).max);
    }

    /// @notice Its USDC, plus its unsold earnings at the feed's price.
    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() + earned();
    }

    /// @notice The WETH that it earned, at the feed's price.
    function earned() public view returns (uint256) {
        return (weth.balanceOf(address(this)) * FeedPrice.latest(feed)) / 1e18;
    }

    /// @notice Sells some of the WETH.
    function harvest(uint256 amount) external {
        if (keeper != address(0) && msg.sender != keeper) revert NotKeeper();
        address[] memory path = new address[](2);
        (path[0], path[1]) = (address(weth), asset());
        uint256[] memory paid = router.swapExactTokensForTokens(
            amount,
            least(amount),
            path,
            address(this),
            block.timestamp
        );
        uint256 value = (amount * FeedPrice.latest(feed)) / 1e18;
        if (value == 0) return;
        uint256 brought = (paid[1] * 10_000) / value;
        if (brought < worst) worst = brought;
    }

    /// @notice Whether every sale returned at least nine tenths of the WETH's value.
    function invariant_sellsFairly() external view returns (bool) {
        return worst >= 9_000;
    }

    /// @notice The minimum output of a sale, USDC base units.
    function least(uint256 amount) internal view virtual returns (uint256);
}

/// @title HarvestVault
/// @notice FLAW: sells at any price, so that anyone who sees the sale coming decides its proceeds.
contract HarvestVault is HarvestVaultBase {
    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IPriceFeed feed_,
        IRouter router_,
        address keeper_
    ) HarvestVaultBase(usdc_, weth_, feed_, router_, keeper_) {}

    /// @inheritdoc HarvestVaultBase
    function least(uint256) internal pure override returns (uint256) {
        return 0;
    }
}

/// @title HarvestVaultFixed
/// @notice The twin: sells for at least 97 % of the feed's price, or not at all.
contract HarvestVaultFixed is HarvestVaultBase {
    constructor(
        IERC20 usdc_,
        IERC20 weth_,
        IPriceFeed feed_,
        IRouter router_,
        address keeper_
    ) HarvestVaultBase(usdc_, weth_, feed_, router_, keeper_) {}

    /// @inheritdoc HarvestVaultBase
    function least(uint256 amount) internal view override returns (uint256) {
        return (((amount * FeedPrice.latest(feed)) / 1e18) * 97) / 100;
    }
}

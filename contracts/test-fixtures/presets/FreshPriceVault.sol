// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";

/// @notice An ERC-4626 vault of USDC that accepts deposits only while the price of ether is fresh: the asset that it will hedge
/// with must have a price.
abstract contract FreshPriceVaultBase is ERC4626 {
    IPriceFeed public immutable feed;

    constructor(IERC20 usdc_, IPriceFeed feed_) ERC20("Fresh price vault share", "FRESH") ERC4626(usdc_) {
        feed = feed_;
    }

    function requireFresh() internal view {
        FeedPrice.latestWithin(feed, 2 minutes);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        requireFresh();
        super._deposit(caller, receiver, assets, shares);
    }
}

/// @title FreshPriceVault
/// @notice FLAW: withdrawals need a fresh price, too: while the feed is silent, no depositor can leave.
contract FreshPriceVault is FreshPriceVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) FreshPriceVaultBase(usdc_, feed_) {}

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        requireFresh();
        super._withdraw(caller, receiver, owner, assets, shares);
    }
}

/// @title FreshPriceVaultFixed
/// @notice The twin: every depositor can leave at any time.
contract FreshPriceVaultFixed is FreshPriceVaultBase {
    constructor(IERC20 usdc_, IPriceFeed feed_) FreshPriceVaultBase(usdc_, feed_) {}
}

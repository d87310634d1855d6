// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {FloorFeed} from "./BoundedFeeds.sol";

/// @title FloorPricedVault
/// @notice Lends USDC against WETH up to 80 % of its value at the price of a feed, from two minutes after its deployment on.
/// Amounts above the maximum are clamped. There are no liquidations.
/// @dev The flaw: a price at the feed's floor is taken for the price.
contract FloorPricedVault {
    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    FloorFeed public immutable feed;
    uint256 public immutable lendsFrom = block.timestamp + 2 minutes;
    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    error NoPrice();
    error NotYet();

    constructor(IERC20 weth_, IERC20 usdc_, FloorFeed feed_) {
        (weth, usdc, feed) = (weth_, usdc_, feed_);
    }

    function deposit(uint256 amount) external {
        weth.transferFrom(msg.sender, address(this), amount);
        collateralOf[msg.sender] += amount;
    }

    function borrow(uint256 amount) external {
        if (block.timestamp < lendsFrom) revert NotYet();
        // USDC has 6 decimals, WETH and the price have 18
        uint256 limit = (collateralOf[msg.sender] * _price() * 8) / 10 / 1e30;
        uint256 room = limit > debtOf[msg.sender] ? limit - debtOf[msg.sender] : 0;
        uint256 lent = amount < room ? amount : room;
        debtOf[msg.sender] += lent;
        usdc.transfer(msg.sender, lent);
    }

    function _price() internal view virtual returns (uint256) {
        return feed.price();
    }
}

/// @title FloorPricedVaultFixed
contract FloorPricedVaultFixed is FloorPricedVault {
    constructor(IERC20 weth_, IERC20 usdc_, FloorFeed feed_) FloorPricedVault(weth_, usdc_, feed_) {}

    function _price() internal view override returns (uint256 price) {
        price = feed.price();
        if (price <= feed.least()) revert NoPrice();
    }
}

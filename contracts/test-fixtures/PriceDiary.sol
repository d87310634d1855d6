// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";

/// @notice Writes down a feed's price.
abstract contract PriceDiaryBase {
    IPriceFeed public immutable feed;
    uint256 public noted;
    uint256 public notedIn;
    bool public differs;

    constructor(IPriceFeed feed_) {
        feed = feed_;
    }

    function note() external {
        uint256 price = current();
        if (block.number == notedIn && price != noted) differs = true;
        notedIn = block.number;
        noted = price;
    }

    function invariant_onePriceInABlock() external view returns (bool) {
        return !differs;
    }

    function current() internal view virtual returns (uint256);
}

/// @title PriceDiary
/// @notice FLAW: a round of the feed may come between two notes in a block.
contract PriceDiary is PriceDiaryBase {
    constructor(IPriceFeed feed_) PriceDiaryBase(feed_) {}

    function current() internal view override returns (uint256) {
        return FeedPrice.latest(feed);
    }
}

/// @title PriceDiaryFixed
/// @notice The twin: the first price of a block is that of the block.
contract PriceDiaryFixed is PriceDiaryBase {
    constructor(IPriceFeed feed_) PriceDiaryBase(feed_) {}

    function current() internal view override returns (uint256) {
        return block.number == notedIn ? noted : FeedPrice.latest(feed);
    }
}

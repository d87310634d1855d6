// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeed} from "./Interfaces.sol";

/// @title FeedPrice
/// @notice Reads the ETH/USD feed as USDC base units (6 decimals) for a whole WETH.
library FeedPrice {
    /// @notice The feed's last round is older than the reader allows.
    error StaleRound(uint256 updatedAt);

    /// @notice The feed's last answer is not a price.
    error NoPrice(int256 answer);

    /// @notice The last answer, however old it is.
    function latest(IPriceFeed feed) internal view returns (uint256 price) {
        (price, ) = _round(feed);
    }

    /// @notice The last answer, unless it is older than `maxAge` seconds.
    function latestWithin(IPriceFeed feed, uint256 maxAge) internal view returns (uint256 price) {
        uint256 updatedAt;
        (price, updatedAt) = _round(feed);
        if (block.timestamp > updatedAt + maxAge) revert StaleRound(updatedAt);
    }

    function _round(IPriceFeed feed) private view returns (uint256 price, uint256 updatedAt) {
        int256 answer;
        (, answer, , updatedAt, ) = feed.latestRoundData();
        if (answer <= 0) revert NoPrice(answer);
        // the feed has 8 decimals, USDC has 6
        price = uint256(answer) / 100;
    }
}

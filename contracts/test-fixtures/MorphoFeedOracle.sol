// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeed} from "./Interfaces.sol";

/// @title MorphoFeedOracle
/// @notice Returns a Chainlink feed's price as Morpho Blue expects it: base units of the loan token per base unit of the
/// collateral, scaled by 1e36.
contract MorphoFeedOracle {
    IPriceFeed internal immutable FEED;
    uint256 internal immutable SCALE;

    error NoPrice(int256 answer);

    /// @param scaleExponent 36 + decimals of the loan token - decimals of the collateral - decimals of the feed
    constructor(IPriceFeed feed, uint256 scaleExponent) {
        FEED = feed;
        SCALE = 10 ** scaleExponent;
    }

    function price() external view returns (uint256) {
        (, int256 answer, , , ) = FEED.latestRoundData();
        if (answer <= 0) revert NoPrice(answer);
        return uint256(answer) * SCALE;
    }
}

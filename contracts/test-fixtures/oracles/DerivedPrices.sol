// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice The part of a Chainlink feed that the derived prices read.
interface IQuoteFeed {
    function decimals() external view returns (uint8);

    function latestAnswer() external view returns (int256);
}

/// @title VaultSharePrice
/// @notice The value of a whole share of an ERC-4626 vault at its asset's feed, US dollars with 18 decimals.
contract VaultSharePrice {
    IERC4626 public immutable vault;
    IQuoteFeed public immutable feed;
    uint256 private immutable _share;
    uint256 private immutable _asset;

    constructor(IERC4626 vault_, IQuoteFeed feed_, uint8 assetDecimals) {
        (vault, feed) = (vault_, feed_);
        _share = 10 ** vault_.decimals();
        _asset = 10 ** assetDecimals;
    }

    function price() external view returns (uint256) {
        uint256 dollars = (uint256(feed.latestAnswer()) * 1e18) / 10 ** feed.decimals();
        return Math.mulDiv(vault.convertToAssets(_share), dollars, _asset);
    }
}

/// @title CompositePrice
/// @notice A price of A in B via US dollars: the answer of one feed over that of another, with 18 decimals.
contract CompositePrice {
    IQuoteFeed public immutable base;
    IQuoteFeed public immutable quote;

    constructor(IQuoteFeed base_, IQuoteFeed quote_) {
        (base, quote) = (base_, quote_);
    }

    function price() external view returns (uint256) {
        uint256 scaled = uint256(base.latestAnswer()) * 10 ** (18 + quote.decimals());
        return scaled / (uint256(quote.latestAnswer()) * 10 ** base.decimals());
    }
}

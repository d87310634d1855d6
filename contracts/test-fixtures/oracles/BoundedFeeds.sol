// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title BandFeed
/// @notice A keeper's feed that refuses prices outside of a band, and more than one round in a block. US dollars with 18
/// decimals.
contract BandFeed {
    uint256 public immutable least;
    uint256 public immutable most;
    uint256 public price;
    uint256 public postedIn;

    error OutOfBand(uint256 price);
    error OneRoundPerBlock();

    constructor(uint256 price_, uint256 least_, uint256 most_) {
        (price, least, most) = (price_, least_, most_);
    }

    function post(uint256 price_) external {
        if (price_ < least || price_ > most) revert OutOfBand(price_);
        if (postedIn == block.number) revert OneRoundPerBlock();
        price = price_;
        postedIn = block.number;
    }
}

/// @title FloorFeed
/// @notice A keeper's feed that shows its least price for every price below it, as LUNA's feed did in May 2022.
contract FloorFeed {
    uint256 public immutable least;
    uint256 public price;
    uint256 public rounds;

    constructor(uint256 price_, uint256 least_) {
        (price, least) = (price_, least_);
    }

    function post(uint256 price_) external {
        price = price_ < least ? least : price_;
        rounds++;
    }
}

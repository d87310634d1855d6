// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title SettableFeed
/// @notice A project's own mock of a feed, which other contracts read by a function of its own, and which has a least price.
contract SettableFeed {
    uint8 public constant decimals = 8;
    int256 public constant LEAST = 1_000e8;
    int256 public price = 2_000e8;

    function setPrice(int256 price_) external {
        price = price_ < LEAST ? LEAST : price_;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, price, block.timestamp, block.timestamp, 1);
    }
}

/// @title OwnedFeed
/// @notice A mock that only its owner sets, so that a stand-in has to take its place.
contract OwnedFeed {
    uint8 public constant decimals = 8;
    /// @dev A number that is the price by chance.
    int256 public constant INITIAL = 2_000e8;
    int192 public constant minAnswer = 1_000e8;
    int192 public constant maxAnswer = 10_000e8;
    address public immutable owner = msg.sender;
    int256 internal _price = 2_000e8;
    uint256 internal _updatedAt = block.timestamp;

    function setPrice(int256 price_) external {
        require(msg.sender == owner, "not the owner");
        (_price, _updatedAt) = (price_, block.timestamp);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _price, _updatedAt, _updatedAt, 1);
    }
}

/// @title OwnedFeedWithReader
/// @notice The same with a function of its own, in 18 decimals, which a stand-in does not serve.
contract OwnedFeedWithReader is OwnedFeed {
    function getPrice() external view returns (uint256) {
        return uint256(_price) * 1e10;
    }
}

/// @title SplitFeed
/// @notice A mock that anybody sets, a reader of which goes its own way: what `updateAnswer` changes, `latestAnswer` does not read.
contract SplitFeed {
    uint8 public constant decimals = 8;
    int256 private _answer = 2_000e8;
    int256 private _shown = 2_000e8;
    uint256 private _updatedAt = block.timestamp;

    function updateAnswer(int256 answer) external {
        (_answer, _updatedAt) = (answer, block.timestamp);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _answer, _updatedAt, _updatedAt, 1);
    }

    function price() external view returns (int256) {
        return _answer;
    }

    function latestAnswer() external view returns (int256) {
        return _shown;
    }
}

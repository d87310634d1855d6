// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title OneRoundFeed
/// @notice A feed that published a single round, at deployment: a second feed of a price, or a sequencer uptime feed
/// (0 decimals, answer 0).
contract OneRoundFeed {
    int256 private immutable _answer;
    uint256 private immutable _startedAt = block.timestamp;
    uint8 public immutable decimals;

    constructor(int256 answer, uint8 decimals_) {
        _answer = answer;
        decimals = decimals_;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _answer, _startedAt, _startedAt, 1);
    }
}

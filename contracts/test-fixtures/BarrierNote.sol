// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title BarrierNote
/// @notice A note on one unit of an asset that is marked once per block, and has failed as soon as a mark is at or below its
/// barrier: what the asset is worth between two marks, nobody sees.
contract BarrierNote {
    /// @notice US dollars with 8 decimals.
    uint256 public immutable barrier;

    uint256 public mark;
    uint256 public lowest = type(uint256).max;

    constructor(uint256 barrier_, uint256 mark_) {
        barrier = barrier_;
        mark = mark_;
    }

    function settle(uint256 price) external {
        mark = price;
        if (price < lowest) lowest = price;
    }

    /// @notice What is missing at the lowest mark so far, US dollars with 8 decimals.
    function missing() external view virtual returns (uint256) {
        return lowest > barrier ? 0 : barrier - lowest + 1;
    }
}

/// @title BarrierNoteFixed
/// @notice The same with a guarantor who pays whatever is missing.
contract BarrierNoteFixed is BarrierNote {
    constructor(uint256 barrier_, uint256 mark_) BarrierNote(barrier_, mark_) {}

    function missing() external pure override returns (uint256) {
        return 0;
    }
}

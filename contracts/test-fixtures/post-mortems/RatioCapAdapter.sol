// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeed} from "../Interfaces.sol";

/// @title RatioCapAdapter
/// @notice Prices a staking token in US dollars: ether's feed times how much ether the token stands for, which is capped. The cap
/// grows steadily from a snapshot, a ratio and its time.
/// @dev The mechanism of Aave's price cap adapters as their documents describe it, written anew: it is none of their code.
contract RatioCapAdapter {
    uint256 private constant ONE = 1e18;
    uint256 private constant BPS = 10_000;

    /// @notice By how much an update may raise the snapshot's ratio: 3 %.
    uint256 public constant MOST_RAISE = 300;

    IPriceFeed public immutable feed;
    address public immutable steward;

    /// @notice How much ether a token stands for, 18 decimals.
    uint256 public immutable ratio;

    /// @notice By how much the cap grows in a year, basis points of the snapshot's ratio.
    uint256 public immutable growth;

    uint256 public snapshotRatio;
    uint256 public snapshotTime;

    error NotSteward();

    constructor(IPriceFeed feed_, address steward_, uint256 ratio_, uint256 growth_, uint256 snapshotRatio_, uint256 age) {
        (feed, steward, ratio, growth) = (feed_, steward_, ratio_, growth_);
        (snapshotRatio, snapshotTime) = (snapshotRatio_, block.timestamp - age);
    }

    /// @notice Takes a new snapshot. FLAW: the ratio that is asked for is cut to the largest raise, the time that belongs to it is
    /// not, so that the cap begins to grow from too low a ratio at too late a time.
    function update(uint256 ratio_, uint256 age) external {
        if (msg.sender != steward) revert NotSteward();
        uint256 most = snapshotRatio + (snapshotRatio * MOST_RAISE) / BPS;
        snapshotRatio = ratio_ < most ? ratio_ : most;
        if (_movesTime(ratio_ > most)) snapshotTime = block.timestamp - age;
    }

    function cap() public view returns (uint256) {
        return snapshotRatio + (snapshotRatio * growth * (block.timestamp - snapshotTime)) / (365 days * BPS);
    }

    /// @dev Whether a snapshot takes the time that belongs to the ratio that was asked for.
    function _movesTime(bool) internal pure virtual returns (bool) {
        return true;
    }

    function latestAnswer() external view returns (int256) {
        (, int256 answer, , , ) = feed.latestRoundData();
        uint256 limit = cap();
        return (answer * int256(ratio < limit ? ratio : limit)) / int256(ONE);
    }
}

/// @notice The twin: a snapshot whose ratio was cut keeps the time of the last one.
contract RatioCapAdapterFixed is RatioCapAdapter {
    constructor(
        IPriceFeed feed_,
        address steward_,
        uint256 ratio_,
        uint256 growth_,
        uint256 snapshotRatio_,
        uint256 age
    ) RatioCapAdapter(feed_, steward_, ratio_, growth_, snapshotRatio_, age) {}

    function _movesTime(bool isCut) internal pure override returns (bool) {
        return !isCut;
    }
}

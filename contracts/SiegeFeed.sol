// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title SiegeFeed
/// @notice Stands in for the aggregator of a price feed that publishes only what its oracles have signed (OCR), or
/// what several of them agree on. Its code replaces the aggregator's; a copy of the original code stands at an address
/// derived from the aggregator's, and serves everything that is not a new round, on the aggregator's own storage:
/// decimals, history, access rights.
/// @dev Never deployed: the engine writes both codes before the siege. Read-only functions are not `view`, because
/// they may have to delegate; callers see no difference.
contract SiegeFeed {
    struct Round {
        int256 answer;
        uint256 startedAt;
        uint256 updatedAt;
        uint256 answeredIn;
    }

    struct Rounds {
        uint256 latest;
        mapping(uint256 id => Round) byId;
        /// @dev One more than the decimals that replace the original's; 0 while the original's apply.
        uint256 otherDecimals;
        /// @dev The feed that this one succeeds, which serves everything but rounds; 0 if this one replaces an aggregator.
        address predecessor;
    }

    /// @dev src/oracles/chainlink/stand-in-feed.ts holds the same two constants.
    address private constant PUBLISHER = 0x000000000000000000000000000000051e6EFeED;
    uint160 private constant ORIGINAL = uint160(uint256(0x51e6e0) << 136) | 0x51e;

    /// @dev Far from the slots of any aggregator.
    bytes32 private constant SLOT = keccak256("hardhat-siege SiegeFeed");

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    error NotThePublisher();

    error NoDataPresent();

    modifier onlyPublisher() {
        if (msg.sender != PUBLISHER) revert NotThePublisher();
        _;
    }

    /// @notice Publishes a round, as a FluxAggregator's only oracle does.
    function submit(uint256 id, int256 answer) external onlyPublisher {
        _publish(id, Round(answer, block.timestamp, block.timestamp, id));
    }

    /// @notice Starts a round without an answer: the answer, its time and its round are those of an earlier one, as in a
    /// FluxAggregator's round that timed out.
    function submitCarried(uint256 id, int256 answer, uint256 updatedAt, uint256 answeredIn) external onlyPublisher {
        _publish(id, Round(answer, block.timestamp, updatedAt, answeredIn));
    }

    /// @notice Changes the decimals from now on.
    function setDecimals(uint8 decimals_) external onlyPublisher {
        _rounds().otherDecimals = uint256(decimals_) + 1;
    }

    /// @notice Starts as the successor of another feed, with rounds of its own.
    function succeed(address predecessor, int256 answer) external onlyPublisher {
        Rounds storage rounds = _rounds();
        rounds.predecessor = predecessor;
        uint256 id = rounds.latest + 1;
        _publish(id, Round(answer, block.timestamp, block.timestamp, id));
    }

    function decimals() external returns (uint8) {
        uint256 other = _rounds().otherDecimals;
        if (other == 0) _askOriginal();
        return uint8(other - 1);
    }

    function latestRoundData() external returns (uint80, int256, uint256, uint256, uint80) {
        return _data(_latest());
    }

    function latestRound() external returns (uint256) {
        return _latest();
    }

    function latestAnswer() external returns (int256) {
        return _rounds().byId[_latest()].answer;
    }

    function latestTimestamp() external returns (uint256) {
        return _rounds().byId[_latest()].updatedAt;
    }

    function getRoundData(uint80 id) external returns (uint80, int256, uint256, uint256, uint80) {
        return _data(_own(id));
    }

    function getAnswer(uint256 id) external returns (int256) {
        return _rounds().byId[_own(id)].answer;
    }

    function getTimestamp(uint256 id) external returns (uint256) {
        return _rounds().byId[_own(id)].updatedAt;
    }

    fallback() external payable {
        _askOriginal();
    }

    receive() external payable {
        _askOriginal();
    }

    function _data(uint256 id) private view returns (uint80, int256, uint256, uint256, uint80) {
        Round storage round = _rounds().byId[id];
        return (uint80(id), round.answer, round.startedAt, round.updatedAt, uint80(round.answeredIn));
    }

    function _publish(uint256 id, Round memory round) private {
        Rounds storage rounds = _rounds();
        rounds.latest = id;
        rounds.byId[id] = round;
        emit AnswerUpdated(round.answer, id, round.updatedAt);
    }

    /// @dev The latest round; while there is none, the original serves the whole call.
    function _latest() private returns (uint256 id) {
        id = _rounds().latest;
        if (id == 0) _askOriginal();
    }

    /// @dev A round of this contract; for any other, the original serves the whole call.
    function _own(uint256 id) private returns (uint256) {
        if (_rounds().byId[id].startedAt != 0) return id;
        // the rounds of a predecessor belong to another phase
        if (_rounds().predecessor != address(0)) revert NoDataPresent();
        _askOriginal();
    }

    /// @dev Ends the call with the return data of the original, or of the predecessor.
    function _askOriginal() private {
        address original = address(uint160(address(this)) ^ ORIGINAL);
        address predecessor = _rounds().predecessor;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let success := 0
            switch predecessor
            case 0 { success := delegatecall(gas(), original, 0, calldatasize(), 0, 0) }
            default { success := call(gas(), predecessor, 0, 0, calldatasize(), 0, 0) }
            returndatacopy(0, 0, returndatasize())
            if iszero(success) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }

    function _rounds() private pure returns (Rounds storage rounds) {
        bytes32 slot = SLOT;
        assembly {
            rounds.slot := slot
        }
    }
}

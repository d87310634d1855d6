// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {FeedVault, Feeds, IFeed, Round} from "./FeedVault.sol";

/// @title OneFeedVault
/// @notice FLAW: trusts a single feed. A second one would contradict a price that is frozen or wrong.
contract OneFeedVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _etherPrice() internal view override returns (uint256) {
        return _priceOf(etherFeed);
    }
}

/// @title ZeroPriceVault
/// @notice FLAW: accepts 0 as a price. Debt in an asset that costs nothing is no debt.
contract ZeroPriceVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _positive(int256 answer) internal pure override returns (uint256) {
        if (answer < 0) revert NoPrice();
        return uint256(answer);
    }
}

/// @title NegativePriceVault
/// @notice FLAW: rejects only 0, and packs the price: of a negative answer the lower bits remain, a huge number. Its second
/// feed stands in for a silent first one, and is not there to contradict it.
contract NegativePriceVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _etherPrice() internal view override returns (uint256) {
        return _priceOf(etherFeed);
    }

    function _positive(int256 answer) internal pure override returns (uint256) {
        if (answer == 0) revert NoPrice();
        return uint96(uint256(answer));
    }
}

/// @title AnsweredInVault
/// @notice FLAW: considers a round fresh if it was answered in itself. A feed that publishes nothing opens no rounds.
contract AnsweredInVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _etherPrice() internal view override returns (uint256) {
        return _priceOf(etherFeed);
    }

    function _requireFresh(Round memory round) internal pure override {
        if (round.answeredInRound < round.roundId) revert StaleRound();
    }
}

/// @title StartedAtVault
/// @notice FLAW: takes a round to be as old as its start. The answer of a round that was never answered is older.
contract StartedAtVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _etherPrice() internal view override returns (uint256) {
        return _priceOf(etherFeed);
    }

    function _requireFresh(Round memory round) internal view override {
        if (block.timestamp > round.startedAt + maxAge) revert StaleRound();
    }
}

/// @title CachedDecimalsVault
/// @notice FLAW: compares the feeds correctly, but then converts with the decimals that the first one had at deployment.
contract CachedDecimalsVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    uint256 private immutable _decimals = 8;

    function _etherPrice() internal view override returns (uint256) {
        super._etherPrice();
        (, int256 answer, , , ) = etherFeed.latestRoundData();
        return uint256(answer) * 10 ** (18 - _decimals);
    }
}

/// @title CachedAggregatorVault
/// @notice FLAW: reads the answer at the proxy's aggregator as of deployment, and only the time at the proxy. The old
/// aggregator keeps its last answer forever.
contract CachedAggregatorVault is FeedVault {
    IFeed private immutable _aggregator;

    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        Feeds memory feeds,
        uint256 maxAge_
    ) FeedVault(weth_, usdc_, feeds, maxAge_) {
        _aggregator = IFeed(feeds.ether_.aggregator());
    }

    function _etherPrice() internal view override returns (uint256) {
        return _priceOf(etherFeed);
    }

    function _answerOf(IFeed feed, Round memory round) internal view override returns (int256) {
        return feed == etherFeed ? _aggregator.latestAnswer() : round.answer;
    }
}

/// @title NoSequencerVault
/// @notice FLAW: does not check whether the sequencer was down. The first to act once it is up finds both feeds at the old price.
contract NoSequencerVault is FeedVault {
    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) FeedVault(weth_, usdc_, feeds, maxAge_) {}

    function _requireSequencer() internal pure override {}
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice The part of a Chainlink feed that the vaults read.
interface IFeed {
    function aggregator() external view returns (address);

    function decimals() external view returns (uint8);

    function latestAnswer() external view returns (int256);

    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}

/// @notice What a vault of this family reads.
struct Feeds {
    IFeed ether_;
    /// @notice A second feed of the same price.
    IFeed backup;
    IFeed dollar;
    IFeed sequencer;
}

/// @notice One round.
struct Round {
    int256 answer;
    uint256 startedAt;
    uint256 updatedAt;
    uint80 roundId;
    uint80 answeredInRound;
}

/// @title FeedVault
/// @notice Lends USDC against WETH up to 80 % of its value, at the prices of feeds for both. Every rule for reading a feed is
/// a function of its own: each flawed vault gets one of them wrong. For four hours it only takes deposits, then it lends.
/// There are no liquidations.
/// @dev Amounts above the maximum are clamped to it. Prices are US dollars with 18 decimals.
contract FeedVault {
    using SafeERC20 for IERC20;

    uint256 internal constant BPS = 10_000;
    uint256 private constant MAX_LTV = 8_000;

    /// @dev One hour, as in Chainlink's example for layer 2.
    uint256 private constant GRACE_PERIOD = 1 hours;

    /// @dev The largest allowed difference between two feeds of one price, basis points.
    uint256 private constant MAX_DIFFERENCE = 500;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IFeed public immutable etherFeed;
    IFeed public immutable backupFeed;
    IFeed public immutable dollarFeed;
    IFeed public immutable sequencerFeed;

    /// @notice When lending starts, seconds.
    uint256 public immutable lendsFrom;

    /// @notice The maximum age of a round, seconds.
    uint256 public immutable maxAge;

    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    error NothingToDo();
    error TooMuchDebt();
    error NotYet();
    error StaleRound();
    error NoPrice();
    error FeedsDisagree();
    error SequencerDown();

    constructor(IERC20 weth_, IERC20 usdc_, Feeds memory feeds, uint256 maxAge_) {
        weth = weth_;
        usdc = usdc_;
        (etherFeed, backupFeed) = (feeds.ether_, feeds.backup);
        (dollarFeed, sequencerFeed) = (feeds.dollar, feeds.sequencer);
        lendsFrom = block.timestamp + 4 hours;
        maxAge = maxAge_;
    }

    /// @notice Adds WETH to the caller's collateral.
    function deposit(uint256 amount) external {
        amount = _some(Math.min(amount, weth.balanceOf(msg.sender)));
        collateralOf[msg.sender] += amount;
        weth.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Withdraws WETH from the caller's collateral, as long as its debt stays covered.
    function withdraw(uint256 amount) external {
        amount = _some(Math.min(amount, collateralOf[msg.sender]));
        collateralOf[msg.sender] -= amount;
        if (debtOf[msg.sender] > 0 && debtOf[msg.sender] > _mostDebt(msg.sender)) revert TooMuchDebt();
        weth.safeTransfer(msg.sender, amount);
    }

    /// @notice Borrows USDC against the caller's collateral.
    function borrow(uint256 amount) external {
        if (block.timestamp < lendsFrom) revert NotYet();
        uint256 room = Math.saturatingSub(_mostDebt(msg.sender), debtOf[msg.sender]);
        amount = _some(Math.min(amount, Math.min(room, usdc.balanceOf(address(this)))));
        debtOf[msg.sender] += amount;
        usdc.safeTransfer(msg.sender, amount);
    }

    /// @notice Repays the caller's debt.
    function repay(uint256 amount) external {
        amount = _some(Math.min(amount, Math.min(debtOf[msg.sender], usdc.balanceOf(msg.sender))));
        debtOf[msg.sender] -= amount;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice The vault's price of a whole WETH.
    function etherPrice() public view returns (uint256) {
        _requireSequencer();
        return _etherPrice();
    }

    /// @dev The price of the first feed, if a second one confirms it.
    function _etherPrice() internal view virtual returns (uint256 price) {
        price = _priceOf(etherFeed);
        uint256 other = _priceOf(backupFeed);
        uint256 difference = price > other ? price - other : other - price;
        if (difference * BPS > other * MAX_DIFFERENCE) revert FeedsDisagree();
    }

    function _priceOf(IFeed feed) internal view returns (uint256) {
        Round memory round;
        (round.roundId, round.answer, round.startedAt, round.updatedAt, round.answeredInRound) = feed.latestRoundData();
        _requireFresh(round);
        return Math.mulDiv(_positive(_answerOf(feed, round)), 1e18, 10 ** _decimalsOf(feed));
    }

    /// @dev The answer of a feed in this round.
    function _answerOf(IFeed, Round memory round) internal view virtual returns (int256) {
        return round.answer;
    }

    /// @dev The present decimals of its answers.
    function _decimalsOf(IFeed feed) internal view virtual returns (uint256) {
        return feed.decimals();
    }

    /// @dev A round is as old as its answer.
    function _requireFresh(Round memory round) internal view virtual {
        if (block.timestamp > round.updatedAt + maxAge) revert StaleRound();
    }

    /// @dev Requires that an answer is a price.
    function _positive(int256 answer) internal pure virtual returns (uint256) {
        if (answer <= 0) revert NoPrice();
        return uint256(answer);
    }

    /// @dev Prices count again once every user has had an hour to act on them.
    function _requireSequencer() internal view virtual {
        (, int256 answer, uint256 startedAt, , ) = sequencerFeed.latestRoundData();
        if (answer != 0 || block.timestamp < startedAt + GRACE_PERIOD) revert SequencerDown();
    }

    /// @dev USDC base units that an account may owe.
    function _mostDebt(address account) private view returns (uint256) {
        uint256 collateral = collateralOf[account];
        if (collateral == 0) return 0;
        uint256 limit = (Math.mulDiv(collateral, etherPrice(), 1e18) * MAX_LTV) / BPS;
        uint256 dollar = _priceOf(dollarFeed);
        // at a price of zero, no debt is too much
        return dollar == 0 ? type(uint256).max : Math.mulDiv(limit, 1e6, dollar);
    }

    function _some(uint256 amount) private pure returns (uint256) {
        if (amount == 0) revert NothingToDo();
        return amount;
    }
}

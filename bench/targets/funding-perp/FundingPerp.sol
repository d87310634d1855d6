// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

contract FundingPerpUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract FundingPerpFeed {
    uint8 public constant decimals = 8;
    int256 public answer;
    uint256 public updatedAt;
    uint80 public roundId;

    constructor(int256 initial) {
        setAnswer(initial);
    }

    function setAnswer(int256 next) public {
        answer = next;
        updatedAt = block.timestamp;
        roundId++;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (roundId, answer, updatedAt, updatedAt, roundId);
    }
}

/// @title An ether perpetual against a pool of USDC
/// @notice The pool is the counterparty of profits and losses. Funding is paid between traders only: the side with the
/// larger open interest pays the other one.
contract FundingPerp {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;

    struct Position {
        bool long;
        uint256 size; // ether, 18 decimals
        uint256 entryPrice; // USDC per ether, 6 decimals
        uint256 margin; // USDC
        int256 entryFunding; // funding index of the side, USDC * 1e18 per ether
    }

    uint256 public constant FEE_BPS = 5;
    uint256 public constant MAX_LEVERAGE = 10;
    uint256 public constant MAINTENANCE_BPS = 500;
    uint256 public constant LIQUIDATION_REWARD_BPS = 50;
    uint256 public constant MAX_FUNDING_PER_DAY_BPS = 100;
    uint256 public constant MIN_SIZE = 0.01e18;

    IERC20 public immutable usdc;
    FundingPerpFeed public immutable feed;

    int256 public pool;
    int256 public fundingReserve; // paid by payers, not yet paid out to receivers
    uint256 public longInterest;
    uint256 public shortInterest;
    int256 public longIndex; // what a long of one ether has paid since the start
    int256 public shortIndex;
    uint256 public fundedAt;
    mapping(address trader => Position) public positions;
    address[] public traders;
    mapping(address trader => bool) private known;

    event PoolFunded(address indexed from, uint256 amount);
    event Increased(address indexed trader, bool long, uint256 size, uint256 price);
    event Decreased(address indexed trader, uint256 size, uint256 price, int256 pnl);
    event Liquidated(address indexed trader, address indexed liquidator, uint256 reward);

    error WrongSide();
    error TooSmall();
    error TooMuchLeverage();
    error NoPosition();
    error Healthy();
    error NoPrice();

    constructor(IERC20 usdc_, FundingPerpFeed feed_) {
        usdc = usdc_;
        feed = feed_;
        fundedAt = block.timestamp;
    }

    /// @notice Adds to the pool that pays profits.
    function fundPool(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        pool += amount.toInt256();
        emit PoolFunded(msg.sender, amount);
    }

    /// @notice Opens a position, or adds to it.
    function increase(bool long, uint256 size, uint256 margin) external {
        updateFunding();
        uint256 p = price();
        Position storage position = positions[msg.sender];
        _beforeIncrease(position, long, size);
        if (size < MIN_SIZE) revert TooSmall();
        uint256 notional = (size * p) / 1e18;
        uint256 fee = (notional * FEE_BPS) / 10_000;
        usdc.safeTransferFrom(msg.sender, address(this), margin + fee);
        pool += fee.toInt256();
        position.entryPrice = (position.entryPrice * position.size + p * size) / (position.size + size);
        position.size += size;
        position.margin += margin;
        if (long) longInterest += size;
        else shortInterest += size;
        if (!known[msg.sender]) {
            known[msg.sender] = true;
            traders.push(msg.sender);
        }
        _requireLeverage(position, p);
        emit Increased(msg.sender, long, size, p);
    }

    /// @notice Closes a part of a position, and pays out the same part of its margin.
    function decrease(uint256 size) external {
        updateFunding();
        uint256 p = price();
        Position storage position = positions[msg.sender];
        if (position.size == 0 || size == 0 || size > position.size) revert NoPosition();
        _settleFunding(position);
        int256 pnl = _pnl(position, size, p);
        uint256 released = (position.margin * size) / position.size;
        uint256 fee = (((size * p) / 1e18) * FEE_BPS) / 10_000;
        position.margin -= released;
        _reduce(position, size);
        if (position.size != 0) _requireLeverage(position, p);
        int256 out = released.toInt256() + pnl - fee.toInt256();
        if (out < 0) out = 0;
        pool += released.toInt256() - out;
        usdc.safeTransfer(msg.sender, out.toUint256());
        emit Decreased(msg.sender, size, p, pnl);
    }

    function addMargin(uint256 amount) external {
        if (positions[msg.sender].size == 0) revert NoPosition();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        positions[msg.sender].margin += amount;
    }

    function withdrawMargin(uint256 amount) external {
        updateFunding();
        Position storage position = positions[msg.sender];
        if (position.size == 0) revert NoPosition();
        _settleFunding(position);
        position.margin -= amount;
        _requireLeverage(position, price());
        usdc.safeTransfer(msg.sender, amount);
    }

    /// @notice Closes a position whose equity is below the maintenance margin.
    function liquidate(address trader) external {
        updateFunding();
        uint256 p = price();
        Position storage position = positions[trader];
        if (position.size == 0) revert NoPosition();
        _settleFunding(position);
        uint256 notional = (position.size * p) / 1e18;
        int256 equity = position.margin.toInt256() + _pnl(position, position.size, p);
        if (equity >= ((notional * MAINTENANCE_BPS) / 10_000).toInt256()) revert Healthy();
        uint256 reward = (notional * LIQUIDATION_REWARD_BPS) / 10_000;
        if (equity <= 0) reward = 0;
        else if (reward > equity.toUint256()) reward = equity.toUint256();
        pool += position.margin.toInt256() - reward.toInt256();
        position.margin = 0;
        _reduce(position, position.size);
        usdc.safeTransfer(msg.sender, reward);
        emit Liquidated(trader, msg.sender, reward);
    }

    function updateFunding() public {
        (longIndex, shortIndex) = indexes();
        fundedAt = block.timestamp;
    }

    function price() public view returns (uint256) {
        (, int256 answer,,,) = feed.latestRoundData();
        if (answer <= 0) revert NoPrice();
        return uint256(answer) / 100;
    }

    /// @notice The funding indexes as of now. The larger side pays up to 1 % a day, in proportion to the imbalance.
    function indexes() public view returns (int256 long, int256 short) {
        (long, short) = (longIndex, shortIndex);
        uint256 elapsed = block.timestamp - fundedAt;
        if (elapsed == 0 || longInterest == 0 || shortInterest == 0) return (long, short);
        bool longsPay = longInterest > shortInterest;
        uint256 skew = longsPay ? longInterest - shortInterest : shortInterest - longInterest;
        uint256 perDay = (price() * 1e18 * MAX_FUNDING_PER_DAY_BPS * skew) / (longInterest + shortInterest) / 10_000;
        uint256 paid = (perDay * elapsed) / 1 days;
        if (longsPay) {
            long += paid.toInt256();
            short -= ((paid * longInterest) / shortInterest).toInt256();
        } else {
            short += paid.toInt256();
            long -= ((paid * shortInterest) / longInterest).toInt256();
        }
    }

    /// @notice Funding that a position has to pay (positive) or gets (negative).
    function pendingFunding(address trader) public view returns (int256) {
        (int256 long, int256 short) = indexes();
        Position storage position = positions[trader];
        return _funding(position, position.long ? long : short);
    }

    /// @notice What receivers of funding are owed has been paid, or is owed by payers, but for a dollar of rounding.
    function invariant_fundingIsCovered() external view returns (bool) {
        int256 covered = fundingReserve;
        for (uint256 i = 0; i < traders.length; i++) covered += pendingFunding(traders[i]);
        return covered >= -1e6;
    }

    function _beforeIncrease(Position storage position, bool long, uint256) internal virtual {
        if (position.size == 0) {
            position.long = long;
            position.entryFunding = long ? longIndex : shortIndex;
        } else if (position.long != long) {
            revert WrongSide();
        }
    }

    /// @dev A payer that has less than it owes is helped out by the pool.
    function _settleFunding(Position storage position) internal {
        int256 index = position.long ? longIndex : shortIndex;
        int256 owed = _funding(position, index);
        position.entryFunding = index;
        fundingReserve += owed;
        int256 margin = position.margin.toInt256() - owed;
        if (margin < 0) {
            pool += margin;
            margin = 0;
        }
        position.margin = margin.toUint256();
    }

    function _funding(Position storage position, int256 index) internal view returns (int256) {
        return (position.size.toInt256() * (index - position.entryFunding)) / 1e36;
    }

    function _pnl(Position storage position, uint256 size, uint256 p) internal view returns (int256) {
        int256 move = p.toInt256() - position.entryPrice.toInt256();
        return ((position.long ? move : -move) * size.toInt256()) / 1e18;
    }

    function _reduce(Position storage position, uint256 size) internal {
        position.size -= size;
        if (position.long) longInterest -= size;
        else shortInterest -= size;
        if (position.size == 0) position.entryPrice = 0;
    }

    function _requireLeverage(Position storage position, uint256 p) internal view {
        int256 equity = position.margin.toInt256() + _pnl(position, position.size, p);
        if (equity * int256(MAX_LEVERAGE) < ((position.size * p) / 1e18).toInt256()) revert TooMuchLeverage();
    }
}

contract FundingPerpFixed is FundingPerp {
    constructor(IERC20 usdc_, FundingPerpFeed feed_) FundingPerp(usdc_, feed_) {}

    function _beforeIncrease(Position storage position, bool long, uint256 size) internal override {
        super._beforeIncrease(position, long, size);
        _settleFunding(position);
    }
}

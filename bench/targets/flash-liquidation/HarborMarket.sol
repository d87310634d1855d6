// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IHarborMarketFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

interface IHarborLiquidator {
    /// @notice Called with the seized WETH in hand, before the USDC are collected.
    function onLiquidation(address borrower, uint256 repaid, uint256 seized, bytes calldata data) external;
}

/// @title A market for loans in USDC against WETH
/// @notice Liquidators may sell the collateral that they seize before they pay for it.
contract HarborMarket is Ownable {
    using SafeERC20 for IERC20;

    struct Position {
        uint256 collateral; // WETH
        uint256 debt; // USDC, interest included
        uint64 accruedAt;
        bool known;
    }

    uint256 public constant LTV_BPS = 7_500;
    uint256 public constant LIQUIDATION_BPS = 8_250;
    uint256 public constant CLOSE_FACTOR_BPS = 5_000;
    uint256 public constant BONUS_BPS = 500;
    uint256 public constant MAX_RATE_BPS = 2_000;
    uint256 public constant MAX_PRICE_AGE = 3 hours;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IHarborMarketFeed public immutable feed;

    uint256 public rateBps = 600; // simple interest, per year
    uint256 public lendable;
    mapping(address account => Position) public positions;
    address[] public borrowers;

    event Deposited(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);
    event Borrowed(address indexed account, uint256 amount);
    event Repaid(address indexed account, uint256 amount);
    event Liquidated(address indexed borrower, address indexed liquidator, uint256 repaid, uint256 seized);
    event RateChanged(uint256 rateBps);

    error ZeroAmount();
    error NoLiquidity();
    error Undercollateralised();
    error Healthy();
    error StalePrice();
    error Reentered();

    constructor(IERC20 weth_, IERC20 usdc_, IHarborMarketFeed feed_) Ownable(msg.sender) {
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
    }

    function fund(uint256 amount) external onlyOwner {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
    }

    function setRate(uint256 rateBps_) external onlyOwner {
        require(rateBps_ <= MAX_RATE_BPS, "rate too high");
        rateBps = rateBps_;
        emit RateChanged(rateBps_);
    }

    function deposit(uint256 amount) external {
        _enter();
        if (amount == 0) revert ZeroAmount();
        weth.safeTransferFrom(msg.sender, address(this), amount);
        _accrue(msg.sender).collateral += amount;
        emit Deposited(msg.sender, amount);
    }

    function withdraw(uint256 amount) external {
        _enter();
        if (amount == 0) revert ZeroAmount();
        Position storage position = _accrue(msg.sender);
        position.collateral -= amount;
        _requireWithin(position.collateral, position.debt);
        weth.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    function borrow(uint256 amount) external {
        _enter();
        if (amount == 0) revert ZeroAmount();
        if (amount > lendable) revert NoLiquidity();
        lendable -= amount;
        Position storage position = _accrue(msg.sender);
        position.debt += amount;
        _requireWithin(position.collateral, position.debt);
        usdc.safeTransfer(msg.sender, amount);
        emit Borrowed(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        _enter();
        Position storage position = _accrue(msg.sender);
        amount = Math.min(amount, position.debt);
        if (amount == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        position.debt -= amount;
        emit Repaid(msg.sender, amount);
    }

    /// @notice Repays up to half of an unhealthy loan for its collateral, with a bonus.
    /// @param data if not empty, the caller's `onLiquidation` is called with it, before it pays
    function liquidate(address borrower, uint256 amount, bytes calldata data) external returns (uint256 seized) {
        _enter();
        Position memory position = _accrue(borrower);
        uint256 price = ethPrice();
        if (position.debt * 10_000 <= ((position.collateral * price) / 1e20) * LIQUIDATION_BPS) revert Healthy();
        amount = Math.min(amount, Math.ceilDiv(position.debt * CLOSE_FACTOR_BPS, 10_000));
        if (amount == 0) revert ZeroAmount();
        seized = Math.min((amount * 1e20 * (10_000 + BONUS_BPS)) / (price * 10_000), position.collateral);
        weth.safeTransfer(msg.sender, seized);
        if (data.length > 0) {
            _lock(true);
            IHarborLiquidator(msg.sender).onLiquidation(borrower, amount, seized, data);
            _lock(false);
        }
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        position.collateral -= seized;
        position.debt -= amount;
        positions[borrower] = position;
        emit Liquidated(borrower, msg.sender, amount, seized);
    }

    /// @notice All collateral that the market has on its books.
    function totalCollateral() external view returns (uint256 total) {
        for (uint256 i; i < borrowers.length; i++) total += positions[borrowers[i]].collateral;
    }

    function ethPrice() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return uint256(answer);
    }

    /// @dev Called at the beginning of every entry, and around a liquidator's callback.
    function _enter() internal view virtual {}

    function _lock(bool locked) internal virtual {}

    function _accrue(address account) private returns (Position storage position) {
        position = positions[account];
        if (!position.known) {
            position.known = true;
            borrowers.push(account);
        }
        uint256 elapsed = block.timestamp - position.accruedAt;
        position.debt += (position.debt * rateBps * elapsed) / (10_000 * 365 days);
        position.accruedAt = uint64(block.timestamp);
    }

    function _requireWithin(uint256 collateral, uint256 debt) private view {
        if (debt == 0) return;
        if (debt * 10_000 > ((collateral * ethPrice()) / 1e20) * LTV_BPS) revert Undercollateralised();
    }
}

contract HarborMarketFixed is HarborMarket {
    bool private transient inCallback;

    constructor(IERC20 weth_, IERC20 usdc_, IHarborMarketFeed feed_) HarborMarket(weth_, usdc_, feed_) {}

    function _enter() internal view override {
        if (inCallback) revert Reentered();
    }

    function _lock(bool locked) internal override {
        inCallback = locked;
    }
}

contract HarborMarketInvariants {
    HarborMarket public immutable market;

    constructor(HarborMarket market_) {
        market = market_;
    }

    /// @notice The market holds all collateral on its books.
    function invariant_collateralIsThere() external view returns (bool) {
        return market.weth().balanceOf(address(market)) >= market.totalCollateral();
    }
}

contract HarborMarketWeth is ERC20("Wrapped Ether", "WETH") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract HarborMarketUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract HarborMarketEthUsd is IHarborMarketFeed {
    uint8 public constant decimals = 8;
    int256 private answer;
    uint256 private updatedAt;
    uint80 private round;

    constructor(int256 answer_) {
        setAnswer(answer_);
    }

    function setAnswer(int256 answer_) public {
        answer = answer_;
        updatedAt = block.timestamp;
        round++;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (round, answer, updatedAt, updatedAt, round);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IMeridianFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @title Loans in USDC from a treasury, against WETH
/// @notice Debts are at least 5,000 USDC, so that liquidating them is worth the gas.
contract MeridianLending is Ownable {
    using SafeERC20 for IERC20;

    uint256 public constant MIN_DEBT = 5_000e6;
    uint256 public constant LTV_BPS = 7_500;
    uint256 public constant LIQUIDATION_BPS = 8_000;
    uint256 public constant CLOSE_FACTOR_BPS = 5_000;
    uint256 public constant BONUS_BPS = 500;
    uint256 public constant RATE_BPS = 500; // per year
    uint256 public constant MAX_PRICE_AGE = 3 hours;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IMeridianFeed public immutable feed;

    uint256 public lendable;
    uint256 public writtenOff;
    uint256 public index = 1e18;
    uint256 public accruedAt;
    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public normalisedDebtOf;
    mapping(address account => bool) private known;
    address[] public borrowers;

    event Deposited(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);
    event Borrowed(address indexed account, uint256 amount);
    event Repaid(address indexed account, uint256 amount);
    event Liquidated(address indexed borrower, address indexed liquidator, uint256 repaid, uint256 seized);
    event WrittenOff(address indexed borrower, uint256 amount);

    error ZeroAmount();
    error NoLiquidity();
    error Undercollateralised();
    error Healthy();
    error DebtTooSmall();
    error StalePrice();

    constructor(IERC20 weth_, IERC20 usdc_, IMeridianFeed feed_) Ownable(msg.sender) {
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
        accruedAt = block.timestamp;
    }

    function fund(uint256 amount) external onlyOwner {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
    }

    function defund(uint256 amount) external onlyOwner {
        lendable -= amount;
        usdc.safeTransfer(msg.sender, amount);
    }

    function deposit(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        weth.safeTransferFrom(msg.sender, address(this), amount);
        collateralOf[msg.sender] += amount;
        emit Deposited(msg.sender, amount);
    }

    function withdraw(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        accrue();
        collateralOf[msg.sender] -= amount;
        if (!_within(msg.sender, LTV_BPS)) revert Undercollateralised();
        weth.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    function borrow(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        accrue();
        if (amount > lendable) revert NoLiquidity();
        lendable -= amount;
        if (!known[msg.sender]) {
            known[msg.sender] = true;
            borrowers.push(msg.sender);
        }
        _setDebt(msg.sender, debtOf(msg.sender) + amount);
        if (!_within(msg.sender, LTV_BPS)) revert Undercollateralised();
        usdc.safeTransfer(msg.sender, amount);
        emit Borrowed(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        accrue();
        uint256 debt = debtOf(msg.sender);
        amount = Math.min(amount, debt);
        if (amount == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        _setDebt(msg.sender, debt - amount);
        emit Repaid(msg.sender, amount);
    }

    /// @notice Repays as much of an unhealthy loan as the close factor allows, up to `amount`, for its collateral and a bonus.
    function liquidate(address borrower, uint256 amount) external returns (uint256 repaid, uint256 seized) {
        accrue();
        if (isHealthy(borrower)) revert Healthy();
        uint256 debt = debtOf(borrower);
        uint256 collateral = collateralOf[borrower];
        uint256 price = ethPrice();
        repaid = Math.min(amount, maxRepayment(debt));
        if (repaid == 0) revert ZeroAmount();
        seized = Math.mulDiv(repaid, 1e20 * (10_000 + BONUS_BPS), price * 10_000);
        if (seized >= collateral) {
            seized = collateral;
            repaid = Math.min(repaid, Math.ceilDiv(collateral * price * 10_000, 1e20 * (10_000 + BONUS_BPS)));
        }
        usdc.safeTransferFrom(msg.sender, address(this), repaid);
        lendable += repaid;
        collateralOf[borrower] = collateral - seized;
        if (seized == collateral && debt > repaid) {
            writtenOff += debt - repaid;
            emit WrittenOff(borrower, debt - repaid);
            debt = repaid;
        }
        _setDebt(borrower, debt - repaid);
        weth.safeTransfer(msg.sender, seized);
        emit Liquidated(borrower, msg.sender, repaid, seized);
    }

    /// @notice Adds the interest since the last call to all debts.
    function accrue() public {
        index = _currentIndex();
        accruedAt = block.timestamp;
    }

    function debtOf(address account) public view returns (uint256) {
        return Math.mulDiv(normalisedDebtOf[account], _currentIndex(), 1e18, Math.Rounding.Ceil);
    }

    function isHealthy(address account) public view returns (bool) {
        return _within(account, LIQUIDATION_BPS);
    }

    /// @notice How much of a debt one liquidation may repay.
    function maxRepayment(uint256 debt) public view virtual returns (uint256) {
        return (debt * CLOSE_FACTOR_BPS) / 10_000;
    }

    function borrowerCount() external view returns (uint256) {
        return borrowers.length;
    }

    function ethPrice() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return uint256(answer);
    }

    function _currentIndex() private view returns (uint256) {
        return index + (index * RATE_BPS * (block.timestamp - accruedAt)) / (10_000 * 365 days);
    }

    function _within(address account, uint256 bps) private view returns (bool) {
        uint256 debt = debtOf(account);
        return debt == 0 || debt * 10_000 <= ((collateralOf[account] * ethPrice()) / 1e20) * bps;
    }

    /// @dev A debt is nothing, or at least the minimum.
    function _setDebt(address account, uint256 debt) private {
        if (debt != 0 && debt < MIN_DEBT) revert DebtTooSmall();
        normalisedDebtOf[account] = (debt * 1e18) / index;
    }
}

contract MeridianLendingFixed is MeridianLending {
    constructor(IERC20 weth_, IERC20 usdc_, IMeridianFeed feed_) MeridianLending(weth_, usdc_, feed_) {}

    function maxRepayment(uint256 debt) public pure override returns (uint256) {
        return debt < 2 * MIN_DEBT + 2 ? debt : (debt * CLOSE_FACTOR_BPS) / 10_000;
    }
}

/// @notice Checks a market, with USDC of its own to liquidate.
contract MeridianLendingInvariants {
    MeridianLending public immutable market;

    constructor(MeridianLending market_) {
        market = market_;
        market_.usdc().approve(address(market_), type(uint256).max);
    }

    /// @notice A liquidator can liquidate every unhealthy loan.
    function invariant_unhealthyLoansCanBeLiquidated() external returns (bool) {
        uint256 count = market.borrowerCount();
        for (uint256 i; i < count; i++) {
            address borrower = market.borrowers(i);
            if (market.isHealthy(borrower)) continue;
            try market.liquidate(borrower, type(uint256).max) {} catch {
                return false;
            }
        }
        return true;
    }
}

contract MeridianLendingWeth is ERC20("Wrapped Ether", "WETH") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract MeridianLendingUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract MeridianLendingEthUsd is IMeridianFeed {
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

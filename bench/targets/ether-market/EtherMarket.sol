// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

interface IEtherMarketFeed {
    function decimals() external view returns (uint8);
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @notice An isolated market: lenders supply USDC, borrowers post ether and borrow USDC against it.
contract EtherMarket is ReentrancyGuard, Ownable {
    using SafeERC20 for IERC20;

    uint256 public constant MAX_LTV = 7_000; // basis points
    uint256 public constant LIQUIDATION_THRESHOLD = 8_000;
    uint256 public constant LIQUIDATION_BONUS = 500;
    uint256 public constant CLOSE_FACTOR = 5_000;
    uint256 public constant MAX_PRICE_AGE = 1 days;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant WAD = 1e18;

    IERC20 public immutable usdc;
    IEtherMarketFeed public immutable feed;

    uint256 public ratePerSecond = 1_585_489_599; // 5 % a year
    uint256 public borrowIndex = WAD;
    uint256 public lastAccrual;

    uint256 public totalShares;
    uint256 public totalScaledDebt;
    mapping(address => uint256) public sharesOf;
    mapping(address => uint256) public collateralOf;
    mapping(address => uint256) public scaledDebtOf;

    address[] public borrowers;
    mapping(address => bool) public isBorrower;

    event Supplied(address indexed lender, uint256 assets, uint256 shares);
    event Redeemed(address indexed lender, uint256 assets, uint256 shares);
    event CollateralAdded(address indexed account, uint256 amount);
    event CollateralWithdrawn(address indexed account, uint256 amount);
    event Borrowed(address indexed account, uint256 amount);
    event Repaid(address indexed account, address indexed payer, uint256 amount);
    event Liquidated(address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    error ZeroAmount();
    error InsufficientCollateral();
    error Undercollateralised();
    error NotLiquidatable();
    error StalePrice();
    error EtherTransferFailed();

    constructor(IERC20 usdc_, IEtherMarketFeed feed_) Ownable(msg.sender) {
        usdc = usdc_;
        feed = feed_;
        lastAccrual = block.timestamp;
    }

    function setRate(uint256 ratePerSecond_) external onlyOwner {
        require(ratePerSecond_ <= 15_854_895_991, "above 50 % a year");
        accrue();
        ratePerSecond = ratePerSecond_;
    }

    function accrue() public {
        uint256 elapsed = block.timestamp - lastAccrual;
        if (elapsed == 0) return;
        borrowIndex += Math.mulDiv(borrowIndex, ratePerSecond * elapsed, WAD);
        lastAccrual = block.timestamp;
    }

    // ---- lenders

    function supply(uint256 assets) external nonReentrant returns (uint256 shares) {
        accrue();
        shares = Math.mulDiv(assets, totalShares + 1e6, totalAssets() + 1);
        if (shares == 0) revert ZeroAmount();
        totalShares += shares;
        sharesOf[msg.sender] += shares;
        usdc.safeTransferFrom(msg.sender, address(this), assets);
        emit Supplied(msg.sender, assets, shares);
    }

    function redeem(uint256 shares) external nonReentrant returns (uint256 assets) {
        accrue();
        assets = Math.mulDiv(shares, totalAssets() + 1, totalShares + 1e6);
        sharesOf[msg.sender] -= shares;
        totalShares -= shares;
        usdc.safeTransfer(msg.sender, assets);
        emit Redeemed(msg.sender, assets, shares);
    }

    // ---- borrowers

    function addCollateral() external payable nonReentrant {
        if (msg.value == 0) revert ZeroAmount();
        collateralOf[msg.sender] += msg.value;
        emit CollateralAdded(msg.sender, msg.value);
    }

    /// @notice Takes ether out, as long as what is left covers the debt.
    function withdrawCollateral(uint256 amount) external nonReentrant {
        accrue();
        uint256 held = collateralOf[msg.sender];
        if (amount > held) revert InsufficientCollateral();
        uint256 remaining = held - amount;
        if (debtOf(msg.sender) > Math.mulDiv(collateralValue(remaining), MAX_LTV, BPS)) revert Undercollateralised();

        (bool sent,) = msg.sender.call{value: amount}("");
        if (!sent) revert EtherTransferFailed();
        collateralOf[msg.sender] = remaining;
        emit CollateralWithdrawn(msg.sender, amount);
    }

    function borrow(uint256 amount) external virtual {
        _borrow(amount);
    }

    function repay(address account, uint256 amount) external nonReentrant returns (uint256 paid) {
        accrue();
        paid = Math.min(amount, debtOf(account));
        _reduceDebt(account, paid);
        usdc.safeTransferFrom(msg.sender, address(this), paid);
        emit Repaid(account, msg.sender, paid);
    }

    function liquidate(address account, uint256 amount) external nonReentrant returns (uint256 seized) {
        accrue();
        uint256 debt = debtOf(account);
        uint256 collateral = collateralOf[account];
        if (debt <= Math.mulDiv(collateralValue(collateral), LIQUIDATION_THRESHOLD, BPS)) revert NotLiquidatable();
        uint256 repaid = Math.min(amount, Math.mulDiv(debt, CLOSE_FACTOR, BPS));
        if (repaid == 0) revert ZeroAmount();
        seized = Math.mulDiv(repaid * (BPS + LIQUIDATION_BONUS), 1e20, price() * BPS);
        seized = Math.min(seized, collateral);
        _reduceDebt(account, repaid);
        collateralOf[account] = collateral - seized;
        usdc.safeTransferFrom(msg.sender, address(this), repaid);
        (bool sent,) = msg.sender.call{value: seized}("");
        if (!sent) revert EtherTransferFailed();
        emit Liquidated(account, msg.sender, repaid, seized);
    }

    function _borrow(uint256 amount) internal {
        if (amount == 0) revert ZeroAmount();
        accrue();
        uint256 scaled = Math.mulDiv(amount, WAD, borrowIndex, Math.Rounding.Ceil);
        scaledDebtOf[msg.sender] += scaled;
        totalScaledDebt += scaled;
        uint256 limit = Math.mulDiv(collateralValue(collateralOf[msg.sender]), MAX_LTV, BPS);
        if (debtOf(msg.sender) > limit) revert Undercollateralised();
        if (!isBorrower[msg.sender]) {
            isBorrower[msg.sender] = true;
            borrowers.push(msg.sender);
        }
        usdc.safeTransfer(msg.sender, amount);
        emit Borrowed(msg.sender, amount);
    }

    function _reduceDebt(address account, uint256 amount) internal {
        uint256 scaled = Math.min(Math.mulDiv(amount, WAD, borrowIndex), scaledDebtOf[account]);
        scaledDebtOf[account] -= scaled;
        totalScaledDebt -= scaled;
    }

    // ---- views

    /// @notice US dollars per ether, 8 decimals.
    function price() public view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return uint256(answer);
    }

    /// @notice What ether is worth in USDC (6 decimals).
    function collateralValue(uint256 etherAmount) public view returns (uint256) {
        return Math.mulDiv(etherAmount, price(), 1e20);
    }

    function debtOf(address account) public view returns (uint256) {
        return Math.mulDiv(scaledDebtOf[account], borrowIndex, WAD, Math.Rounding.Ceil);
    }

    function totalAssets() public view returns (uint256) {
        return usdc.balanceOf(address(this)) + Math.mulDiv(totalScaledDebt, borrowIndex, WAD);
    }

    function borrowerCount() external view returns (uint256) {
        return borrowers.length;
    }
}

contract EtherMarketFixed is EtherMarket {
    constructor(IERC20 usdc_, IEtherMarketFeed feed_) EtherMarket(usdc_, feed_) {}

    function borrow(uint256 amount) external override nonReentrant {
        _borrow(amount);
    }
}

/// @notice States that every loan is worth no more than the ether behind it.
contract EtherMarketChecks {
    EtherMarket public immutable market;

    constructor(EtherMarket market_) {
        market = market_;
    }

    function invariant_everyLoanIsBacked() external view returns (bool) {
        (, int256 answer,,,) = market.feed().latestRoundData();
        uint256 count = market.borrowerCount();
        for (uint256 i; i < count; i++) {
            address account = market.borrowers(i);
            uint256 backing = Math.mulDiv(market.collateralOf(account), uint256(answer), 1e20);
            if (market.debtOf(account) > backing + 1e6) return false; // a dollar of dust
        }
        return true;
    }
}

contract EtherMarketUsdc is ERC20 {
    constructor() ERC20("USD Coin", "USDC") {
        _mint(msg.sender, 100_000_000e6);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}

/// @notice A stand-in for Chainlink's ETH / USD.
contract EtherMarketFeed is Ownable, IEtherMarketFeed {
    uint8 public constant decimals = 8;
    string public constant description = "ETH / USD";
    uint80 internal _round;
    int256 internal _answer;
    uint256 internal _updatedAt;

    constructor(int256 answer) Ownable(msg.sender) {
        publish(answer);
    }

    function publish(int256 answer) public onlyOwner {
        _round++;
        _answer = answer;
        _updatedAt = block.timestamp;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_round, _answer, _updatedAt, _updatedAt, _round);
    }
}

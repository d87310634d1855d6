// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IGavelLoansFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @title Loans in USDC against WETH, liquidated by Dutch auctions
/// @notice An auction starts a fifth above the feed and falls to nothing within two hours. It may be restarted at the current
/// price after one hour. Bidders take as much as they like, until the debt is paid or the lot is sold.
contract GavelLoans is Ownable {
    using SafeERC20 for IERC20;

    struct Auction {
        address borrower;
        uint64 startedAt;
        uint256 startPrice; // 8 decimals
        uint256 lot; // WETH
        uint256 tab; // USDC to raise
        uint256 sold;
        uint256 raised;
        bool closed;
    }

    uint256 public constant LTV_BPS = 7_000;
    uint256 public constant LIQUIDATION_BPS = 8_000;
    uint256 public constant PENALTY_BPS = 800;
    uint256 public constant BORROW_FEE_BPS = 50;
    uint256 public constant DURATION = 2 hours;
    uint256 public constant RESTART_AFTER = 1 hours;
    uint256 public constant MAX_PRICE_AGE = 3 hours;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IGavelLoansFeed public immutable feed;

    uint256 public lendable;
    uint256 public totalCollateral;
    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;
    Auction[] public auctions;

    event CollateralChanged(address indexed account, uint256 collateral);
    event DebtChanged(address indexed account, uint256 debt);
    event Started(uint256 indexed id, address indexed borrower, uint256 lot, uint256 tab);
    event Restarted(uint256 indexed id, uint256 startPrice);
    event Taken(uint256 indexed id, address indexed bidder, uint256 amount, uint256 cost);
    event Closed(uint256 indexed id, uint256 raised);

    error ZeroAmount();
    error NoLiquidity();
    error Undercollateralised();
    error Healthy();
    error AuctionClosed();
    error TooEarly();
    error StalePrice();

    constructor(IERC20 weth_, IERC20 usdc_, IGavelLoansFeed feed_) Ownable(msg.sender) {
        weth = weth_;
        usdc = usdc_;
        feed = feed_;
    }

    function fund(uint256 amount) external onlyOwner {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
    }

    function deposit(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        weth.safeTransferFrom(msg.sender, address(this), amount);
        _setCollateral(msg.sender, collateralOf[msg.sender] + amount);
    }

    function withdraw(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        _setCollateral(msg.sender, collateralOf[msg.sender] - amount);
        if (!_within(msg.sender, LTV_BPS)) revert Undercollateralised();
        weth.safeTransfer(msg.sender, amount);
    }

    function borrow(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        if (amount > lendable) revert NoLiquidity();
        lendable -= amount;
        _setDebt(msg.sender, debtOf[msg.sender] + amount + (amount * BORROW_FEE_BPS) / 10_000);
        if (!_within(msg.sender, LTV_BPS)) revert Undercollateralised();
        usdc.safeTransfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        amount = Math.min(amount, debtOf[msg.sender]);
        if (amount == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        _setDebt(msg.sender, debtOf[msg.sender] - amount);
    }

    /// @notice Puts the collateral of a loan above the threshold up for auction.
    function start(address borrower) external returns (uint256 id) {
        if (_within(borrower, LIQUIDATION_BPS)) revert Healthy();
        id = auctions.length;
        Auction storage auction = auctions.push();
        auction.borrower = borrower;
        auction.lot = collateralOf[borrower];
        auction.tab = (debtOf[borrower] * (10_000 + PENALTY_BPS)) / 10_000;
        _open(auction);
        emit Started(id, borrower, auction.lot, auction.tab);
        _setCollateral(borrower, 0);
        _setDebt(borrower, 0);
    }

    /// @notice Buys up to `amount` of a lot at the current price.
    function take(uint256 id, uint256 amount) external returns (uint256 cost) {
        Auction storage auction = auctions[id];
        if (auction.closed) revert AuctionClosed();
        uint256 price = priceOf(id);
        uint256 due = auction.tab - auction.raised;
        amount = Math.min(amount, auction.lot - auction.sold);
        if (amount == 0) revert ZeroAmount();
        cost = Math.mulDiv(amount, price, 1e20, Math.Rounding.Ceil);
        if (cost > due) {
            cost = due;
            amount = Math.min(amount, (due * 1e20) / price);
        }
        auction.sold += amount;
        auction.raised += cost;
        lendable += cost;
        usdc.safeTransferFrom(msg.sender, address(this), cost);
        weth.safeTransfer(msg.sender, amount);
        emit Taken(id, msg.sender, amount, cost);
        if (auction.raised == auction.tab || auction.sold == auction.lot) _close(id, auction);
    }

    /// @notice Restarts an auction whose price has fallen for an hour, at the current price of the feed.
    function restart(uint256 id) external {
        Auction storage auction = auctions[id];
        if (auction.closed) revert AuctionClosed();
        if (block.timestamp < auction.startedAt + RESTART_AFTER) revert TooEarly();
        _reopen(auction);
        emit Restarted(id, auction.startPrice);
    }

    function auctionCount() external view returns (uint256) {
        return auctions.length;
    }

    /// @notice What is left of a lot.
    function unsold(uint256 id) external view returns (uint256) {
        Auction storage auction = auctions[id];
        return auction.closed ? 0 : auction.lot - auction.sold;
    }

    /// @notice The current price of an auction, US dollars with 8 decimals.
    function priceOf(uint256 id) public view returns (uint256) {
        Auction storage auction = auctions[id];
        uint256 elapsed = Math.min(block.timestamp - auction.startedAt, DURATION);
        return Math.max(1, (auction.startPrice * (DURATION - elapsed)) / DURATION);
    }

    function ethPrice() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return uint256(answer);
    }

    /// @dev Begins an auction at today's price, with nothing sold.
    function _open(Auction storage auction) internal {
        auction.startedAt = uint64(block.timestamp);
        auction.startPrice = (ethPrice() * 12) / 10;
        auction.sold = 0;
        auction.raised = 0;
    }

    function _reopen(Auction storage auction) internal virtual {
        _open(auction);
    }

    function _close(uint256 id, Auction storage auction) private {
        auction.closed = true;
        _setCollateral(auction.borrower, collateralOf[auction.borrower] + auction.lot - auction.sold);
        emit Closed(id, auction.raised);
    }

    function _within(address account, uint256 bps) private view returns (bool) {
        if (debtOf[account] == 0) return true;
        return debtOf[account] * 10_000 <= ((collateralOf[account] * ethPrice()) / 1e20) * bps;
    }

    function _setCollateral(address account, uint256 collateral) private {
        totalCollateral = totalCollateral - collateralOf[account] + collateral;
        collateralOf[account] = collateral;
        emit CollateralChanged(account, collateral);
    }

    function _setDebt(address account, uint256 debt) private {
        debtOf[account] = debt;
        emit DebtChanged(account, debt);
    }
}

contract GavelLoansFixed is GavelLoans {
    constructor(IERC20 weth_, IERC20 usdc_, IGavelLoansFeed feed_) GavelLoans(weth_, usdc_, feed_) {}

    function _reopen(Auction storage auction) internal override {
        auction.startedAt = uint64(block.timestamp);
        auction.startPrice = (ethPrice() * 12) / 10;
    }
}

contract GavelLoansInvariants {
    GavelLoans public immutable loans;

    constructor(GavelLoans loans_) {
        loans = loans_;
    }

    /// @notice The contract holds the collateral of all loans and what is up for auction.
    function invariant_collateralIsThere() external view returns (bool) {
        uint256 owed = loans.totalCollateral();
        uint256 count = loans.auctionCount();
        for (uint256 id; id < count; id++) owed += loans.unsold(id);
        return loans.weth().balanceOf(address(loans)) >= owed;
    }
}

contract GavelLoansWeth is ERC20("Wrapped Ether", "WETH") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract GavelLoansUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract GavelLoansEthUsd is IGavelLoansFeed {
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

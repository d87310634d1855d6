// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title MarginEngine
/// @notice Lends USDC against WETH: the part that three of the fixtures share. Where the price comes from, how much of
/// the collateral's value may be borrowed, when a position may be liquidated and where idle tokens rest is up to them.
/// @dev The USDC that it lends belongs to a treasury, which funds it by plain transfer. Amounts above what is possible
/// are cut to what is possible, so `type(uint256).max` means everything. There is no interest: debts do not grow by
/// themselves. All divisions round in favour of the engine.
abstract contract MarginEngine {
    using SafeERC20 for IERC20;

    /// @notice Basis points in one.
    uint256 internal constant BPS = 10_000;

    /// @dev Base units of a whole WETH.
    uint256 private constant WETH_UNIT = 1e18;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;

    /// @notice WETH of an account, wei.
    mapping(address account => uint256) public collateralOf;

    /// @notice USDC that an account owes, base units.
    mapping(address account => uint256) public debtOf;

    event Deposit(address indexed account, uint256 amount);
    event Withdraw(address indexed account, uint256 amount);
    event Borrow(address indexed account, uint256 amount);
    event Repay(address indexed account, uint256 amount);
    event Liquidate(address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    /// @notice After clamping there is nothing left to do.
    error NothingToDo();

    /// @notice The account would owe more than its collateral allows.
    error TooMuchDebt();

    /// @notice The account's debt is within the liquidation threshold.
    error Healthy();

    constructor(IERC20 weth_, IERC20 usdc_) {
        weth = weth_;
        usdc = usdc_;
    }

    /// @notice Adds WETH to the caller's collateral.
    function deposit(uint256 amount) external {
        amount = _some(Math.min(amount, weth.balanceOf(msg.sender)));
        collateralOf[msg.sender] += amount;
        weth.safeTransferFrom(msg.sender, address(this), amount);
        _rest(weth, amount);
        emit Deposit(msg.sender, amount);
    }

    /// @notice Takes WETH out of the caller's collateral, as far as its debt stays covered.
    function withdraw(uint256 amount) external {
        amount = _some(Math.min(amount, collateralOf[msg.sender]));
        collateralOf[msg.sender] -= amount;
        if (debtOf[msg.sender] > borrowLimit(msg.sender)) revert TooMuchDebt();
        _pay(weth, msg.sender, amount);
        emit Withdraw(msg.sender, amount);
    }

    /// @notice Borrows USDC against the caller's collateral, up to the limit and to what is there to be lent.
    function borrow(uint256 amount) external {
        _beforeBorrow();
        uint256 room = Math.saturatingSub(borrowLimit(msg.sender), debtOf[msg.sender]);
        amount = _some(Math.min(amount, Math.min(room, liquidity())));
        debtOf[msg.sender] += amount;
        _pay(usdc, msg.sender, amount);
        emit Borrow(msg.sender, amount);
    }

    /// @notice Repays the caller's debt.
    function repay(uint256 amount) external {
        amount = _some(Math.min(amount, Math.min(debtOf[msg.sender], usdc.balanceOf(msg.sender))));
        _settle(msg.sender, amount);
        emit Repay(msg.sender, amount);
    }

    /// @notice Repays up to half of the debt of an account above the liquidation threshold, for that much of its
    /// collateral and a bonus.
    /// @param repayAmount USDC, base units
    function liquidate(address account, uint256 repayAmount) external {
        (uint256 threshold, uint256 bonus) = _liquidationTerms();
        uint256 current = price();
        uint256 value = _valueOf(collateralOf[account], current);
        if (debtOf[account] * BPS <= value * threshold) revert Healthy();

        uint256 closeable = Math.ceilDiv(debtOf[account], 2);
        uint256 repaid = _some(Math.min(repayAmount, Math.min(closeable, usdc.balanceOf(msg.sender))));
        uint256 seized = Math.mulDiv(repaid * (BPS + bonus), WETH_UNIT, BPS * current);
        seized = Math.min(seized, collateralOf[account]);

        collateralOf[account] -= seized;
        _settle(account, repaid);
        _pay(weth, msg.sender, seized);
        emit Liquidate(account, msg.sender, repaid, seized);
    }

    /// @notice The most that an account may owe, USDC base units.
    function borrowLimit(address account) public view returns (uint256) {
        uint256 collateral = collateralOf[account];
        // without collateral no price is needed, so nobody is kept from leaving while there is none
        return collateral == 0 ? 0 : (_valueOf(collateral, price()) * _maxLtv()) / BPS;
    }

    /// @notice What the engine can lend now, USDC base units.
    function liquidity() public view virtual returns (uint256) {
        return usdc.balanceOf(address(this));
    }

    /// @notice What a whole WETH is worth to the engine, USDC base units.
    function price() public view virtual returns (uint256);

    /// @dev Basis points of the collateral's value that may be borrowed.
    function _maxLtv() internal pure virtual returns (uint256);

    /// @dev Above `threshold` basis points of the collateral's value a debt may be liquidated; the liquidator receives
    /// `bonus` basis points more than it repays.
    function _liquidationTerms() internal pure virtual returns (uint256 threshold, uint256 bonus);

    /// @dev Reverts if nothing is lent now.
    function _beforeBorrow() internal view virtual {}

    /// @dev Puts tokens that came in where they rest. By default they stay here.
    function _rest(IERC20 token, uint256 amount) internal virtual {}

    /// @dev Pays tokens out of where they rest.
    function _pay(IERC20 token, address to, uint256 amount) internal virtual {
        token.safeTransfer(to, amount);
    }

    function _settle(address account, uint256 amount) private {
        debtOf[account] -= amount;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        _rest(usdc, amount);
    }

    function _valueOf(uint256 collateral, uint256 price_) private pure returns (uint256) {
        return Math.mulDiv(collateral, price_, WETH_UNIT);
    }

    function _some(uint256 amount) private pure returns (uint256) {
        if (amount == 0) revert NothingToDo();
        return amount;
    }
}

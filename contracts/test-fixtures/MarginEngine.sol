// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title MarginEngine
/// @notice Lends one token against another, usually USDC against WETH: the part that many of the fixtures share. Where the price comes from, how much of
/// the collateral's value may be borrowed, when a position may be liquidated and where idle tokens are kept is up to them.
/// @dev The funds it lends belong to a treasury, which provides them by plain transfer. Amounts above the maximum
/// are clamped to it, so `type(uint256).max` means everything. There is no interest: debts do not grow by
/// themselves. All divisions round in favour of the engine.
abstract contract MarginEngine {
    using SafeERC20 for IERC20;

    /// @notice Basis points in one.
    uint256 internal constant BPS = 10_000;

    /// @dev Base units of collateral that a price refers to: a whole WETH.
    uint256 private constant UNIT = 1e18;

    IERC20 public immutable collateralToken;
    IERC20 public immutable debtToken;

    /// @notice Collateral of an account, base units.
    mapping(address account => uint256) public collateralOf;

    /// @notice What an account owes, base units of the debt token.
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

    constructor(IERC20 collateralToken_, IERC20 debtToken_) {
        collateralToken = collateralToken_;
        debtToken = debtToken_;
    }

    /// @notice Adds to the caller's collateral.
    function deposit(uint256 amount) external {
        amount = _some(Math.min(amount, collateralToken.balanceOf(msg.sender)));
        collateralOf[msg.sender] += amount;
        collateralToken.safeTransferFrom(msg.sender, address(this), amount);
        _rest(collateralToken, amount);
        emit Deposit(msg.sender, amount);
    }

    /// @notice Withdraws from the caller's collateral, as long as its debt stays covered.
    function withdraw(uint256 amount) external {
        amount = _some(Math.min(amount, collateralOf[msg.sender]));
        collateralOf[msg.sender] -= amount;
        if (debtOf[msg.sender] > borrowLimit(msg.sender)) revert TooMuchDebt();
        _pay(collateralToken, msg.sender, amount);
        emit Withdraw(msg.sender, amount);
    }

    /// @notice Borrows against the caller's collateral, up to the limit and the available liquidity.
    function borrow(uint256 amount) external {
        _beforeBorrow();
        uint256 room = Math.saturatingSub(borrowLimit(msg.sender), debtOf[msg.sender]);
        amount = _some(Math.min(amount, Math.min(room, liquidity())));
        debtOf[msg.sender] += amount;
        _pay(debtToken, msg.sender, amount);
        emit Borrow(msg.sender, amount);
    }

    /// @notice Repays the caller's debt.
    function repay(uint256 amount) external {
        amount = _some(Math.min(amount, Math.min(debtOf[msg.sender], debtToken.balanceOf(msg.sender))));
        _settle(msg.sender, amount);
        emit Repay(msg.sender, amount);
    }

    /// @notice Repays up to half of the debt of an account above the liquidation threshold, for collateral of the same value
    /// plus a bonus.
    /// @param repayAmount base units of the debt token
    function liquidate(address account, uint256 repayAmount) external {
        if (!isLiquidatable(account)) revert Healthy();
        (, uint256 bonus) = _liquidationTerms();
        uint256 current = price();

        uint256 closeable = Math.ceilDiv(debtOf[account], 2);
        uint256 repaid = _some(Math.min(repayAmount, Math.min(closeable, debtToken.balanceOf(msg.sender))));
        uint256 seized = Math.mulDiv(repaid * (BPS + bonus), UNIT, BPS * current);
        seized = Math.min(seized, collateralOf[account]);

        collateralOf[account] -= seized;
        _settle(account, repaid);
        _pay(collateralToken, msg.sender, seized);
        emit Liquidate(account, msg.sender, repaid, seized);
    }

    /// @notice Whether an account's debt exceeds the liquidation threshold.
    function isLiquidatable(address account) public view returns (bool) {
        (uint256 threshold, ) = _liquidationTerms();
        return debtOf[account] * BPS > _valueOf(collateralOf[account], price()) * threshold;
    }

    /// @notice The most that an account may owe, base units of the debt token.
    function borrowLimit(address account) public view returns (uint256) {
        uint256 collateral = collateralOf[account];
        // without collateral no price is needed, so accounts can leave while there is none
        return collateral == 0 ? 0 : (_valueOf(collateral, price()) * _maxLtv()) / BPS;
    }

    /// @notice What the engine can lend now, base units of the debt token.
    function liquidity() public view virtual returns (uint256) {
        return debtToken.balanceOf(address(this));
    }

    /// @notice The engine's value of 1e18 base units of collateral, a whole WETH, in base units of the debt token.
    function price() public view virtual returns (uint256);

    /// @dev Basis points of the collateral's value that may be borrowed.
    function _maxLtv() internal view virtual returns (uint256);

    /// @dev A debt above `threshold` basis points of the collateral's value may be liquidated; the liquidator receives
    /// `bonus` basis points more than it repays.
    function _liquidationTerms() internal pure virtual returns (uint256 threshold, uint256 bonus);

    /// @dev Reverts while lending is not possible.
    function _beforeBorrow() internal view virtual {}

    /// @dev Moves incoming tokens to where they are kept. By default they stay here.
    function _rest(IERC20 token, uint256 amount) internal virtual {}

    /// @dev Pays out tokens from where they are kept.
    function _pay(IERC20 token, address to, uint256 amount) internal virtual {
        token.safeTransfer(to, amount);
    }

    function _settle(address account, uint256 amount) private {
        debtOf[account] -= amount;
        debtToken.safeTransferFrom(msg.sender, address(this), amount);
        _rest(debtToken, amount);
    }

    function _valueOf(uint256 collateral, uint256 price_) private pure returns (uint256) {
        return Math.mulDiv(collateral, price_, UNIT);
    }

    function _some(uint256 amount) private pure returns (uint256) {
        if (amount == 0) revert NothingToDo();
        return amount;
    }
}

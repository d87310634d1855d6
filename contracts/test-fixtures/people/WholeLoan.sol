// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";

/// @notice Lends USDC against WETH, up to 75 % of its value. Above 80 % a loan is liquidated as a whole: for collateral of the
/// debt's value, and 5 % more.
abstract contract WholeLoanBase {
    using SafeERC20 for IERC20;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    error Healthy();
    error TooMuchDebt();

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) {
        (weth, usdc, feed) = (weth_, usdc_, feed_);
    }

    function deposit(uint256 amount) external {
        collateralOf[msg.sender] += amount;
        weth.safeTransferFrom(msg.sender, address(this), amount);
    }

    function borrow(uint256 amount) external {
        debtOf[msg.sender] += amount;
        if (debtOf[msg.sender] > _share(msg.sender, 75)) revert TooMuchDebt();
        usdc.safeTransfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        debtOf[msg.sender] -= amount;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
    }

    function isLiquidatable(address account) public view returns (bool) {
        return debtOf[account] > _share(account, 80);
    }

    function liquidate(address account) external {
        if (!isLiquidatable(account)) revert Healthy();
        uint256 collateral = collateralOf[account];
        (uint256 repaid, uint256 seized) = _terms(debtOf[account], collateral, FeedPrice.latest(feed));
        debtOf[account] = 0;
        collateralOf[account] = collateral - seized;
        usdc.safeTransferFrom(msg.sender, address(this), repaid);
        weth.safeTransfer(msg.sender, seized);
    }

    /// @dev What a liquidator repays and what it takes.
    function _terms(uint256 debt, uint256 collateral, uint256 price) internal pure virtual returns (uint256, uint256);

    function _withBonus(uint256 debt, uint256 price) internal pure returns (uint256) {
        return (debt * 105 * 1e18) / (100 * price);
    }

    function _share(address account, uint256 percent) private view returns (uint256) {
        return (((collateralOf[account] * FeedPrice.latest(feed)) / 1e18) * percent) / 100;
    }
}

/// @title WholeLoan
/// @notice FLAW: once the collateral no longer covers the debt and the bonus, nobody can liquidate: the rest is below zero.
contract WholeLoan is WholeLoanBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) WholeLoanBase(weth_, usdc_, feed_) {}

    function _terms(uint256 debt, uint256, uint256 price) internal pure override returns (uint256, uint256) {
        return (debt, _withBonus(debt, price));
    }
}

/// @title GreedyLoan
/// @notice FLAW: takes the whole debt for whatever collateral there is, so that deep under water a liquidation costs money.
contract GreedyLoan is WholeLoanBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) WholeLoanBase(weth_, usdc_, feed_) {}

    function _terms(uint256 debt, uint256 collateral, uint256 price) internal pure override returns (uint256, uint256) {
        return (debt, Math.min(collateral, _withBonus(debt, price)));
    }
}

/// @title WholeLoanFixed
/// @notice The twin of both: where the collateral is not enough, it costs a liquidator accordingly less.
contract WholeLoanFixed is WholeLoanBase {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) WholeLoanBase(weth_, usdc_, feed_) {}

    function _terms(uint256 debt, uint256 collateral, uint256 price) internal pure override returns (uint256, uint256) {
        uint256 wanted = _withBonus(debt, price);
        return wanted <= collateral ? (debt, wanted) : ((debt * collateral) / wanted, collateral);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IPriceFeed {
    function latestRoundData() external view returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80);
}

/// @notice Lends USDC against WETH. Lenders, interest and the other markets are left out.
contract LendingMarket is Initializable, UUPSUpgradeable {
    using SafeERC20 for IERC20;

    uint256 internal constant ONE = 1e18;

    /// @notice Largest debt that an account may take, and the debt from which on it may be liquidated, relative to its collateral.
    uint256 public constant MAX_LOAN = 0.7e18;
    uint256 public constant LIQUIDATED_AT = 0.8e18;

    /// @notice How much of a debt one liquidation may repay, and what it gets on top.
    uint256 public constant CLOSE_FACTOR = 0.5e18;
    uint256 public constant BONUS = 0.1e18;

    /// @notice Age from which on a round of the feed does not count. The feed's heartbeat is an hour.
    uint256 public constant MAX_AGE = 2 hours;

    IERC20 public weth;
    IERC20 public usdc;
    IPriceFeed public feed;
    address public owner;

    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    error NotOwner();
    error StalePrice();
    error Unhealthy();
    error Healthy();
    error TooMuch();

    constructor() {
        _disableInitializers();
    }

    function initialize(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_, address owner_) external initializer {
        (weth, usdc, feed, owner) = (weth_, usdc_, feed_, owner_);
    }

    function deposit(uint256 amount) external {
        weth.safeTransferFrom(msg.sender, address(this), amount);
        collateralOf[msg.sender] += amount;
    }

    function withdraw(uint256 amount) external {
        if (amount > collateralOf[msg.sender]) revert TooMuch();
        collateralOf[msg.sender] -= amount;
        if (debtOf[msg.sender] > _limit(msg.sender, MAX_LOAN)) revert Unhealthy();
        weth.safeTransfer(msg.sender, amount);
    }

    function borrow(uint256 amount) external {
        debtOf[msg.sender] += amount;
        if (debtOf[msg.sender] > _limit(msg.sender, MAX_LOAN)) revert Unhealthy();
        usdc.safeTransfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        if (amount > debtOf[msg.sender]) revert TooMuch();
        debtOf[msg.sender] -= amount;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Repays up to half of an unhealthy account's debt, for as much of its collateral and a bonus.
    function liquidate(address account, uint256 amount) external {
        uint256 debt = debtOf[account];
        if (debt <= _limit(account, LIQUIDATED_AT)) revert Healthy();
        if (amount > Math.ceilDiv(debt * CLOSE_FACTOR, ONE)) revert TooMuch();
        uint256 seized = Math.min(_seized(account, amount), collateralOf[account]);
        debtOf[account] = debt - amount;
        collateralOf[account] -= seized;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        weth.safeTransfer(msg.sender, seized);
    }

    /// @notice USDC for a whole WETH, base units.
    function price() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_AGE) revert StalePrice();
        return uint256(answer) / 100;
    }

    /// @dev FLAW: the bonus is paid in full however little of the collateral is left. Above a debt of 1 / 1.1 = 91 % of the
    /// collateral, each liquidation leaves an account with relatively more debt than before, until there is nothing left to seize.
    function _seized(address, uint256 amount) internal view virtual returns (uint256) {
        return (amount * (ONE + BONUS)) / price();
    }

    function _limit(address account, uint256 share) private view returns (uint256) {
        return Math.mulDiv(collateralOf[account] * price(), share, ONE * ONE);
    }

    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != owner) revert NotOwner();
    }
}

/// @notice The upgrade: a liquidation takes at most the part of the collateral that it repays of the debt.
contract LendingMarketV2 is LendingMarket {
    function _seized(address account, uint256 amount) internal view override returns (uint256) {
        return Math.min(super._seized(account, amount), Math.mulDiv(collateralOf[account], amount, debtOf[account]));
    }
}

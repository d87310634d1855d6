// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice The part of a volatility oracle that the desk reads.
interface IVolatilityOracle {
    function impliedVolatility(uint256 strike, uint256 expiry) external view returns (uint256);
}

/// @notice Sells straddles on ether whose strike is set in a week, and buys them back at any time until then: what they are
/// worth depends on volatility alone. A treasury's USDC stands behind them.
abstract contract StraddleDeskBase {
    using SafeERC20 for IERC20;

    uint256 private constant ONE = 1e18;

    /// @dev √(2/π · 7/365), 18 decimals: a straddle at the money of one week is this times the volatility, of its notional.
    uint256 private constant WEEK = 110_495_000_000_000_000;

    IERC20 public immutable usdc;
    IVolatilityOracle public immutable oracle;

    /// @notice USDC on which an account has straddles, and on which all have, base units.
    mapping(address account => uint256) public notionalOf;
    uint256 public totalNotional;

    error TooMuch();

    constructor(IERC20 usdc_, IVolatilityOracle oracle_) {
        usdc = usdc_;
        oracle = oracle_;
    }

    /// @notice Buys straddles at their mark, as long as what the desk has covers its margin.
    function buy(uint256 notional) external {
        usdc.safeTransferFrom(msg.sender, address(this), worth(notional));
        notionalOf[msg.sender] += notional;
        totalNotional += notional;
        if (assets() < (owed() * marginPercent()) / 100) revert TooMuch();
    }

    /// @notice Sells them back at their mark.
    function close(uint256 notional) external {
        notionalOf[msg.sender] -= notional;
        totalNotional -= notional;
        usdc.safeTransfer(msg.sender, worth(notional));
    }

    /// @notice What straddles are worth, USDC base units.
    function worth(uint256 notional) public view returns (uint256) {
        return (notional * WEEK * oracle.impliedVolatility(ONE, 7 days)) / ONE / ONE;
    }

    function assets() public view returns (uint256) {
        return usdc.balanceOf(address(this));
    }

    /// @notice What the desk would have to pay for all of them now.
    function owed() public view returns (uint256) {
        return worth(totalNotional);
    }

    /// @notice What the desk has to have when it sells, in percent of what it then owes.
    function marginPercent() public pure virtual returns (uint256);
}

/// @title StraddleDesk
/// @notice FLAW: its margin covers a rise of volatility by a quarter.
contract StraddleDesk is StraddleDeskBase {
    constructor(IERC20 usdc_, IVolatilityOracle oracle_) StraddleDeskBase(usdc_, oracle_) {}

    /// @inheritdoc StraddleDeskBase
    function marginPercent() public pure override returns (uint256) {
        return 125;
    }
}

/// @title StraddleDeskFixed
/// @notice The twin: its margin covers three times the volatility.
contract StraddleDeskFixed is StraddleDeskBase {
    constructor(IERC20 usdc_, IVolatilityOracle oracle_) StraddleDeskBase(usdc_, oracle_) {}

    /// @inheritdoc StraddleDeskBase
    function marginPercent() public pure override returns (uint256) {
        return 300;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Lends two tokens without collateral, up to a limit of each; debts are kept by token and account.
abstract contract TwoDebtsBase {
    using SafeERC20 for IERC20;

    IERC20 public immutable usdc;
    IERC20 public immutable weth;

    mapping(IERC20 token => mapping(address account => uint256)) public debtOf;
    mapping(IERC20 token => uint256) public lent;

    error UnknownToken();
    error OverLimit();

    constructor(IERC20 usdc_, IERC20 weth_) {
        (usdc, weth) = (usdc_, weth_);
    }

    function borrow(IERC20 token, uint256 amount) external {
        if (token != usdc && token != weth) revert UnknownToken();
        if (debtOf[token][msg.sender] + amount > (token == usdc ? 100e6 : 0.1 ether)) revert OverLimit();
        debtOf[token][msg.sender] += amount;
        lent[token] += amount;
        token.safeTransfer(msg.sender, amount);
    }

    function repay(IERC20 token, uint256 amount) external {
        debtOf[token][msg.sender] -= amount;
        lent[_ledgerOf(token)] -= amount;
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    function _ledgerOf(IERC20 token) internal view virtual returns (IERC20);
}

/// @title TwoDebts
/// @notice FLAW: a repayment is taken off what was lent of the first token, whichever it is in.
contract TwoDebts is TwoDebtsBase {
    constructor(IERC20 usdc_, IERC20 weth_) TwoDebtsBase(usdc_, weth_) {}

    function _ledgerOf(IERC20) internal view override returns (IERC20) {
        return usdc;
    }
}

/// @title TwoDebtsFixed
/// @notice The twin: off what was lent of the token.
contract TwoDebtsFixed is TwoDebtsBase {
    constructor(IERC20 usdc_, IERC20 weth_) TwoDebtsBase(usdc_, weth_) {}

    function _ledgerOf(IERC20 token) internal pure override returns (IERC20) {
        return token;
    }
}

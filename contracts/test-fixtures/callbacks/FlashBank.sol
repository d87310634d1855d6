// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {IERC3156FlashLender} from "@openzeppelin/contracts/interfaces/IERC3156FlashLender.sol";

/// @notice Keeps a token, and lends it as ERC-3156 says, for a thousandth of the loan.
abstract contract FlashBankBase is IERC3156FlashLender {
    bytes32 private constant DONE = keccak256("ERC3156FlashBorrower.onFlashLoan");

    IERC20 public immutable token;
    mapping(address account => uint256) public balanceOf;

    constructor(IERC20 token_) {
        token = token_;
    }

    function deposit(uint256 amount) external {
        token.transferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
    }

    function withdraw(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        token.transfer(msg.sender, amount);
    }

    function maxFlashLoan(address asset) public view returns (uint256) {
        return asset == address(token) ? token.balanceOf(address(this)) : 0;
    }

    function flashFee(address asset, uint256 amount) public view returns (uint256) {
        require(asset == address(token), "another token");
        return amount / 1_000;
    }

    function flashLoan(
        IERC3156FlashBorrower receiver,
        address asset,
        uint256 amount,
        bytes calldata data
    ) external returns (bool) {
        uint256 fee = flashFee(asset, amount);
        uint256 before = token.balanceOf(address(this));
        token.transfer(address(receiver), amount);
        require(receiver.onFlashLoan(msg.sender, asset, amount, fee, data) == DONE, "refused");
        settle(address(receiver), before, amount, fee);
        return true;
    }

    function settle(address receiver, uint256 before, uint256 amount, uint256 fee) internal virtual;
}

/// @title FlashBank
/// @notice FLAW: it only looks whether it has the loan back, which a deposit in `onFlashLoan` achieves, too.
contract FlashBank is FlashBankBase {
    constructor(IERC20 token_) FlashBankBase(token_) {}

    function settle(address, uint256 before, uint256, uint256 fee) internal view override {
        require(token.balanceOf(address(this)) >= before + fee, "not paid back");
    }
}

/// @title FlashBankFixed
/// @notice The twin: takes what it is owed from the receiver, as the standard says.
contract FlashBankFixed is FlashBankBase {
    constructor(IERC20 token_) FlashBankBase(token_) {}

    function settle(address receiver, uint256, uint256 amount, uint256 fee) internal override {
        token.transferFrom(receiver, address(this), amount + fee);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title LockedVault
/// @notice Takes WETH for a week. Whoever is a day late may be reminded: the reminder pays the deposit out for a reward.
/// @dev The flaw: the reminder pays the reward out of the vault, and not out of the deposit.
contract LockedVault {
    using SafeERC20 for IERC20;

    uint256 public constant LOCK = 7 days;

    IERC20 public immutable weth;
    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) public lockedUntil;
    uint256 public deposited;
    uint256 public paidOut;

    error StillLocked();

    constructor(IERC20 weth_) {
        weth = weth_;
    }

    function deposit(uint256 amount) external {
        weth.safeTransferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
        deposited += amount;
        lockedUntil[msg.sender] = block.timestamp + LOCK;
    }

    function withdraw() external {
        if (block.timestamp < lockedUntil[msg.sender]) revert StillLocked();
        uint256 amount = balanceOf[msg.sender];
        balanceOf[msg.sender] = 0;
        _pay(msg.sender, amount);
    }

    function remind(address late) external {
        if (block.timestamp < lockedUntil[late] + 1 days) revert StillLocked();
        uint256 amount = balanceOf[late];
        uint256 reward = amount / 10;
        balanceOf[late] = 0;
        _pay(late, _left(amount, reward));
        _pay(msg.sender, reward);
    }

    function invariant_paysNoMoreThanItTook() external view returns (bool) {
        return paidOut <= deposited;
    }

    function _pay(address to, uint256 amount) private {
        paidOut += amount;
        weth.safeTransfer(to, amount);
    }

    function _left(uint256 amount, uint256) internal view virtual returns (uint256) {
        return amount;
    }
}

/// @title LockedVaultFixed
contract LockedVaultFixed is LockedVault {
    constructor(IERC20 weth_) LockedVault(weth_) {}

    function _left(uint256 amount, uint256 reward) internal pure override returns (uint256) {
        return amount - reward;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice One end of a bridge: takes deposits, and its relayer pays them out of the bridge's liquidity. Here, both ends are
/// one contract.
abstract contract InstantBridgeBase {
    using SafeERC20 for IERC20;

    IERC20 public immutable usdc;
    address public immutable relayer;

    mapping(address => uint256) public deposited;
    mapping(address => uint256) public paid;

    /// @notice Total deposits, USDC base units.
    uint256 public totalDeposited;
    /// @notice Total payouts, USDC base units.
    uint256 public totalPaid;

    error NotRelayer();
    error NotDeposited();

    constructor(IERC20 usdc_, address relayer_) {
        (usdc, relayer) = (usdc_, relayer_);
    }

    function deposit(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        deposited[msg.sender] += amount;
        totalDeposited += amount;
    }

    /// @notice Pays out a deposit. Only the relayer.
    function payOut(address user, uint256 amount) external {
        if (msg.sender != relayer) revert NotRelayer();
        check(user, amount);
        paid[user] += amount;
        totalPaid += amount;
        usdc.safeTransfer(user, amount);
    }

    function check(address user, uint256 amount) internal view virtual;
}

/// @title InstantBridge
/// @notice FLAW: pays whatever the relayer says. The relayer acts after one confirmation, and a reorg of two blocks
/// reverts the deposit but not the relayer's transaction.
contract InstantBridge is InstantBridgeBase {
    constructor(IERC20 usdc_, address relayer_) InstantBridgeBase(usdc_, relayer_) {}

    /// @inheritdoc InstantBridgeBase
    function check(address user, uint256 amount) internal view override {}
}

/// @title InstantBridgeFixed
/// @notice The twin: pays only what was deposited.
contract InstantBridgeFixed is InstantBridgeBase {
    constructor(IERC20 usdc_, address relayer_) InstantBridgeBase(usdc_, relayer_) {}

    /// @inheritdoc InstantBridgeBase
    function check(address user, uint256 amount) internal view override {
        if (paid[user] + amount > deposited[user]) revert NotDeposited();
    }
}

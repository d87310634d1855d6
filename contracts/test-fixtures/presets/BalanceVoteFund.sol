// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice A fund of USDC that any account with 4,000,000 USDC may pay out in an emergency: its makers thought that only its
/// owners have that much.
abstract contract BalanceVoteFundBase {
    using SafeERC20 for IERC20;

    uint256 private constant MAJORITY = 4_000_000e6;

    IERC20 public immutable usdc;
    /// @notice What belongs to all owners together, USDC base units.
    uint256 public immutable endowment;

    mapping(address account => uint256) public registered;

    error NoMajority();
    error TooEarly();

    constructor(IERC20 usdc_, uint256 endowment_) {
        (usdc, endowment) = (usdc_, endowment_);
    }

    /// @notice Announces an emergency.
    function register() external {
        requireMajority();
        registered[msg.sender] = block.number;
    }

    /// @notice Pays everything to the caller.
    function emergencyCommit() external {
        requireMajority();
        requireAnnounced();
        usdc.safeTransfer(msg.sender, usdc.balanceOf(address(this)));
    }

    function invariant_theFundIsThere() external view returns (bool) {
        return usdc.balanceOf(address(this)) >= endowment;
    }

    function requireMajority() private view {
        if (usdc.balanceOf(msg.sender) < MAJORITY) revert NoMajority();
    }

    function requireAnnounced() internal view virtual;
}

/// @title BalanceVoteFund
/// @notice FLAW: counts the caller's present balance, even if it is flash-borrowed (Beanstalk, 17 April 2022).
contract BalanceVoteFund is BalanceVoteFundBase {
    constructor(IERC20 usdc_, uint256 endowment_) BalanceVoteFundBase(usdc_, endowment_) {}

    /// @inheritdoc BalanceVoteFundBase
    function requireAnnounced() internal view override {}
}

/// @title BalanceVoteFundFixed
/// @notice The twin: the caller must also have had it in an earlier block.
contract BalanceVoteFundFixed is BalanceVoteFundBase {
    constructor(IERC20 usdc_, uint256 endowment_) BalanceVoteFundBase(usdc_, endowment_) {}

    /// @inheritdoc BalanceVoteFundBase
    function requireAnnounced() internal view override {
        uint256 at = registered[msg.sender];
        if (at == 0 || at == block.number) revert TooEarly();
    }
}

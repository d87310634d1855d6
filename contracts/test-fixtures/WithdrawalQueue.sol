// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Pays deposits of USDC back after a delay, in the order in which they were asked for.
abstract contract WithdrawalQueueBase {
    using SafeERC20 for IERC20;

    struct Request {
        address account;
        uint96 amount;
        uint64 time;
    }

    IERC20 public immutable usdc;

    mapping(address account => uint256) public balanceOf;
    Request[] public requests;
    /// @notice The first request that is not paid.
    uint256 public next;

    /// @notice Nobody waits longer than that.
    uint256 public constant PROMISED = 5 minutes;

    error TooSmall();

    constructor(IERC20 usdc_) {
        usdc = usdc_;
    }

    function deposit(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
    }

    /// @notice Asks for an amount back.
    function request(uint96 amount) external {
        requireEnough(amount);
        balanceOf[msg.sender] -= amount;
        requests.push(Request(msg.sender, amount, uint64(block.timestamp)));
    }

    /// @notice Pays requests. Anybody may call it.
    function process() external {
        uint256 end = endOf(requests.length);
        uint256 at = next;
        for (; at < end; at++) usdc.safeTransfer(requests[at].account, requests[at].amount);
        next = at;
    }

    /// @notice Whether everybody has been paid who was promised to be by now.
    function invariant_paidInTime() external view returns (bool) {
        return next == requests.length || block.timestamp <= requests[next].time + PROMISED;
    }

    function requireEnough(uint96 amount) internal pure virtual;

    /// @notice Up to which request one call pays.
    function endOf(uint256 length) internal view virtual returns (uint256);
}

/// @notice Takes requests of any size, and pays all of them or none.
contract WithdrawalQueue is WithdrawalQueueBase {
    constructor(IERC20 usdc_) WithdrawalQueueBase(usdc_) {}

    function requireEnough(uint96 amount) internal pure override {
        if (amount == 0) revert TooSmall();
    }

    function endOf(uint256 length) internal pure override returns (uint256) {
        return length;
    }
}

/// @notice Takes requests of a dollar and more, and pays a hundred at a time.
contract WithdrawalQueueFixed is WithdrawalQueueBase {
    constructor(IERC20 usdc_) WithdrawalQueueBase(usdc_) {}

    function requireEnough(uint96 amount) internal pure override {
        if (amount < 1e6) revert TooSmall();
    }

    function endOf(uint256 length) internal view override returns (uint256) {
        return length < next + 100 ? length : next + 100;
    }
}

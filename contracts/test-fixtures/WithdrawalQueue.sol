// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Pays back deposits of USDC after a delay, in the order of the requests.
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
    /// @notice The first unpaid request.
    uint256 public next;

    /// @notice The promised maximum wait.
    uint256 public constant PROMISED = 5 minutes;

    error TooSmall();

    constructor(IERC20 usdc_) {
        usdc = usdc_;
    }

    function deposit(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
    }

    /// @notice Requests an amount back.
    function request(uint96 amount) external {
        requireEnough(amount);
        balanceOf[msg.sender] -= amount;
        requests.push(Request(msg.sender, amount, uint64(block.timestamp)));
    }

    /// @notice Pays requests. Any account may call it.
    function process() external {
        uint256 end = endOf(requests.length);
        uint256 at = next;
        for (; at < end; at++) usdc.safeTransfer(requests[at].account, requests[at].amount);
        next = at;
    }

    /// @notice Whether every request due by now has been paid.
    function invariant_paidInTime() external view returns (bool) {
        return next == requests.length || block.timestamp <= requests[next].time + PROMISED;
    }

    function requireEnough(uint96 amount) internal pure virtual;

    /// @notice The request up to which one call pays.
    function endOf(uint256 length) internal view virtual returns (uint256);
}

/// @notice FLAW: takes requests of any size, and pays all of them or none.
contract WithdrawalQueue is WithdrawalQueueBase {
    constructor(IERC20 usdc_) WithdrawalQueueBase(usdc_) {}

    function requireEnough(uint96 amount) internal pure override {
        if (amount == 0) revert TooSmall();
    }

    function endOf(uint256 length) internal pure override returns (uint256) {
        return length;
    }
}

/// @notice The twin: takes requests of at least one dollar, and pays a hundred at a time.
contract WithdrawalQueueFixed is WithdrawalQueueBase {
    constructor(IERC20 usdc_) WithdrawalQueueBase(usdc_) {}

    function requireEnough(uint96 amount) internal pure override {
        if (amount < 1e6) revert TooSmall();
    }

    function endOf(uint256 length) internal view override returns (uint256) {
        return length < next + 100 ? length : next + 100;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IDepositor {
    function onDeposit(uint256 amount) external;
}

/// @notice Keeps native coin and lends it against what is kept. Each of its functions is locked while it runs, and nothing is lent
/// during a withdrawal.
abstract contract LockedBankBase {
    uint256 internal constant DEPOSIT = 1;
    uint256 internal constant WITHDRAW = 2;
    uint256 internal constant BORROW = 4;

    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) public debtOf;
    /// What runs.
    uint256 internal running;

    constructor() payable {
        balanceOf[msg.sender] = msg.value;
    }

    modifier locked(uint256 what) {
        require(running & what == 0, "locked");
        uint256 before = running;
        running = entered(what);
        _;
        running = before;
    }

    modifier notDuring(uint256 what) {
        require(running & what == 0, "not now");
        _;
    }

    function entered(uint256 what) internal view virtual returns (uint256);

    /// Contracts are told.
    function deposit() external payable locked(DEPOSIT) {
        require(msg.value > 0, "nothing");
        balanceOf[msg.sender] += msg.value;
        if (msg.sender.code.length > 0) IDepositor(msg.sender).onDeposit(msg.value);
    }

    function withdraw() external locked(WITHDRAW) {
        require(debtOf[msg.sender] == 0, "in debt");
        uint256 amount = balanceOf[msg.sender];
        pay(amount);
        balanceOf[msg.sender] -= amount;
    }

    function borrow(uint256 amount) external notDuring(WITHDRAW) locked(BORROW) {
        debtOf[msg.sender] += amount;
        require(debtOf[msg.sender] <= balanceOf[msg.sender], "not covered");
        pay(amount);
    }

    function repay() external payable {
        debtOf[msg.sender] -= msg.value;
    }

    function pay(uint256 amount) private {
        require(amount > 0, "nothing");
        (bool taken, ) = msg.sender.call{value: amount}("");
        require(taken, "not taken");
    }
}

/// @title LockedBank
/// @notice FLAW: it remembers only the innermost of the functions that run. During a withdrawal nothing is lent, but within a deposit
/// during a withdrawal something is, against what is being paid out.
contract LockedBank is LockedBankBase {
    constructor() payable {}

    function entered(uint256 what) internal pure override returns (uint256) {
        return what;
    }
}

/// @title LockedBankFixed
/// @notice The twin: remembers all of them.
contract LockedBankFixed is LockedBankBase {
    constructor() payable {}

    function entered(uint256 what) internal view override returns (uint256) {
        return running | what;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IUsesCoin {
    function onCoin(uint256 amount) external payable returns (bool);
}

/// @notice Keeps native coin, and lends it for the length of a callback of its own, which has to return true.
abstract contract LendingBankBase {
    mapping(address account => uint256) public balanceOf;
    uint256 public owed;

    constructor() payable {
        balanceOf[msg.sender] = owed = msg.value;
    }

    function deposit() external payable virtual {
        balanceOf[msg.sender] += msg.value;
        owed += msg.value;
    }

    function withdraw(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        owed -= amount;
        (bool taken, ) = msg.sender.call{value: amount}("");
        require(taken, "not taken");
    }

    function lend(uint256 amount) external virtual {
        uint256 before = address(this).balance;
        require(IUsesCoin(msg.sender).onCoin{value: amount}(amount), "refused");
        require(address(this).balance >= before, "not paid back");
    }

    function payBack() external payable {}

    function invariant_hasWhatItOwes() external view returns (bool) {
        return address(this).balance >= owed;
    }
}

/// @title LendingBank
/// @notice FLAW: a loan that is paid back as a deposit belongs to the borrower.
contract LendingBank is LendingBankBase {
    constructor() payable {}
}

/// @title LendingBankFixed
/// @notice The twin: takes no deposits while it lends.
contract LendingBankFixed is LendingBankBase {
    bool private isLending;

    constructor() payable {}

    function deposit() external payable override {
        require(!isLending, "lending");
        balanceOf[msg.sender] += msg.value;
        owed += msg.value;
    }

    function lend(uint256 amount) external override {
        require(!isLending, "lending");
        isLending = true;
        uint256 before = address(this).balance;
        require(IUsesCoin(msg.sender).onCoin{value: amount}(amount), "refused");
        require(address(this).balance >= before, "not paid back");
        isLending = false;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Keeps native coin.
abstract contract EtherBankBase {
    mapping(address account => uint256) public balanceOf;

    constructor() payable {
        balanceOf[msg.sender] = msg.value;
    }

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
    }

    function withdraw() external virtual;

    function pay(uint256 amount) internal {
        require(amount > 0, "nothing");
        (bool taken, ) = msg.sender.call{value: amount}("");
        require(taken, "not taken");
    }
}

/// @title EtherBank
/// @notice FLAW: it pays before it writes, so that who is paid may be paid again.
contract EtherBank is EtherBankBase {
    constructor() payable {}

    function withdraw() external override {
        pay(balanceOf[msg.sender]);
        balanceOf[msg.sender] = 0;
    }
}

/// @title EtherBankFixed
/// @notice The twin: it writes before it pays.
contract EtherBankFixed is EtherBankBase {
    constructor() payable {}

    function withdraw() external override {
        uint256 amount = balanceOf[msg.sender];
        balanceOf[msg.sender] = 0;
        pay(amount);
    }
}

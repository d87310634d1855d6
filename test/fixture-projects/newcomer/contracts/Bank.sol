// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Takes native coin.
contract Bank {
    mapping(address account => uint256) public balanceOf;

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
    }

    function withdraw() external {
        uint256 amount = balanceOf[msg.sender];
        balanceOf[msg.sender] = 0;
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, "not paid");
    }
}

/// Asks for what nobody can guess.
contract Demanding {
    constructor(bytes32 secret) {
        require(keccak256(abi.encode(secret)) == bytes32(uint256(1)), "wrong secret");
    }

    function poke() external {}
}

abstract contract Unfinished {
    function poke() external virtual;
}

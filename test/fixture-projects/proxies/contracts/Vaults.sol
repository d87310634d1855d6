// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

/// Holds ether for its users. It must hold all that it owes them.
abstract contract Vault {
    mapping(address user => uint256) public credit;
    uint256 public owed;

    error NotYours(uint256 amount);

    function deposit() external payable {
        credit[msg.sender] += msg.value;
        owed += msg.value;
    }

    function withdraw(uint256 amount) external {
        if (amount > credit[msg.sender]) revert NotYours(amount);
        credit[msg.sender] -= amount;
        owed -= amount;
        (bool sent,) = msg.sender.call{value: amount}("");
        require(sent, "not sent");
    }

    function held() external view returns (uint256) {
        return address(this).balance;
    }

    function _credit(uint256 amount) internal {
        credit[msg.sender] += amount;
        owed += amount;
    }
}

/// Credits a bonus whether or not there is a surplus to pay it from.
contract FlawedVault is Vault {
    function takeBonus(uint256 amount) external {
        _credit(amount);
    }
}

contract FixedVault is Vault {
    uint256 public immutable least;

    constructor() {
        // an immutable, so that its deployed code is not that of the artifact
        least = block.chainid;
    }

    function takeBonus(uint256 amount) external {
        require(owed + amount <= address(this).balance, "no surplus");
        _credit(amount);
    }
}

/// Nothing of it can be called to any effect.
contract Quiet {
    function owed() external pure returns (uint256) {
        return 0;
    }

    function held() external pure returns (uint256) {
        return 0;
    }
}

/// Takes any call, and has no function.
contract Mute {
    uint256 private calls;

    fallback() external payable {
        calls++;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// What holds neither tokens nor coin, and what nobody can lay siege to.

contract Counter {
    uint256 public count;

    function increase(uint256 by) external {
        count += by;
    }

    function dead() external pure returns (uint256) {
        revert("never");
    }
}

/// Its only view has an argument.
contract Shelf {
    mapping(uint256 place => bool) public isTaken;

    function take(uint256 place) external {
        isTaken[place] = true;
    }
}

contract CheckedCounter {
    uint256 public count;

    function increase(uint256 by) external {
        count += by;
    }

    function invariant_below() external view returns (bool) {
        return count < 100;
    }
}

library Sums {
    struct Sum {
        uint256 value;
    }

    function add(Sum storage sum, uint256 by) public {
        sum.value += by;
    }
}

contract Tables {
    function twice(uint256 value) external pure returns (uint256) {
        return 2 * value;
    }
}

contract Forwarder {
    address private immutable implementation;

    constructor(address impl) {
        implementation = impl;
    }

    fallback() external payable {
        (bool done,) = implementation.delegatecall(msg.data);
        require(done, "refused");
    }
}

/// Takes coin through no function.
contract Jar {
    address private immutable owner = msg.sender;

    receive() external payable {}

    function empty() external {
        (bool paid,) = owner.call{value: address(this).balance}("");
        require(paid, "not paid");
    }
}

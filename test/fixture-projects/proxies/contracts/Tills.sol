// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

/// Creates nothing and takes nothing.
contract Till {
    uint256 public taken;

    function take() external {
        taken += 1;
    }
}

/// Creates tills and takes plain transfers.
contract TillFactory {
    Till public last;

    receive() external payable {}

    function open() external {
        last = new Till();
    }
}

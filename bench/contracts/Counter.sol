// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice As little work as a transaction can do.
contract Counter {
    uint256 public number;

    function increment() external {
        number += 1;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The least work that a transaction can do.
contract Counter {
    uint256 public number;

    function increment() external {
        number += 1;
    }
}

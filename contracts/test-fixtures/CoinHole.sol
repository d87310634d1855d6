// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Takes coin with any call, and does nothing.
contract CoinHole {
    fallback() external payable {}
    receive() external payable {}
}

/// The same, which counts.
contract CoinCounter {
    uint256 public count;

    fallback() external payable {
        count += 1;
    }
    receive() external payable {}
}

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

/// The same, which passes it on.
contract CoinPipe {
    fallback() external payable {
        payable(address(0xbeef)).transfer(msg.value);
    }
    receive() external payable {}
}

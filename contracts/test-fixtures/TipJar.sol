// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title TipJar
/// @notice Takes native coin, and pays it out to whoever asks. No call can break its only invariant, that it never counts more
/// tips than it got.
contract TipJar {
    uint256 public tips;
    uint256 public paidOut;

    function tip() external payable {
        tips += msg.value;
    }

    function payOut(address payable to, uint256 amount) external {
        paidOut += amount;
        (bool success, ) = to.call{value: amount}("");
        require(success, "not taken");
    }

    function invariant_counts() external view returns (bool) {
        return address(this).balance + paidOut >= tips;
    }
}

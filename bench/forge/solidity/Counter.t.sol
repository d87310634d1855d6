// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM} from "./State.sol";
import {Workload} from "./Workload.sol";

/// @notice The campaign calls the counter directly, from four senders, without a handler.
contract CounterTest is Workload {
    address private counter;

    function setUp() external {
        counter = VM.parseJsonAddress(load(), ".counter");
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = counter;
    }

    function targetInterfaces() external view returns (FuzzInterface[] memory targets) {
        targets = new FuzzInterface[](1);
        targets[0].addr = counter;
        targets[0].artifacts = new string[](1);
        targets[0].artifacts[0] = "ICounter";
    }

    function targetSenders() external view returns (address[] memory senders) {
        senders = new address[](4);
        for (uint256 i = 0; i < 4; i++) senders[i] = actors[i];
    }

    struct FuzzInterface {
        address addr;
        string[] artifacts;
    }
}

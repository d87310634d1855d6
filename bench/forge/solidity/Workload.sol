// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Addresses, State, VM} from "./State.sol";

/// @notice Calls per second: the calls are the same in every run, and nothing is asserted. See bench/workloads.md.
abstract contract Workload {
    address[4] internal actors;

    function load() internal returns (string memory json) {
        json = State.load("throughput");
        actors = [State.person("actor 0"), State.person("actor 1"), State.person("actor 2"), State.person("actor 3")];
    }

    function invariant_nothing() external view {}
}

/// @notice One block every eight calls.
abstract contract Handler {
    uint256 private constant CALLS_IN_A_BLOCK = 8;

    address[4] internal actors;
    uint256 internal calls;
    Addresses internal chain;

    constructor(address[4] memory actors_, string memory json) {
        actors = actors_;
        chain = State.addresses(json);
    }

    /// @return number of this call, from 0
    function next() internal returns (uint256 number) {
        number = calls++;
        if (number % CALLS_IN_A_BLOCK != 0) return number;
        uint256 blocks = number / CALLS_IN_A_BLOCK + 1;
        VM.roll(chain.block + blocks);
        VM.warp(chain.timestamp + blocks * 12);
    }
}

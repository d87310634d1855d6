// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20, IPair} from "./Interfaces.sol";
import {Addresses, State, VM} from "./State.sol";
import {Handler, Workload} from "./Workload.sol";

contract PairHandler is Handler {
    IPair private immutable pair;

    constructor(address[4] memory actors_, string memory json) Handler(actors_, json) {
        pair = IPair(VM.parseJsonAddress(json, ".pair"));
    }

    /// @notice SwapHandler's swaps without the router, each in two calls: the input goes to the pair, and the pair pays out
    /// nine tenths of its value.
    function step() external {
        uint256 number = next();
        uint256 swap = number / 2;
        address actor = actors[swap % 4];
        bool sellsDollars = (swap / 4) % 2 == 0;
        if (number % 2 == 0) {
            IERC20 sold = sellsDollars ? chain.usdc : chain.weth;
            VM.prank(actor);
            sold.transfer(address(pair), sellsDollars ? 1_000e6 : 0.5e18);
            return;
        }
        uint256 paid = sellsDollars ? 0.45e18 : 900e6;
        bool paysFirst = (address(sellsDollars ? chain.weth : chain.usdc) < address(sellsDollars ? chain.usdc : chain.weth));
        VM.prank(actor);
        pair.swap(paysFirst ? paid : 0, paysFirst ? 0 : paid, actor, "");
    }
}

contract PairTest is Workload {
    PairHandler private handler;

    function setUp() external {
        string memory json = load();
        handler = new PairHandler(actors, json);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }
}

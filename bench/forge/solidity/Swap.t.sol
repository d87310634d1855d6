// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRouter} from "./Interfaces.sol";
import {Addresses, State, VM} from "./State.sol";
import {Handler, Workload} from "./Workload.sol";

contract SwapHandler is Handler {
    constructor(address[4] memory actors_, string memory json) Handler(actors_, json) {}

    /// @notice The four take turns: each sells 1,000 USDC, then each sells half a WETH, and so on.
    function swap() external {
        uint256 number = next();
        address actor = actors[number % 4];
        bool sellsDollars = (number / 4) % 2 == 0;
        address[] memory path = new address[](2);
        (path[0], path[1]) = sellsDollars
            ? (address(chain.usdc), address(chain.weth))
            : (address(chain.weth), address(chain.usdc));
        VM.prank(actor);
        IRouter(chain.router).swapExactTokensForTokens(
            sellsDollars ? 1_000e6 : 0.5e18,
            0,
            path,
            actor,
            type(uint256).max
        );
    }
}

contract SwapTest is Workload {
    SwapHandler private handler;

    function setUp() external {
        string memory json = load();
        Addresses memory chain = State.addresses(json);
        for (uint256 i = 0; i < 4; i++) {
            State.approve(chain.usdc, actors[i], chain.router);
            State.approve(chain.weth, actors[i], chain.router);
        }
        handler = new SwapHandler(actors, json);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }
}

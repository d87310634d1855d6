// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPool} from "./Interfaces.sol";
import {Addresses, State, VM} from "./State.sol";
import {Handler, Workload} from "./Workload.sol";

contract AaveHandler is Handler {
    uint256 private constant VARIABLE = 2;

    constructor(address[4] memory actors_, string memory json) Handler(actors_, json) {}

    /// @notice One of the four supplies one WETH, borrows 500 USDC and repays 500 USDC; then the next one does, and so on.
    function act() external {
        uint256 number = next();
        address actor = actors[(number / 3) % 4];
        IPool pool = IPool(chain.pool);
        VM.prank(actor);
        if (number % 3 == 0) pool.supply(address(chain.weth), 1e18, actor, 0);
        else if (number % 3 == 1) pool.borrow(address(chain.usdc), 500e6, VARIABLE, 0, actor);
        else pool.repay(address(chain.usdc), 500e6, VARIABLE, actor);
    }
}

contract AaveTest is Workload {
    AaveHandler private handler;

    function setUp() external {
        string memory json = load();
        Addresses memory chain = State.addresses(json);
        for (uint256 i = 0; i < 4; i++) {
            State.approve(chain.usdc, actors[i], chain.pool);
            State.approve(chain.weth, actors[i], chain.pool);
        }
        handler = new AaveHandler(actors, json);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAggregator, ICounter, IERC20, IPool, IRouter} from "./Interfaces.sol";
import {Addresses, State, VM} from "./State.sol";

/// @notice Calls a second: the calls are the same in every run, and nothing is asserted. See bench/workloads.md.
abstract contract Workload {
    address[4] internal actors;

    function load() internal returns (string memory json) {
        json = State.load("throughput");
        actors = [State.person("actor 0"), State.person("actor 1"), State.person("actor 2"), State.person("actor 3")];
    }

    function invariant_nothing() external view {}
}

/// @notice The campaign calls the counter itself, from four senders: no handler is in its way.
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

/// @notice A block every eight calls.
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

contract AaveHandler is Handler {
    uint256 private constant VARIABLE = 2;

    constructor(address[4] memory actors_, string memory json) Handler(actors_, json) {}

    /// @notice One of the four supplies a WETH, borrows 500 USDC and repays 500 USDC; then the next one, and so on.
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

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "./Interfaces.sol";
import {Vm} from "./Vm.sol";

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// @notice The addresses in the state written by bench/state/build.ts.
struct Addresses {
    IERC20 weth;
    IERC20 usdc;
    address router;
    address pool;
    address aggregator;
    address oracle;
    uint256 block;
    uint256 timestamp;
}

library State {
    /// @notice Loads the chain of `bench/cache/state/<name>.json`, in the block after it.
    /// @return json its address file
    function load(string memory name) internal returns (string memory json) {
        string memory file = string.concat(VM.envOr("BENCH_STATE", string("../cache/state")), "/", name);
        VM.loadAllocs(string.concat(file, ".json"));
        json = VM.readFile(string.concat(file, ".addresses.json"));
        VM.roll(VM.parseJsonUint(json, ".block"));
        VM.warp(VM.parseJsonUint(json, ".timestamp"));
    }

    function addresses(string memory json) internal pure returns (Addresses memory) {
        return
            Addresses({
                weth: IERC20(VM.parseJsonAddress(json, ".weth")),
                usdc: IERC20(VM.parseJsonAddress(json, ".usdc")),
                router: VM.parseJsonAddress(json, ".router"),
                pool: VM.parseJsonAddress(json, ".pool"),
                aggregator: VM.parseJsonAddress(json, ".aggregator"),
                oracle: VM.parseJsonAddress(json, ".oracle"),
                block: VM.parseJsonUint(json, ".block"),
                timestamp: VM.parseJsonUint(json, ".timestamp")
            });
    }

    /// @notice A person of test/fixtures, by name.
    function person(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(string.concat("hardhat-siege fixture: ", name))))));
    }

    function approve(IERC20 token, address owner, address spender) internal {
        VM.prank(owner);
        token.approve(spender, type(uint256).max);
    }
}

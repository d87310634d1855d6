// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BorrowerHandler, MarginHandler, Scenario, SiegeTest, World} from "./Siege.sol";

/// @notice 18 blocks of 20 minutes, ether falls by up to 35 % in blocks 8 and 9, the feed is silent for up to 18 blocks, and an
/// attacker with 100 WETH.
contract CoupledVaultHandler is BorrowerHandler {
    constructor(
        string memory json
    )
        MarginHandler(json)
        World(
            json,
            Scenario({
                blocks: 18,
                blockTime: 1_200,
                heartbeat: 1_200,
                drop: 350_000,
                over: 2,
                fallsIn: 8,
                maxDelayBlocks: 18
            })
        )
    {}

    function fall(uint256 size, bool whole) external {
        planFall(size, whole);
    }

    function silence(uint256 blocks) external {
        planSilence(blocks);
    }

    function survives() external view returns (bool) {
        return covered(ATTACKER);
    }
}

contract CoupledVaultTest is SiegeTest {
    function fixture() internal pure virtual override returns (string memory) {
        return "CoupledVault-flawed";
    }

    function deploy(string memory json) internal override returns (address) {
        return address(new CoupledVaultHandler(json));
    }

    function survives(address handler) internal view override returns (bool) {
        return CoupledVaultHandler(handler).survives();
    }
}

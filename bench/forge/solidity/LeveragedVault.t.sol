// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarginHandler, Scenario, SiegeTest, World} from "./Siege.sol";
import {VM} from "./State.sol";

/// @notice 30 blocks of 12 seconds, ether falls by up to 25 %, a keeper with 3,000,000 USDC who only liquidates.
contract LeveragedVaultHandler is MarginHandler {
    address private immutable TRADER;

    constructor(
        string memory json
    )
        MarginHandler(json)
        World(
            json,
            Scenario({
                blocks: 30,
                blockTime: 12,
                heartbeat: 3_600,
                drop: 250_000,
                over: 1,
                fallsIn: 0,
                maxDelayBlocks: 0
            })
        )
    {
        TRADER = VM.parseJsonAddress(json, ".trader");
    }

    function fall(uint256 size, bool whole) external {
        planFall(size, whole);
    }

    /// @notice The liquidator is called attacker here; the only debt is the trader's.
    function liquidate(uint256 amount) external {
        amount = bound(amount, 1, chain.usdc.balanceOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.liquidate(TRADER, amount);
    }

    function survives() external view returns (bool) {
        return covered(TRADER) && covered(ATTACKER);
    }
}

contract LeveragedVaultTest is SiegeTest {
    function fixture() internal pure virtual override returns (string memory) {
        return "LeveragedVault-flawed";
    }

    function deploy(string memory json) internal override returns (address) {
        return address(new LeveragedVaultHandler(json));
    }

    function survives(address handler) internal view override returns (bool) {
        return LeveragedVaultHandler(handler).survives();
    }
}

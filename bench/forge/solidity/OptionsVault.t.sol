// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOptions} from "./Interfaces.sol";
import {Scenario, SiegeTest, World} from "./Siege.sol";
import {VM} from "./State.sol";

/// @notice 20 blocks of 20 minutes, ether falls by up to 35 % in blocks 8 and 9, the feed is silent for up to 12 blocks, and an
/// attacker with 1,000,000 USDC.
contract OptionsVaultHandler is World {
    /// @dev Profit to ignore, USDC base units.
    uint256 private constant POCKET_MONEY = 100e6;

    IOptions private immutable VAULT;
    uint256 private immutable CAPITAL;

    constructor(
        string memory json
    )
        World(
            json,
            Scenario({
                blocks: 20,
                blockTime: 1_200,
                heartbeat: 1_200,
                drop: 350_000,
                over: 2,
                fallsIn: 8,
                maxDelayBlocks: 12
            })
        )
    {
        VAULT = IOptions(VM.parseJsonAddress(json, ".vault"));
        CAPITAL = chain.usdc.balanceOf(ATTACKER);
    }

    function fall(uint256 size, bool whole) external {
        planFall(size, whole);
    }

    function silence(uint256 blocks) external {
        planSilence(blocks);
    }

    function buyPut(uint256 notional) external {
        notional = bound(notional, 1, chain.usdc.balanceOf(address(VAULT)));
        VM.prank(ATTACKER);
        VAULT.buyPut(notional);
    }

    function exercise() external {
        VM.prank(ATTACKER);
        VAULT.exercise();
    }

    /// @notice The attacker has made no profit.
    function survives() external view returns (bool) {
        return chain.usdc.balanceOf(ATTACKER) <= CAPITAL + POCKET_MONEY;
    }
}

contract OptionsVaultTest is SiegeTest {
    function fixture() internal pure virtual override returns (string memory) {
        return "OptionsVault-flawed";
    }

    function deploy(string memory json) internal override returns (address) {
        return address(new OptionsVaultHandler(json));
    }

    function survives(address handler) internal view override returns (bool) {
        return OptionsVaultHandler(handler).survives();
    }
}

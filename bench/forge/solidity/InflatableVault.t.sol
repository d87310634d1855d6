// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IShares} from "./Interfaces.sol";
import {Scenario, SiegeTest, World} from "./Siege.sol";
import {Addresses, State, VM} from "./State.sol";

/// @notice 15 blocks of 12 seconds, an attacker with 200,000 USDC, and a saver with 100,000 who deposits from block 6 on, in
/// every other block, a random share of what it has.
contract InflatableVaultHandler is World {
    /// @dev Profit to ignore, USDC base units.
    uint256 private constant POCKET_MONEY = 100e6;

    IShares private immutable VAULT;
    address private immutable SAVER = State.person("saver");
    uint256 private immutable CAPITAL;

    constructor(
        string memory json
    )
        World(
            json,
            Scenario({blocks: 15, blockTime: 12, heartbeat: 3_600, drop: 0, over: 1, fallsIn: 0, maxDelayBlocks: 0})
        )
    {
        VAULT = IShares(VM.parseJsonAddress(json, ".vault"));
        CAPITAL = chain.usdc.balanceOf(ATTACKER);
    }

    function deposit(uint256 amount) external {
        amount = bound(amount, 1, chain.usdc.balanceOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.deposit(amount, ATTACKER);
    }

    function donate(uint256 amount) external {
        amount = bound(amount, 1, chain.usdc.balanceOf(ATTACKER));
        VM.prank(ATTACKER);
        chain.usdc.transfer(address(VAULT), amount);
    }

    function _live(uint256 luck) internal override {
        uint256 savings = chain.usdc.balanceOf(SAVER);
        if (current <= 5 || savings == 0 || luck % 2 == 0) return;
        VM.prank(SAVER);
        try VAULT.deposit((savings * (1 + ((luck >> 1) % 100))) / 100, SAVER) {} catch {}
    }

    /// @notice The attacker has made no profit.
    function survives() external view returns (bool) {
        uint256 shares = VAULT.convertToAssets(VAULT.balanceOf(ATTACKER));
        return chain.usdc.balanceOf(ATTACKER) + shares <= CAPITAL + POCKET_MONEY;
    }
}

contract InflatableVaultTest is SiegeTest {
    function fixture() internal pure virtual override returns (string memory) {
        return "InflatableVault-flawed";
    }

    function prepare(Addresses memory chain, address attacker, address vault) internal override {
        State.approve(chain.usdc, attacker, vault);
        State.approve(chain.usdc, State.person("saver"), vault);
    }

    function deploy(string memory json) internal override returns (address) {
        return address(new InflatableVaultHandler(json));
    }

    function survives(address handler) internal view override returns (bool) {
        return InflatableVaultHandler(handler).survives();
    }
}

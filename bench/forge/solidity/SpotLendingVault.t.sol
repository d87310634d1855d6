// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRouter} from "./Interfaces.sol";
import {BorrowerHandler, MarginHandler, Scenario, SiegeTest, World} from "./Siege.sol";
import {Addresses, State, VM} from "./State.sol";

/// @notice 30 blocks of 12 seconds, a market that stands still, 6,000,000 USDC and 500 WETH.
contract SpotLendingVaultHandler is BorrowerHandler {
    constructor(
        string memory json
    )
        MarginHandler(json)
        World(
            json,
            Scenario({blocks: 30, blockTime: 12, heartbeat: 3_600, drop: 0, over: 1, fallsIn: 0, maxDelayBlocks: 0})
        )
    {}

    function swap(uint256 amount, bool sellsDollars) external {
        address[] memory path = new address[](2);
        (path[0], path[1]) = sellsDollars
            ? (address(chain.usdc), address(chain.weth))
            : (address(chain.weth), address(chain.usdc));
        amount = bound(amount, 1, (sellsDollars ? chain.usdc : chain.weth).balanceOf(ATTACKER));
        VM.prank(ATTACKER);
        IRouter(chain.router).swapExactTokensForTokens(amount, 0, path, ATTACKER, type(uint256).max);
    }

    function survives() external view returns (bool) {
        return covered(ATTACKER);
    }
}

contract SpotLendingVaultTest is SiegeTest {
    function fixture() internal pure virtual override returns (string memory) {
        return "SpotLendingVault-flawed";
    }

    function prepare(Addresses memory chain, address attacker, address vault) internal override {
        super.prepare(chain, attacker, vault);
        State.approve(chain.weth, attacker, chain.router);
        State.approve(chain.usdc, attacker, chain.router);
    }

    function deploy(string memory json) internal override returns (address) {
        return address(new SpotLendingVaultHandler(json));
    }

    function survives(address handler) internal view override returns (bool) {
        return SpotLendingVaultHandler(handler).survives();
    }
}

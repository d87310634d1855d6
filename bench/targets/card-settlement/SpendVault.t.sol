// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {SpendVault, SpendVaultFixed, SpendVaultInvariants, SpendVaultWeth, SpendVaultEthUsd} from "./SpendVault.sol";

contract SpendVaultHandler {
    SpendVault private immutable vault;
    SpendVaultWeth private immutable weth;
    SpendVaultEthUsd private immutable feed;
    address[3] private actors = [address(0xA11), address(0xB0B), address(0xE4E)];
    int256 private price = 2_500e8;
    uint256 private lastId; // the first payment is authorised in setUp

    constructor(SpendVault vault_, SpendVaultWeth weth_, SpendVaultEthUsd feed_) {
        vault = vault_;
        weth = weth_;
        feed = feed_;
        for (uint256 i; i < actors.length; i++) {
            weth.mint(actors[i], 100e18);
            VM.prank(actors[i]);
            weth.approve(address(vault), type(uint256).max);
        }
    }

    function actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }

    function deposit(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 balance = weth.balanceOf(a);
        if (balance == 0) return;
        VM.prank(a);
        vault.deposit(bound(amount, 1, balance));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address a = actor(who);
        uint256 balance = vault.balanceOf(a);
        if (balance == 0) return;
        VM.prank(a);
        vault.withdraw(bound(amount, 1, balance));
    }

    function authorise(uint256 who, uint256 merchant, uint256 usd) external {
        address a = actor(who);
        uint256 worth = (vault.balanceOf(a) * vault.ethPrice()) / 1e20;
        if (worth == 0) return;
        VM.prank(a);
        lastId = vault.authorise(actor(merchant), bound(usd, 1, worth));
    }

    function capture(uint256 id) external {
        id = bound(id, 0, lastId);
        (, address merchant, , , ) = vault.holds(id);
        VM.prank(merchant);
        vault.capture(id);
    }

    function release(uint256 id, bool asCustomer) external {
        id = bound(id, 0, lastId);
        (address customer, address merchant, , , ) = vault.holds(id);
        VM.prank(asCustomer ? customer : merchant);
        vault.release(id);
    }

    function movePrice(uint256 to) external {
        price = int256(bound(to, 1_875e8, 2_500e8));
        feed.setAnswer(price);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 1 days));
        feed.setAnswer(price);
    }
}

abstract contract SpendVaultTestBase {
    SpendVaultInvariants private checker;
    address private handler;

    function deploy(SpendVaultWeth weth, SpendVaultEthUsd feed) internal virtual returns (SpendVault);

    function setUp() external {
        SpendVaultWeth weth = new SpendVaultWeth();
        SpendVaultEthUsd feed = new SpendVaultEthUsd(2_500e8);
        SpendVault vault = deploy(weth, feed);
        checker = new SpendVaultInvariants(vault);
        weth.mint(address(this), 1_000e18);
        weth.approve(address(vault), 1_000e18);
        vault.deposit(1_000e18);
        vault.authorise(address(0x5409), 1_800e6);
        handler = address(new SpendVaultHandler(vault, weth, feed));
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = handler;
    }

    function invariant_balancesAreBacked() external view {
        require(checker.invariant_balancesAreBacked());
    }
}

contract SpendVaultTest is SpendVaultTestBase {
    function deploy(SpendVaultWeth weth, SpendVaultEthUsd feed) internal override returns (SpendVault) {
        return new SpendVault(weth, feed);
    }
}

contract SpendVaultFixedTest is SpendVaultTestBase {
    function deploy(SpendVaultWeth weth, SpendVaultEthUsd feed) internal override returns (SpendVault) {
        return new SpendVaultFixed(weth, feed);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {NoticeVault, NoticeVaultFixed, NoticeVaultUsdc} from "./NoticeVault.sol";

contract NoticeVaultHandler {
    NoticeVault public immutable vault;
    NoticeVaultUsdc public immutable token;
    address[] public actors;
    mapping(address => bool) public isActor;

    constructor(NoticeVault vault_, NoticeVaultUsdc token_, address[] memory actors_) {
        vault = vault_;
        token = token_;
        actors = actors_;
        for (uint256 i = 0; i < actors_.length; i++) {
            isActor[actors_[i]] = true;
        }
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function deposit(uint256 who, uint256 assets) external {
        address sender = actor(who);
        assets = bound(assets, 0, token.balanceOf(sender));
        VM.prank(sender);
        vault.deposit(assets);
    }

    function requestRedeem(uint256 who, uint256 shares) external {
        address sender = actor(who);
        shares = bound(shares, 0, vault.balanceOf(sender));
        VM.prank(sender);
        vault.requestRedeem(shares);
    }

    function cancelRedeem(uint256 id, uint256 shares) external {
        id = bound(id, 0, vault.requestCount() - 1);
        (address account,, uint128 requested,) = vault.requests(id);
        shares = bound(shares, 0, requested);
        if (!isActor[account]) return;
        VM.prank(account);
        vault.cancelRedeem(id, shares);
    }

    function claim(uint256 id) external {
        id = bound(id, 0, vault.requestCount() - 1);
        (address account,,,) = vault.requests(id);
        if (!isActor[account]) return;
        VM.prank(account);
        vault.claim(id);
    }

    function transfer(uint256 who, uint256 to, uint256 shares) external {
        address sender = actor(who);
        shares = bound(shares, 0, vault.balanceOf(sender));
        VM.prank(sender);
        vault.transfer(actor(to), shares);
    }

    function donate(uint256 who, uint256 assets) external {
        address sender = actor(who);
        assets = bound(assets, 0, token.balanceOf(sender));
        VM.prank(sender);
        token.transfer(address(vault), assets);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 2 days));
    }
}

abstract contract NoticeVaultSetup {
    NoticeVault vault;
    NoticeVaultHandler handler;

    function deploy(NoticeVaultUsdc token) internal virtual returns (NoticeVault);

    function setUp() public {
        NoticeVaultUsdc token = new NoticeVaultUsdc();
        vault = deploy(token);
        address[] memory depositors = new address[](3);
        uint256[3] memory amounts = [uint256(1_900_000e6), 1_100_000e6, 640_000e6];
        for (uint256 i = 0; i < 3; i++) {
            depositors[i] = address(uint160(0xa11ce + i));
            token.mint(depositors[i], amounts[i]);
            VM.startPrank(depositors[i]);
            token.approve(address(vault), amounts[i]);
            vault.deposit(amounts[i]);
            VM.stopPrank();
        }
        token.mint(address(this), 21_500e6);
        token.approve(address(vault), 21_500e6);
        vault.payInterest(21_500e6);
        VM.prank(depositors[1]);
        vault.requestRedeem(450_000e6);
        VM.prank(depositors[2]);
        vault.requestRedeem(120_000e6);

        address[] memory actors = new address[](3);
        actors[0] = address(0x5e7a11);
        actors[1] = address(0xbad);
        actors[2] = depositors[2];
        token.mint(actors[0], 60_000e6);
        token.mint(actors[1], 800_000e6);
        for (uint256 i = 0; i < 3; i++) {
            VM.prank(actors[i]);
            token.approve(address(vault), type(uint256).max);
        }
        handler = new NoticeVaultHandler(vault, token, actors);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_solvent() public view {
        require(vault.invariant_solvent(), "insolvent");
    }
}

contract NoticeVaultTest is NoticeVaultSetup {
    function deploy(NoticeVaultUsdc token) internal override returns (NoticeVault) {
        return new NoticeVault(token);
    }
}

contract NoticeVaultFixedTest is NoticeVaultSetup {
    function deploy(NoticeVaultUsdc token) internal override returns (NoticeVault) {
        return new NoticeVaultFixed(token);
    }
}

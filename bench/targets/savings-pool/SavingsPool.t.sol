// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {SavingsPool, SavingsPoolFixed, SavingsPoolChecker, SavingsPoolUsdc} from "./SavingsPool.sol";

contract SavingsPoolHandler {
    SavingsPool public immutable pool;
    SavingsPoolUsdc public immutable token;
    address[] public actors;

    constructor(SavingsPool pool_, SavingsPoolUsdc token_, address[] memory actors_) {
        pool = pool_;
        token = token_;
        actors = actors_;
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function deposit(uint256 who, uint256 assets) external {
        address sender = actor(who);
        assets = bound(assets, 0, token.balanceOf(sender));
        VM.prank(sender);
        pool.deposit(assets);
    }

    function redeem(uint256 who, uint256 shares) external {
        address sender = actor(who);
        shares = bound(shares, 0, pool.balanceOf(sender));
        VM.prank(sender);
        pool.redeem(shares);
    }

    function transfer(uint256 who, uint256 to, uint256 shares) external {
        address sender = actor(who);
        shares = bound(shares, 0, pool.balanceOf(sender));
        VM.prank(sender);
        pool.transfer(actor(to), shares);
    }

    function transferFrom(uint256 who, uint256 from, uint256 to, uint256 shares) external {
        address sender = actor(who);
        address holder = actor(from);
        shares = bound(shares, 0, pool.balanceOf(holder));
        VM.prank(holder);
        pool.approve(sender, shares);
        VM.prank(sender);
        pool.transferFrom(holder, actor(to), shares);
    }

    function donate(uint256 who, uint256 assets) external {
        address sender = actor(who);
        assets = bound(assets, 0, token.balanceOf(sender));
        VM.prank(sender);
        token.transfer(address(pool), assets);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 1 days));
    }
}

abstract contract SavingsPoolSetup {
    SavingsPool pool;
    SavingsPoolChecker checker;
    SavingsPoolHandler handler;

    function deploy(SavingsPoolUsdc token) internal virtual returns (SavingsPool);

    function setUp() public {
        SavingsPoolUsdc token = new SavingsPoolUsdc();
        pool = deploy(token);
        address[] memory depositors = new address[](3);
        uint256[3] memory amounts = [uint256(2_400_000e6), 950_000e6, 310_000e6];
        for (uint256 i = 0; i < 3; i++) {
            depositors[i] = address(uint160(0xa11ce + i));
            token.mint(depositors[i], amounts[i]);
            VM.startPrank(depositors[i]);
            token.approve(address(pool), amounts[i]);
            pool.deposit(amounts[i]);
            VM.stopPrank();
        }
        token.mint(address(this), 14_000e6);
        token.approve(address(pool), 14_000e6);
        pool.fundYield(14_000e6, 14 days);
        checker = new SavingsPoolChecker(pool, depositors);

        address[] memory actors = new address[](3);
        actors[0] = address(0x5e7a11);
        actors[1] = address(0xbad);
        actors[2] = depositors[2];
        token.mint(actors[0], 50_000e6);
        token.mint(actors[1], 1_000_000e6);
        for (uint256 i = 0; i < 3; i++) {
            VM.prank(actors[i]);
            token.approve(address(pool), type(uint256).max);
        }
        handler = new SavingsPoolHandler(pool, token, actors);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_depositorsAreCovered() public view {
        require(checker.invariant_depositorsAreCovered(), "depositors are not covered");
    }
}

contract SavingsPoolTest is SavingsPoolSetup {
    function deploy(SavingsPoolUsdc token) internal override returns (SavingsPool) {
        return new SavingsPool(token);
    }
}

contract SavingsPoolFixedTest is SavingsPoolSetup {
    function deploy(SavingsPoolUsdc token) internal override returns (SavingsPool) {
        return new SavingsPoolFixed(token);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {SettledPuts, SettledPutsFixed, SettledPutsUsdc, SettledPutsFeed} from "./SettledPuts.sol";

contract SettledPutsHandler {
    SettledPuts immutable puts;
    SettledPutsUsdc immutable usdc;
    SettledPutsFeed immutable feed;
    address[3] actors = [address(0xA11), address(0xB0B), address(0xCA7)];

    constructor(SettledPuts puts_, SettledPutsUsdc usdc_, SettledPutsFeed feed_) {
        (puts, usdc, feed) = (puts_, usdc_, feed_);
        for (uint256 i = 0; i < 3; i++) {
            usdc.mint(actors[i], 1_000_000e6);
            VM.prank(actors[i]);
            usdc.approve(address(puts), type(uint256).max);
        }
    }

    function write(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 series) = _pick(who, id);
        VM.prank(actor);
        puts.write(series, bound(amount, 1, 400e18));
    }

    function unwind(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 series) = _pick(who, id);
        uint256 held = _least(puts.longOf(series, actor), puts.shortOf(series, actor));
        if (held == 0) return;
        VM.prank(actor);
        puts.unwind(series, bound(amount, 1, held));
    }

    function transferLong(uint256 who, uint256 to, uint256 id, uint256 amount) external {
        (address actor, uint256 series) = _pick(who, id);
        amount = bound(amount, 0, puts.longOf(series, actor));
        VM.prank(actor);
        puts.transferLong(series, actors[to % 3], amount);
    }

    function redeemLong(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 series) = _pick(who, id);
        uint256 held = puts.longOf(series, actor);
        if (held == 0) return;
        VM.prank(actor);
        puts.redeemLong(series, bound(amount, 1, held));
    }

    function redeemShort(uint256 who, uint256 id, uint256 amount) external {
        (address actor, uint256 series) = _pick(who, id);
        uint256 held = puts.shortOf(series, actor);
        if (held == 0) return;
        VM.prank(actor);
        puts.redeemShort(series, bound(amount, 1, held));
    }

    function movePrice(uint256 price) external {
        feed.setAnswer(int256(bound(price, 1_800e8, 3_300e8)));
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1 minutes, 1 days));
        feed.setAnswer(feed.answer());
    }

    function _pick(uint256 who, uint256 id) private view returns (address, uint256) {
        return (actors[who % 3], id % 3);
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}

abstract contract SettledPutsBase {
    SettledPuts puts;
    SettledPutsHandler handler;

    function _create(SettledPutsUsdc usdc, SettledPutsFeed feed) internal virtual returns (SettledPuts);

    function setUp() public {
        SettledPutsUsdc usdc = new SettledPutsUsdc();
        SettledPutsFeed feed = new SettledPutsFeed(2_500e8);
        puts = _create(usdc, feed);
        puts.list(2_400e6, block.timestamp + 2 days);
        puts.list(2_600e6, block.timestamp + 3 days);
        puts.list(2_500e6, block.timestamp + 30 days);
        address alice = address(0xA11CE);
        usdc.mint(alice, 5_000_000e6);
        VM.startPrank(alice);
        usdc.approve(address(puts), type(uint256).max);
        for (uint256 id = 0; id < 3; id++) {
            puts.write(id, 500e18);
            puts.transferLong(id, address(0xBEEF), 350e18);
        }
        VM.stopPrank();
        handler = new SettledPutsHandler(puts, usdc, feed);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_solvent() public view {
        require(puts.invariant_solvent(), "insolvent");
    }
}

contract SettledPutsTest is SettledPutsBase {
    function _create(SettledPutsUsdc usdc, SettledPutsFeed feed) internal override returns (SettledPuts) {
        return new SettledPuts(usdc, feed);
    }
}

contract SettledPutsFixedTest is SettledPutsBase {
    function _create(SettledPutsUsdc usdc, SettledPutsFeed feed) internal override returns (SettledPuts) {
        return new SettledPutsFixed(usdc, feed);
    }
}

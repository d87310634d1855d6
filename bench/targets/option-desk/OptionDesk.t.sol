// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {OptionDesk, OptionDeskFixed, OptionDeskUsdc, OptionDeskFeed} from "./OptionDesk.sol";

contract OptionDeskHandler {
    OptionDesk immutable desk;
    OptionDeskUsdc immutable usdc;
    OptionDeskFeed immutable feed;
    address[3] actors = [address(0xA11), address(0xB0B), address(0xCA7)];
    mapping(address actor => uint256[]) bought;

    constructor(OptionDesk desk_, OptionDeskUsdc usdc_, OptionDeskFeed feed_) {
        (desk, usdc, feed) = (desk_, usdc_, feed_);
        for (uint256 i = 0; i < 3; i++) {
            usdc.mint(actors[i], 500_000e6);
            VM.prank(actors[i]);
            usdc.approve(address(desk), type(uint256).max);
        }
    }

    function deposit(uint256 who, uint256 assets) external {
        address actor = actors[who % 3];
        assets = bound(assets, 0, usdc.balanceOf(actor));
        VM.prank(actor);
        desk.deposit(assets);
    }

    function withdraw(uint256 who, uint256 shares) external {
        address actor = actors[who % 3];
        shares = bound(shares, 0, desk.shares(actor));
        VM.prank(actor);
        desk.withdraw(shares);
    }

    function buy(uint256 who, uint256 strike, uint256 size, uint256 numberOfDays) external {
        address actor = actors[who % 3];
        strike = bound(strike, 2_000e6, 3_000e6);
        size = bound(size, 0.1e18, 800e18);
        numberOfDays = bound(numberOfDays, 1, 30);
        VM.prank(actor);
        bought[actor].push(desk.buy(strike, size, numberOfDays));
    }

    function transferOption(uint256 who, uint256 to, uint256 which) external {
        address actor = actors[who % 3];
        uint256[] storage own = bought[actor];
        if (own.length == 0) return;
        which %= own.length;
        uint256 id = own[which];
        VM.prank(actor);
        desk.transferOption(id, actors[to % 3]);
        own[which] = own[own.length - 1];
        own.pop();
        bought[actors[to % 3]].push(id);
    }

    /// @dev Options of the actor. What has been exercised stays in the list, and reverts.
    function exercise(uint256 who, uint256[] calldata which) external {
        address actor = actors[who % 3];
        uint256[] storage own = bought[actor];
        if (own.length == 0) return;
        uint256[] memory ids = new uint256[](which.length < 3 ? which.length : 3);
        for (uint256 i = 0; i < ids.length; i++) ids[i] = own[which[i] % own.length];
        VM.prank(actor);
        desk.exercise(ids);
    }

    function expire(uint256[] calldata which) external {
        uint256[] memory ids = new uint256[](which.length < 3 ? which.length : 3);
        for (uint256 i = 0; i < ids.length; i++) ids[i] = which[i] % desk.optionsLength();
        desk.expire(ids);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1 minutes, 1 days));
        feed.setAnswer(feed.answer());
    }

    function wealth() external view returns (uint256 total) {
        for (uint256 i = 0; i < 3; i++) total += usdc.balanceOf(actors[i]);
    }
}

abstract contract OptionDeskBase {
    OptionDeskHandler handler;

    function _create(OptionDeskUsdc usdc, OptionDeskFeed feed) internal virtual returns (OptionDesk);

    function setUp() public {
        OptionDeskUsdc usdc = new OptionDeskUsdc();
        OptionDeskFeed feed = new OptionDeskFeed(2_500e8);
        OptionDesk desk = _create(usdc, feed);
        address alice = address(0xA11CE);
        usdc.mint(alice, 4_000_000e6);
        VM.startPrank(alice);
        usdc.approve(address(desk), type(uint256).max);
        desk.deposit(4_000_000e6);
        VM.stopPrank();
        address bob = address(0xB0BB1);
        usdc.mint(bob, 4_000_000e6);
        VM.startPrank(bob);
        usdc.approve(address(desk), type(uint256).max);
        desk.buy(2_400e6, 200e18, 14);
        desk.buy(2_600e6, 100e18, 3);
        VM.stopPrank();
        handler = new OptionDeskHandler(desk, usdc, feed);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice Nobody makes money in a market that does not move.
    function invariant_noFreeMoney() public view {
        require(handler.wealth() <= 3 * 500_000e6 + 1e6, "free money");
    }
}

contract OptionDeskTest is OptionDeskBase {
    function _create(OptionDeskUsdc usdc, OptionDeskFeed feed) internal override returns (OptionDesk) {
        return new OptionDesk(usdc, feed);
    }
}

contract OptionDeskFixedTest is OptionDeskBase {
    function _create(OptionDeskUsdc usdc, OptionDeskFeed feed) internal override returns (OptionDesk) {
        return new OptionDeskFixed(usdc, feed);
    }
}

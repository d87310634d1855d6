// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {FundingPerp, FundingPerpFixed, FundingPerpUsdc, FundingPerpFeed} from "./FundingPerp.sol";

contract FundingPerpHandler {
    FundingPerp immutable perp;
    FundingPerpUsdc immutable usdc;
    FundingPerpFeed immutable feed;
    address[3] actors = [address(0xA11), address(0xB0B), address(0xCA7)];

    constructor(FundingPerp perp_, FundingPerpUsdc usdc_, FundingPerpFeed feed_) {
        (perp, usdc, feed) = (perp_, usdc_, feed_);
        for (uint256 i = 0; i < 3; i++) {
            usdc.mint(actors[i], 1_000_000e6);
            VM.prank(actors[i]);
            usdc.approve(address(perp), type(uint256).max);
        }
    }

    function fundPool(uint256 who, uint256 amount) external {
        address actor = actors[who % 3];
        amount = bound(amount, 0, usdc.balanceOf(actor) / 10);
        VM.prank(actor);
        perp.fundPool(amount);
    }

    function increase(uint256 who, bool long, uint256 size, uint256 margin) external {
        address actor = actors[who % 3];
        margin = bound(margin, 0, usdc.balanceOf(actor));
        size = bound(size, 0.01e18, 1_000e18);
        VM.prank(actor);
        perp.increase(long, size, margin);
    }

    function decrease(uint256 who, uint256 size) external {
        address actor = actors[who % 3];
        (, uint256 held,,,) = perp.positions(actor);
        if (held == 0) return;
        size = bound(size, 1, held);
        VM.prank(actor);
        perp.decrease(size);
    }

    function addMargin(uint256 who, uint256 amount) external {
        address actor = actors[who % 3];
        amount = bound(amount, 0, usdc.balanceOf(actor));
        VM.prank(actor);
        perp.addMargin(amount);
    }

    function withdrawMargin(uint256 who, uint256 amount) external {
        address actor = actors[who % 3];
        (,,, uint256 margin,) = perp.positions(actor);
        amount = bound(amount, 0, margin);
        VM.prank(actor);
        perp.withdrawMargin(amount);
    }

    function liquidate(uint256 who, uint256 whom) external {
        address trader = perp.traders(whom % _count());
        VM.prank(actors[who % 3]);
        perp.liquidate(trader);
    }

    function updateFunding() external {
        perp.updateFunding();
    }

    function movePrice(uint256 price) external {
        feed.setAnswer(int256(bound(price, 1_700e8, 3_600e8)));
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1 minutes, 2 days));
        feed.setAnswer(feed.answer());
    }

    /// @dev Three traders at the start; each actor is added with its first position.
    function _count() private view returns (uint256 count) {
        count = 3;
        while (count < 6) {
            try perp.traders(count) returns (address) {
                count++;
            } catch {
                break;
            }
        }
    }
}

abstract contract FundingPerpBase {
    FundingPerp perp;
    FundingPerpHandler handler;

    function _create(FundingPerpUsdc usdc, FundingPerpFeed feed) internal virtual returns (FundingPerp);

    function setUp() public {
        FundingPerpUsdc usdc = new FundingPerpUsdc();
        FundingPerpFeed feed = new FundingPerpFeed(2_500e8);
        perp = _create(usdc, feed);
        usdc.mint(address(this), 5_000_000e6);
        usdc.approve(address(perp), type(uint256).max);
        perp.fundPool(5_000_000e6);
        _open(usdc, address(0xA11CE), true, 600e18, 400_000e6);
        _open(usdc, address(0xB0BB1), true, 400e18, 300_000e6);
        _open(usdc, address(0xCA201), false, 500e18, 400_000e6);
        handler = new FundingPerpHandler(perp, usdc, feed);
    }

    function _open(FundingPerpUsdc usdc, address trader, bool long, uint256 size, uint256 margin) private {
        usdc.mint(trader, 5_000_000e6);
        VM.startPrank(trader);
        usdc.approve(address(perp), type(uint256).max);
        perp.increase(long, size, margin);
        VM.stopPrank();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_fundingIsCovered() public view {
        require(perp.invariant_fundingIsCovered(), "funding is not covered");
    }
}

contract FundingPerpTest is FundingPerpBase {
    function _create(FundingPerpUsdc usdc, FundingPerpFeed feed) internal override returns (FundingPerp) {
        return new FundingPerp(usdc, feed);
    }
}

contract FundingPerpFixedTest is FundingPerpBase {
    function _create(FundingPerpUsdc usdc, FundingPerpFeed feed) internal override returns (FundingPerp) {
        return new FundingPerpFixed(usdc, feed);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {DeedAuction, DeedAuctionFixed, DeedAuctionFeed, DeedAuctionToken} from "./DeedAuction.sol";

contract DeedAuctionHandler {
    DeedAuction public immutable auction;
    DeedAuctionToken public immutable usdc;
    DeedAuctionToken public immutable weth;
    DeedAuctionFeed public immutable feed;
    address[] public actors;
    int256 internal price = 2_500e8;

    constructor(
        DeedAuction auction_,
        DeedAuctionToken usdc_,
        DeedAuctionToken weth_,
        DeedAuctionFeed feed_,
        address[] memory actors_
    ) {
        auction = auction_;
        usdc = usdc_;
        weth = weth_;
        feed = feed_;
        actors = actors_;
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function bid(uint256 who, uint256 id, bool inEther, uint256 amount) external {
        address sender = actor(who);
        id = bound(id, 0, auction.deedCount() - 1);
        amount = bound(amount, 0, (inEther ? weth : usdc).balanceOf(sender));
        VM.prank(sender);
        auction.bid(id, inEther, amount);
    }

    function withdraw(uint256 who, bool inEther) external {
        VM.prank(actor(who));
        auction.withdraw(inEther);
    }

    function settle(uint256 who, uint256 id) external {
        id = bound(id, 0, auction.deedCount() - 1);
        VM.prank(actor(who));
        auction.settle(id);
    }

    function setPrice(uint256 next) external {
        price = int256(bound(next, 1_875e8, 2_500e8));
        feed.setAnswer(price);
    }

    /// @dev The feed keeps its heartbeat.
    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 12 hours));
        feed.setAnswer(price);
    }
}

abstract contract DeedAuctionSetup {
    DeedAuction auction;
    DeedAuctionHandler handler;

    function deploy(DeedAuctionToken usdc, DeedAuctionToken weth, DeedAuctionFeed feed)
        internal
        virtual
        returns (DeedAuction);

    function setUp() public {
        DeedAuctionToken weth = new DeedAuctionToken("Wrapped Ether", "WETH", 18);
        DeedAuctionToken usdc = new DeedAuctionToken("USD Coin", "USDC", 6);
        DeedAuctionFeed feed = new DeedAuctionFeed(2_500e8);
        auction = deploy(usdc, weth, feed);
        address[] memory others = new address[](3);
        for (uint256 i = 0; i < 3; i++) {
            others[i] = address(uint160(0xa11ce + i));
            fund(usdc, weth, others[i], 3_000_000e6, 900e18);
        }
        auction.list(1_100_000e6, 2 days);
        auction.list(400_000e6, 3 days);
        auction.list(150_000e6, 5 days);
        VM.prank(others[2]);
        auction.bid(0, true, 450e18);
        VM.prank(others[0]);
        auction.bid(0, false, 1_210_000e6);
        VM.prank(others[1]);
        auction.bid(1, false, 405_000e6);

        address[] memory actors = new address[](3);
        actors[0] = address(0xb1dde4);
        actors[1] = address(0xbad);
        actors[2] = others[2];
        fund(usdc, weth, actors[0], 600_000e6, 200e18);
        fund(usdc, weth, actors[1], 800_000e6, 300e18);
        handler = new DeedAuctionHandler(auction, usdc, weth, feed, actors);
    }

    function fund(DeedAuctionToken usdc, DeedAuctionToken weth, address account, uint256 dollars, uint256 ether_)
        internal
    {
        usdc.mint(account, dollars);
        weth.mint(account, ether_);
        VM.startPrank(account);
        usdc.approve(address(auction), type(uint256).max);
        weth.approve(address(auction), type(uint256).max);
        VM.stopPrank();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_escrow() public view {
        require(auction.invariant_escrow(), "escrow is short");
    }
}

contract DeedAuctionTest is DeedAuctionSetup {
    function deploy(DeedAuctionToken usdc, DeedAuctionToken weth, DeedAuctionFeed feed)
        internal
        override
        returns (DeedAuction)
    {
        return new DeedAuction(usdc, weth, feed, address(0xbe4ef1));
    }
}

contract DeedAuctionFixedTest is DeedAuctionSetup {
    function deploy(DeedAuctionToken usdc, DeedAuctionToken weth, DeedAuctionFeed feed)
        internal
        override
        returns (DeedAuction)
    {
        return new DeedAuctionFixed(usdc, weth, feed, address(0xbe4ef1));
    }
}

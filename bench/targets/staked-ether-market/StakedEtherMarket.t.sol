// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {StakedEtherMarketActor} from "./StakedEtherMarketActor.sol";
import {
    StakedEtherMarket,
    StakedEtherMarketChecks,
    StakedEtherMarketFeed,
    StakedEtherMarketFixed,
    StakedEtherMarketPool,
    StakedEtherMarketUsdc,
    StakedEtherMarketWeth
} from "./StakedEtherMarket.sol";

contract StakedEtherMarketHandler {
    StakedEtherMarket public immutable market;
    StakedEtherMarketPool public immutable pool;
    StakedEtherMarketUsdc public immutable usdc;
    StakedEtherMarketWeth public immutable weth;
    StakedEtherMarketFeed public immutable feed;
    StakedEtherMarketActor[3] public actors;
    uint256 internal immutable _end = block.timestamp + 12_000;

    constructor(StakedEtherMarket market_, StakedEtherMarketUsdc usdc_, StakedEtherMarketFeed feed_) {
        market = market_;
        pool = market_.pool();
        weth = pool.weth();
        usdc = usdc_;
        feed = feed_;
        for (uint256 i; i < 3; i++) {
            StakedEtherMarketActor actor = new StakedEtherMarketActor();
            actors[i] = actor;
            actor.exec(address(usdc), 0, abi.encodeCall(usdc.approve, (address(market), type(uint256).max)));
            actor.exec(address(pool), 0, abi.encodeCall(pool.approve, (address(market), type(uint256).max)));
            actor.exec(address(weth), 0, abi.encodeCall(weth.approve, (address(pool), type(uint256).max)));
            uint256 capital = i == 0 ? 1_000 ether : 50 ether;
            VM.deal(address(actor), capital);
            actor.exec(address(weth), capital, abi.encodeCall(weth.deposit, ()));
        }
    }

    function wrap(uint256 who, uint256 amount) external {
        StakedEtherMarketActor actor = _actor(who);
        actor.exec(address(weth), bound(amount, 0, address(actor).balance), abi.encodeCall(weth.deposit, ()));
    }

    function stake(uint256 who, uint256 amount) external {
        StakedEtherMarketActor actor = _actor(who);
        amount = bound(amount, 0, weth.balanceOf(address(actor)));
        actor.exec(address(pool), 0, abi.encodeCall(pool.deposit, (amount)));
    }

    function unstake(uint256 who, uint256 shares) external {
        StakedEtherMarketActor actor = _actor(who);
        shares = bound(shares, 0, pool.balanceOf(address(actor)));
        actor.exec(address(pool), 0, abi.encodeCall(pool.redeem, (shares)));
    }

    function supply(uint256 who, uint256 assets) external {
        StakedEtherMarketActor actor = _actor(who);
        assets = bound(assets, 0, usdc.balanceOf(address(actor)));
        actor.exec(address(market), 0, abi.encodeCall(market.supply, (assets)));
    }

    function withdraw(uint256 who, uint256 shares) external {
        StakedEtherMarketActor actor = _actor(who);
        shares = bound(shares, 0, market.sharesOf(address(actor)));
        actor.exec(address(market), 0, abi.encodeCall(market.withdraw, (shares)));
    }

    function addCollateral(uint256 who, uint256 amount) external {
        StakedEtherMarketActor actor = _actor(who);
        amount = bound(amount, 0, pool.balanceOf(address(actor)));
        actor.exec(address(market), 0, abi.encodeCall(market.addCollateral, (amount)));
    }

    function removeCollateral(uint256 who, uint256 amount) external {
        StakedEtherMarketActor actor = _actor(who);
        amount = bound(amount, 0, market.collateralOf(address(actor)));
        actor.exec(address(market), 0, abi.encodeCall(market.removeCollateral, (amount)));
    }

    function borrow(uint256 who, uint256 amount) external {
        _actor(who).exec(address(market), 0, abi.encodeCall(market.borrow, (bound(amount, 1, 1_000_000e6))));
    }

    function repay(uint256 who, uint256 amount) external {
        StakedEtherMarketActor actor = _actor(who);
        amount = bound(amount, 0, market.debtOf(address(actor)));
        actor.exec(address(market), 0, abi.encodeCall(market.repay, (amount)));
    }

    function liquidate(uint256 who, uint256 which, uint256 amount) external {
        address account = market.borrowers(bound(which, 0, market.borrowerCount() - 1));
        amount = bound(amount, 1, 500_000e6);
        _actor(who).exec(address(market), 0, abi.encodeCall(market.liquidate, (account, amount)));
    }

    function accrue() external {
        market.accrue();
    }

    /// @notice What an actor does when it is next paid in ether.
    function queue(uint256 who, uint256 what, uint256 amount) external {
        bytes memory data;
        what = bound(what, 0, 7);
        uint256 dollars = bound(amount, 1, 1_000_000e6);
        uint256 tokens = bound(amount, 1, 1_000 ether);
        if (what == 0) data = abi.encodeCall(market.supply, (dollars));
        if (what == 1) data = abi.encodeCall(market.withdraw, (dollars));
        if (what == 2) data = abi.encodeCall(market.addCollateral, (tokens));
        if (what == 3) data = abi.encodeCall(market.removeCollateral, (tokens));
        if (what == 4) data = abi.encodeCall(market.borrow, (dollars));
        if (what == 5) data = abi.encodeCall(market.repay, (dollars));
        if (what == 6) data = abi.encodeCall(pool.deposit, (tokens));
        if (what == 7) data = abi.encodeCall(pool.redeem, (tokens));
        _actor(who).queue(what < 6 ? address(market) : address(pool), data);
    }

    function setPrice(uint256 price) external {
        feed.publish(int256(bound(price, 2_550e8, 3_000e8)));
    }

    function pass(uint256 time) external {
        uint256 then = block.timestamp + bound(time, 12, 3_600);
        VM.warp(then > _end ? _end : then);
    }

    function _actor(uint256 who) internal view returns (StakedEtherMarketActor) {
        return actors[bound(who, 0, 2)];
    }
}

abstract contract StakedEtherMarketSetUp {
    StakedEtherMarketHandler internal handler;
    StakedEtherMarketChecks internal checks;
    StakedEtherMarketWeth internal weth;
    StakedEtherMarketPool internal pool;

    function _deploy(StakedEtherMarketUsdc usdc, StakedEtherMarketFeed feed)
        internal
        virtual
        returns (StakedEtherMarket);

    function setUp() external {
        StakedEtherMarketUsdc usdc = new StakedEtherMarketUsdc();
        StakedEtherMarketFeed feed = new StakedEtherMarketFeed(3_000e8);
        weth = new StakedEtherMarketWeth();
        pool = new StakedEtherMarketPool(weth);
        StakedEtherMarket market = _deploy(usdc, feed);
        checks = new StakedEtherMarketChecks(market);
        usdc.approve(address(market), type(uint256).max);
        market.supply(4_000_000e6);
        _stake(market, address(0xa11ce));
        _stake(market, address(0xb0b));
        _stake(market, address(0xca401));
        VM.deal(address(this), 18 ether);
        pool.addRewards{value: 18 ether}();
        _lend(market, address(0xb0b), 300 ether, 540_000e6);
        _lend(market, address(0xca401), 200 ether, 425_000e6);
        handler = new StakedEtherMarketHandler(market, usdc, feed);
        feed.transferOwnership(address(handler));
        for (uint256 i; i < 3; i++) usdc.transfer(address(handler.actors(i)), i == 0 ? 500_000e6 : 200_000e6);
    }

    function _stake(StakedEtherMarket market, address account) internal {
        VM.deal(account, 300 ether);
        VM.startPrank(account);
        weth.deposit{value: 300 ether}();
        weth.approve(address(pool), 300 ether);
        pool.deposit(300 ether);
        pool.approve(address(market), 300 ether);
        VM.stopPrank();
    }

    function _lend(StakedEtherMarket market, address account, uint256 collateral, uint256 amount) internal {
        VM.startPrank(account);
        market.addCollateral(collateral);
        market.borrow(amount);
        VM.stopPrank();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_everyLoanIsBacked() external view {
        require(checks.invariant_everyLoanIsBacked());
    }
}

contract StakedEtherMarketTest is StakedEtherMarketSetUp {
    function _deploy(StakedEtherMarketUsdc usdc, StakedEtherMarketFeed feed)
        internal
        override
        returns (StakedEtherMarket)
    {
        return new StakedEtherMarket(usdc, pool, feed);
    }
}

contract StakedEtherMarketFixedTest is StakedEtherMarketSetUp {
    function _deploy(StakedEtherMarketUsdc usdc, StakedEtherMarketFeed feed)
        internal
        override
        returns (StakedEtherMarket)
    {
        return new StakedEtherMarketFixed(usdc, pool, feed);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {EtherMarketActor} from "./EtherMarketActor.sol";
import {EtherMarket, EtherMarketChecks, EtherMarketFeed, EtherMarketFixed, EtherMarketUsdc} from "./EtherMarket.sol";

contract EtherMarketHandler {
    EtherMarket public immutable market;
    EtherMarketUsdc public immutable usdc;
    EtherMarketFeed public immutable feed;
    EtherMarketActor[3] public actors;
    uint256 internal immutable _end = block.timestamp + 12_000;

    constructor(EtherMarket market_, EtherMarketUsdc usdc_, EtherMarketFeed feed_) payable {
        market = market_;
        usdc = usdc_;
        feed = feed_;
        for (uint256 i; i < 3; i++) {
            actors[i] = new EtherMarketActor();
            VM.deal(address(actors[i]), 100 ether);
            actors[i].exec(address(usdc), 0, abi.encodeCall(usdc.approve, (address(market_), type(uint256).max)));
        }
    }

    function supply(uint256 who, uint256 assets) external {
        EtherMarketActor actor = _actor(who);
        _call(actor, 0, abi.encodeCall(market.supply, (bound(assets, 0, usdc.balanceOf(address(actor))))));
    }

    function redeem(uint256 who, uint256 shares) external {
        EtherMarketActor actor = _actor(who);
        _call(actor, 0, abi.encodeCall(market.redeem, (bound(shares, 0, market.sharesOf(address(actor))))));
    }

    function addCollateral(uint256 who, uint256 value) external {
        EtherMarketActor actor = _actor(who);
        _call(actor, bound(value, 0, address(actor).balance), abi.encodeCall(market.addCollateral, ()));
    }

    function withdrawCollateral(uint256 who, uint256 amount) external {
        EtherMarketActor actor = _actor(who);
        amount = bound(amount, 0, market.collateralOf(address(actor)));
        _call(actor, 0, abi.encodeCall(market.withdrawCollateral, (amount)));
    }

    function borrow(uint256 who, uint256 amount) external {
        _call(_actor(who), 0, abi.encodeCall(market.borrow, (bound(amount, 1, 1_000_000e6))));
    }

    function repay(uint256 who, uint256 whom, uint256 amount) external {
        EtherMarketActor actor = _actor(who);
        address account = address(_actor(whom));
        _call(actor, 0, abi.encodeCall(market.repay, (account, bound(amount, 0, market.debtOf(account)))));
    }

    function liquidate(uint256 who, uint256 which, uint256 amount) external {
        address account = market.borrowers(bound(which, 0, market.borrowerCount() - 1));
        _call(_actor(who), 0, abi.encodeCall(market.liquidate, (account, bound(amount, 1, 500_000e6))));
    }

    function accrue() external {
        market.accrue();
    }

    /// @notice What an actor does when it is next paid in ether.
    function queue(uint256 who, uint256 what, uint256 amount) external {
        bytes memory data;
        what = bound(what, 0, 4);
        amount = bound(amount, 1, 1_000_000e6);
        if (what == 0) data = abi.encodeCall(market.supply, (amount));
        if (what == 1) data = abi.encodeCall(market.redeem, (amount));
        if (what == 2) data = abi.encodeCall(market.withdrawCollateral, (bound(amount * 1e9, 1, 100 ether)));
        if (what == 3) data = abi.encodeCall(market.borrow, (amount));
        if (what == 4) data = abi.encodeCall(market.repay, (address(_actor(who)), amount));
        _actor(who).queue(address(market), data);
    }

    function setPrice(uint256 price) external {
        feed.publish(int256(bound(price, 2_550e8, 3_000e8)));
    }

    function pass(uint256 time) external {
        uint256 then = block.timestamp + bound(time, 12, 3_600);
        VM.warp(then > _end ? _end : then);
    }

    function _actor(uint256 who) internal view returns (EtherMarketActor) {
        return actors[bound(who, 0, 2)];
    }

    function _call(EtherMarketActor actor, uint256 value, bytes memory data) internal {
        actor.exec(address(market), value, data);
    }
}

abstract contract EtherMarketSetUp {
    EtherMarketHandler internal handler;
    EtherMarketChecks internal checks;

    function _deploy(EtherMarketUsdc usdc, EtherMarketFeed feed) internal virtual returns (EtherMarket);

    function setUp() external {
        EtherMarketUsdc usdc = new EtherMarketUsdc();
        EtherMarketFeed feed = new EtherMarketFeed(3_000e8);
        EtherMarket market = _deploy(usdc, feed);
        checks = new EtherMarketChecks(market);
        usdc.approve(address(market), type(uint256).max);
        market.supply(5_000_000e6);
        _lend(market, address(0xb0b), 800 ether, 1_300_000e6);
        _lend(market, address(0xca401), 250 ether, 520_000e6);
        handler = new EtherMarketHandler(market, usdc, feed);
        feed.transferOwnership(address(handler));
        for (uint256 i; i < 3; i++) usdc.transfer(address(handler.actors(i)), i == 0 ? 500_000e6 : 200_000e6);
    }

    function _lend(EtherMarket market, address account, uint256 value, uint256 amount) internal {
        VM.deal(account, value);
        VM.startPrank(account);
        market.addCollateral{value: value}();
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

contract EtherMarketTest is EtherMarketSetUp {
    function _deploy(EtherMarketUsdc usdc, EtherMarketFeed feed) internal override returns (EtherMarket) {
        return new EtherMarket(usdc, feed);
    }
}

contract EtherMarketFixedTest is EtherMarketSetUp {
    function _deploy(EtherMarketUsdc usdc, EtherMarketFeed feed) internal override returns (EtherMarket) {
        return new EtherMarketFixed(usdc, feed);
    }
}

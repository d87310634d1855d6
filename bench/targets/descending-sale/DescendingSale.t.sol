// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {DescendingSale, DescendingSaleFixed, DescendingSaleToken} from "./DescendingSale.sol";

contract DescendingSaleHandler {
    DescendingSale public immutable sale;
    DescendingSaleToken public immutable token;
    DescendingSaleToken public immutable usdc;
    address[] public actors;

    constructor(
        DescendingSale sale_,
        DescendingSaleToken token_,
        DescendingSaleToken usdc_,
        address[] memory actors_
    ) {
        sale = sale_;
        token = token_;
        usdc = usdc_;
        actors = actors_;
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function commit(uint256 who, uint256 amount) external {
        address sender = actor(who);
        amount = bound(amount, 0, usdc.balanceOf(sender));
        VM.prank(sender);
        sale.commit(amount);
    }

    function claim(uint256 who) external {
        VM.prank(actor(who));
        sale.claim();
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 12 hours));
    }
}

abstract contract DescendingSaleSetup {
    DescendingSale sale;
    DescendingSaleHandler handler;

    function deploy(DescendingSaleToken token, DescendingSaleToken usdc, DescendingSale.Terms memory terms)
        internal
        virtual
        returns (DescendingSale);

    function setUp() public {
        DescendingSaleToken token = new DescendingSaleToken("Harbour", "HRB", 18);
        DescendingSaleToken usdc = new DescendingSaleToken("USD Coin", "USDC", 6);
        sale = deploy(
            token,
            usdc,
            DescendingSale.Terms({
                supply: 1_000_000e18,
                startPrice: 6e6,
                floorPrice: 2.5e6,
                accountCap: 800_000e6,
                start: uint64(block.timestamp),
                end: uint64(block.timestamp + 5 days)
            })
        );
        token.mint(address(sale), 1_000_000e18);
        VM.warp(block.timestamp + 2 days);
        uint256[3] memory amounts = [uint256(640_000e6), 410_000e6, 95_000e6];
        for (uint256 i = 0; i < 3; i++) {
            address buyer = address(uint160(0xa11ce + i));
            usdc.mint(buyer, amounts[i]);
            VM.startPrank(buyer);
            usdc.approve(address(sale), amounts[i]);
            sale.commit(amounts[i]);
            VM.stopPrank();
        }

        address[] memory actors = new address[](3);
        actors[0] = address(0xf00d);
        actors[1] = address(0x57a11);
        actors[2] = address(0xbad);
        usdc.mint(actors[0], 1_000_000e6);
        usdc.mint(actors[1], 50_000e6);
        usdc.mint(actors[2], 1_000_000e6);
        for (uint256 i = 0; i < 3; i++) {
            VM.prank(actors[i]);
            usdc.approve(address(sale), type(uint256).max);
        }
        handler = new DescendingSaleHandler(sale, token, usdc, actors);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_claimsAreCovered() public view {
        require(sale.invariant_claimsAreCovered(), "claims are not covered");
    }
}

contract DescendingSaleTest is DescendingSaleSetup {
    function deploy(DescendingSaleToken token, DescendingSaleToken usdc, DescendingSale.Terms memory terms)
        internal
        override
        returns (DescendingSale)
    {
        return new DescendingSale(token, usdc, terms);
    }
}

contract DescendingSaleFixedTest is DescendingSaleSetup {
    function deploy(DescendingSaleToken token, DescendingSaleToken usdc, DescendingSale.Terms memory terms)
        internal
        override
        returns (DescendingSale)
    {
        return new DescendingSaleFixed(token, usdc, terms);
    }
}

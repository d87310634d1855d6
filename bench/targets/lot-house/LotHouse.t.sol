// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {LotHouse, LotHouseFixed, LotHouseToken} from "./LotHouse.sol";

contract LotHouseHandler {
    LotHouse public immutable house;
    LotHouseToken public immutable weth;
    LotHouseToken public immutable usdc;
    address[] public actors;
    mapping(address => bool) public isActor;

    constructor(LotHouse house_, LotHouseToken weth_, LotHouseToken usdc_, address[] memory actors_) {
        house = house_;
        weth = weth_;
        usdc = usdc_;
        actors = actors_;
        for (uint256 i = 0; i < actors_.length; i++) {
            isActor[actors_[i]] = true;
        }
    }

    function actor(uint256 seed) internal view returns (address) {
        return actors[bound(seed, 0, actors.length - 1)];
    }

    function lot(uint256 seed) internal view returns (uint256) {
        return bound(seed, 0, house.lotCount() - 1);
    }

    function create(uint256 who, uint256 amount, uint256 reserve, uint256 duration) external {
        address sender = actor(who);
        amount = bound(amount, 0, weth.balanceOf(sender));
        reserve = bound(reserve, 1e6, 2_000_000e6);
        duration = bound(duration, house.MIN_DURATION(), house.MAX_DURATION());
        VM.prank(sender);
        house.create(amount, reserve, duration);
    }

    function bid(uint256 who, uint256 id, uint256 amount) external {
        address sender = actor(who);
        id = lot(id);
        amount = bound(amount, 0, usdc.balanceOf(sender));
        VM.prank(sender);
        house.bid(id, amount);
    }

    function cancel(uint256 id) external {
        id = lot(id);
        (address seller,,,,,,,) = house.lots(id);
        if (!isActor[seller]) return;
        VM.prank(seller);
        house.cancel(id);
    }

    function settle(uint256 who, uint256 id) external {
        id = lot(id);
        VM.prank(actor(who));
        house.settle(id);
    }

    function pass(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 1, 1 days));
    }
}

abstract contract LotHouseSetup {
    LotHouse house;
    LotHouseHandler handler;

    function deploy(LotHouseToken weth, LotHouseToken usdc) internal virtual returns (LotHouse);

    function setUp() public {
        LotHouseToken weth = new LotHouseToken("Wrapped Ether", "WETH", 18);
        LotHouseToken usdc = new LotHouseToken("USD Coin", "USDC", 6);
        house = deploy(weth, usdc);
        address[] memory others = new address[](3);
        for (uint256 i = 0; i < 3; i++) {
            others[i] = address(uint160(0xa11ce + i));
            weth.mint(others[i], 1_000e18);
            usdc.mint(others[i], 2_000_000e6);
            VM.startPrank(others[i]);
            weth.approve(address(house), 1_000e18);
            usdc.approve(address(house), 2_000_000e6);
            VM.stopPrank();
        }
        VM.prank(others[0]);
        house.create(620e18, 1_400_000e6, 3 days);
        VM.startPrank(others[1]);
        house.create(240e18, 560_000e6, 2 days);
        house.create(85e18, 215_000e6, 7 days);
        VM.stopPrank();
        VM.startPrank(others[2]);
        house.bid(0, 900_000e6);
        house.bid(1, 570_000e6);
        VM.stopPrank();
        VM.prank(others[0]);
        house.bid(2, 40_000e6);

        address[] memory actors = new address[](3);
        actors[0] = address(0x74ade4);
        actors[1] = address(0xbad);
        actors[2] = others[2];
        weth.mint(actors[0], 20e18);
        usdc.mint(actors[0], 100_000e6);
        weth.mint(actors[1], 150e18);
        usdc.mint(actors[1], 400_000e6);
        for (uint256 i = 0; i < 3; i++) {
            VM.startPrank(actors[i]);
            weth.approve(address(house), type(uint256).max);
            usdc.approve(address(house), type(uint256).max);
            VM.stopPrank();
        }
        handler = new LotHouseHandler(house, weth, usdc, actors);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_custody() public view {
        require(house.invariant_custody(), "the house does not hold what it should");
    }
}

contract LotHouseTest is LotHouseSetup {
    function deploy(LotHouseToken weth, LotHouseToken usdc) internal override returns (LotHouse) {
        return new LotHouse(weth, usdc);
    }
}

contract LotHouseFixedTest is LotHouseSetup {
    function deploy(LotHouseToken weth, LotHouseToken usdc) internal override returns (LotHouse) {
        return new LotHouseFixed(weth, usdc);
    }
}

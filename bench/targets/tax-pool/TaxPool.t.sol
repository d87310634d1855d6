// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VM, bound} from "../Foundry.sol";
import {TaxPool, TaxPoolFixed, TaxPoolUsdc, TaxPoolToken} from "./TaxPool.sol";

contract TaxPoolHandler {
    TaxPool immutable pool;
    TaxPoolUsdc immutable usdc;
    TaxPoolToken immutable harbour;
    address[3] actors = [address(0xA11), address(0xB0B), address(0xCA7)];

    constructor(TaxPool pool_, TaxPoolUsdc usdc_, TaxPoolToken harbour_) {
        (pool, usdc, harbour) = (pool_, usdc_, harbour_);
        for (uint256 i = 0; i < 3; i++) {
            usdc.mint(actors[i], 500_000e6);
            VM.startPrank(actors[i]);
            usdc.approve(address(pool), type(uint256).max);
            harbour.approve(address(pool), type(uint256).max);
            VM.stopPrank();
        }
    }

    function addLiquidity(uint256 who, uint256 amount0, uint256 amount1) external {
        address actor = actors[who % 3];
        amount0 = bound(amount0, 0, usdc.balanceOf(actor));
        amount1 = bound(amount1, 0, harbour.balanceOf(actor));
        VM.prank(actor);
        pool.addLiquidity(amount0, amount1, 0);
    }

    function removeLiquidity(uint256 who, uint256 shares) external {
        address actor = actors[who % 3];
        shares = bound(shares, 0, pool.balanceOf(actor));
        VM.prank(actor);
        pool.removeLiquidity(shares, 0, 0);
    }

    function swap(uint256 who, bool zeroForOne, uint256 amount) external {
        address actor = actors[who % 3];
        address tokenIn = zeroForOne ? address(usdc) : address(harbour);
        amount = bound(amount, 0, zeroForOne ? usdc.balanceOf(actor) : harbour.balanceOf(actor));
        VM.prank(actor);
        pool.swap(tokenIn, amount, 0);
    }

    function transferShares(uint256 who, uint256 to, uint256 shares) external {
        address actor = actors[who % 3];
        shares = bound(shares, 0, pool.balanceOf(actor));
        VM.prank(actor);
        pool.transfer(actors[to % 3], shares);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12 seconds, 1 hours));
    }
}

abstract contract TaxPoolBase {
    TaxPool pool;
    TaxPoolHandler handler;

    function _create(TaxPoolUsdc usdc, TaxPoolToken harbour) internal virtual returns (TaxPool);

    function setUp() public {
        TaxPoolUsdc usdc = new TaxPoolUsdc();
        TaxPoolToken harbour = new TaxPoolToken(address(0x7EA5), 100_000_000e18);
        pool = _create(usdc, harbour);
        usdc.mint(address(this), 2_000_000e6);
        usdc.approve(address(pool), type(uint256).max);
        harbour.approve(address(pool), type(uint256).max);
        pool.addLiquidity(2_000_000e6, 4_000_000e18, 0);
        address alice = address(0xA11CE);
        usdc.mint(alice, 2_000_000e6);
        harbour.transfer(alice, 1_000_000e18);
        VM.startPrank(alice);
        usdc.approve(address(pool), type(uint256).max);
        harbour.approve(address(pool), type(uint256).max);
        pool.addLiquidity(400_000e6, 816_000e18, 0);
        VM.stopPrank();
        handler = new TaxPoolHandler(pool, usdc, harbour);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_reservesAreHeld() public view {
        require(pool.invariant_reservesAreHeld(), "reserves are not held");
    }
}

contract TaxPoolTest is TaxPoolBase {
    function _create(TaxPoolUsdc usdc, TaxPoolToken harbour) internal override returns (TaxPool) {
        return new TaxPool(usdc, harbour);
    }
}

contract TaxPoolFixedTest is TaxPoolBase {
    function _create(TaxPoolUsdc usdc, TaxPoolToken harbour) internal override returns (TaxPool) {
        return new TaxPoolFixed(usdc, harbour);
    }
}

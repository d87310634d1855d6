// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {VM, bound} from "../Foundry.sol";
import {FlashVault, FlashVaultFixed, FlashVaultUsdc} from "./FlashVault.sol";

/// @notice A user with an account of code, which may borrow, and use the vault while it does.
contract FlashVaultUser is IERC3156FlashBorrower {
    FlashVault immutable vault;
    FlashVaultUsdc immutable usdc;

    constructor(FlashVault vault_, FlashVaultUsdc usdc_) {
        (vault, usdc) = (vault_, usdc_);
        usdc_.approve(address(vault_), type(uint256).max);
    }

    /// @dev 0 deposits, 1 mints, 2 withdraws, 3 redeems; else nothing.
    function act(uint256 action, uint256 amount) public {
        if (action == 0) {
            vault.deposit(bound(amount, 0, usdc.balanceOf(address(this))), address(this));
        } else if (action == 1) {
            uint256 most = vault.convertToShares(usdc.balanceOf(address(this)));
            vault.mint(bound(amount, 0, most), address(this));
        } else if (action == 2) {
            vault.withdraw(bound(amount, 0, vault.maxWithdraw(address(this))), address(this), address(this));
        } else if (action == 3) {
            vault.redeem(bound(amount, 0, vault.balanceOf(address(this))), address(this), address(this));
        }
    }

    function borrow(uint256 amount, uint256 action, uint256 actionAmount) external {
        amount = bound(amount, 0, vault.maxFlashLoan(address(usdc)));
        vault.flashLoan(this, address(usdc), amount, abi.encode(action, actionAmount));
    }

    function transfer(address to, uint256 shares) external {
        vault.transfer(to, bound(shares, 0, vault.balanceOf(address(this))));
    }

    function donate(uint256 amount) external {
        usdc.transfer(address(vault), bound(amount, 0, usdc.balanceOf(address(this))));
    }

    function onFlashLoan(address, address, uint256, uint256, bytes calldata data) external returns (bytes32) {
        (uint256 action, uint256 amount) = abi.decode(data, (uint256, uint256));
        act(action, amount);
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}

contract FlashVaultHandler {
    FlashVaultUser[3] users;

    constructor(FlashVault vault, FlashVaultUsdc usdc) {
        for (uint256 i = 0; i < 3; i++) {
            users[i] = new FlashVaultUser(vault, usdc);
            usdc.mint(address(users[i]), i == 0 ? 50_000e6 : 500_000e6);
        }
    }

    function deposit(uint256 who, uint256 assets) external {
        users[who % 3].act(0, assets);
    }

    function mint(uint256 who, uint256 shares) external {
        users[who % 3].act(1, shares);
    }

    function withdraw(uint256 who, uint256 assets) external {
        users[who % 3].act(2, assets);
    }

    function redeem(uint256 who, uint256 shares) external {
        users[who % 3].act(3, shares);
    }

    function transferShares(uint256 who, uint256 to, uint256 shares) external {
        users[who % 3].transfer(address(users[to % 3]), shares);
    }

    function donate(uint256 who, uint256 amount) external {
        users[who % 3].donate(amount);
    }

    function flashLoan(uint256 who, uint256 amount, uint256 action, uint256 actionAmount) external {
        users[who % 3].borrow(amount, bound(action, 0, 4), actionAmount);
    }

    function passTime(uint256 time) external {
        VM.warp(block.timestamp + bound(time, 12 seconds, 1 hours));
    }
}

abstract contract FlashVaultBase {
    FlashVault vault;
    FlashVaultHandler handler;
    uint256 start;
    address[2] others = [address(0xA11CE), address(0xB0BB1)];

    function _create(FlashVaultUsdc usdc) internal virtual returns (FlashVault);

    function setUp() public {
        FlashVaultUsdc usdc = new FlashVaultUsdc();
        vault = _create(usdc);
        for (uint256 i = 0; i < 2; i++) {
            usdc.mint(others[i], 2_500_000e6);
            VM.startPrank(others[i]);
            usdc.approve(address(vault), type(uint256).max);
            vault.deposit(2_500_000e6, others[i]);
            VM.stopPrank();
        }
        usdc.mint(address(vault), 40_000e6);
        start = vault.convertToAssets(1_000e6);
        handler = new FlashVaultHandler(vault, usdc);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_depositorsLoseNothing() public {
        require(vault.convertToAssets(1_000e6) * 1_000 >= start * 999, "shares lost value");
        uint256 promised = vault.previewRedeem(vault.balanceOf(others[0]));
        uint256 shares = vault.balanceOf(others[0]);
        VM.prank(others[0]);
        require(vault.redeem(shares, others[0], others[0]) * 1_000 >= promised * 999, "not withdrawable");
    }
}

contract FlashVaultTest is FlashVaultBase {
    function _create(FlashVaultUsdc usdc) internal override returns (FlashVault) {
        return new FlashVault(usdc);
    }
}

contract FlashVaultFixedTest is FlashVaultBase {
    function _create(FlashVaultUsdc usdc) internal override returns (FlashVault) {
        return new FlashVaultFixed(usdc);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface IHoldsHookedTokens {
    function tokensToSend(address, address, address, uint256, bytes calldata, bytes calldata) external;
}

/// @title HookedToken
/// @notice Tells a holder with code before it takes its tokens, as ERC-777 does; it asks no registry whether the holder wants to know.
contract HookedToken is ERC20 {
    constructor(uint256 supply) ERC20("Hooked", "HOOK") {
        _mint(msg.sender, supply);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (from.code.length > 0) {
            // who does not know the hook is not kept from sending
            try IHoldsHookedTokens(from).tokensToSend(msg.sender, from, to, amount, "", "") {} catch {}
        }
        super._update(from, to, amount);
    }
}

/// @notice Keeps a token.
abstract contract HookedBankBase {
    IERC20 public immutable token;
    mapping(address account => uint256) public balanceOf;

    constructor(IERC20 token_) {
        token = token_;
    }

    function supply(uint256 amount) external virtual;

    function withdraw(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        token.transfer(msg.sender, amount);
    }
}

/// @title HookedBank
/// @notice FLAW: the balance that it writes is one from before the token's hook, in which it may be withdrawn (Lendf.Me, April 2020).
contract HookedBank is HookedBankBase {
    constructor(IERC20 token_) HookedBankBase(token_) {}

    function supply(uint256 amount) external override {
        uint256 balance = balanceOf[msg.sender];
        token.transferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] = balance + amount;
    }
}

/// @title HookedBankFixed
/// @notice The twin: reads the balance that it adds to afterwards.
contract HookedBankFixed is HookedBankBase {
    constructor(IERC20 token_) HookedBankBase(token_) {}

    function supply(uint256 amount) external override {
        token.transferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
    }
}

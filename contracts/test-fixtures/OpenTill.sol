// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title OpenTillFixed
/// @notice Keeps what is put in for whoever it is put in for.
contract OpenTillFixed {
    IERC20 internal immutable _token;
    mapping(address account => uint256) public credit;

    constructor(IERC20 token) {
        _token = token;
    }

    function depositFor(address account, uint256 amount) external {
        _token.transferFrom(msg.sender, address(this), amount);
        credit[account] += amount;
    }

    function take(uint256 amount) external {
        _check(amount);
        _token.transfer(msg.sender, amount);
    }

    function _check(uint256 amount) internal virtual {
        credit[msg.sender] -= amount;
    }
}

/// @title OpenTill
/// @notice Flawed: anybody takes anything.
contract OpenTill is OpenTillFixed {
    constructor(IERC20 token) OpenTillFixed(token) {}

    function _check(uint256) internal override {}
}

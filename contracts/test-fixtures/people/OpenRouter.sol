// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Moves tokens on behalf of its users, who approve it. A deposit only says that the caller uses it.
abstract contract OpenRouterBase {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    mapping(address account => bool) public isUser;

    constructor(IERC20 token_) {
        token = token_;
    }

    function deposit(uint256) external {
        isUser[msg.sender] = true;
    }

    function move(address from, address to, uint256 amount) external {
        require(isUser[from] && _may(from), "not allowed");
        token.safeTransferFrom(from, to, amount);
    }

    function _may(address from) internal view virtual returns (bool);
}

/// @title OpenRouter
/// @notice FLAW: anybody may move what anybody has approved.
contract OpenRouter is OpenRouterBase {
    constructor(IERC20 token_) OpenRouterBase(token_) {}

    function _may(address) internal pure override returns (bool) {
        return true;
    }
}

/// @title OpenRouterFixed
/// @notice The twin: only what the caller has approved.
contract OpenRouterFixed is OpenRouterBase {
    constructor(IERC20 token_) OpenRouterBase(token_) {}

    function _may(address from) internal view override returns (bool) {
        return from == msg.sender;
    }
}

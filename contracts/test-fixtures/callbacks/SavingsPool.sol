// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface IPoolCallee {
    function poolCall(address sender, uint256 amount0, uint256 amount1, bytes calldata data) external;
}

/// @notice A pool of two tokens with a constant product, which pays first and is paid by transfers, in its callback if there is one.
/// It also keeps savings: who has transferred tokens beyond a swap may have them written down as its own.
abstract contract SavingsPoolBase {
    IERC20 public immutable token0;
    IERC20 public immutable token1;
    uint256 public reserve0;
    uint256 public reserve1;
    mapping(IERC20 token => uint256) public saved;
    mapping(IERC20 token => mapping(address account => uint256)) public savings;

    constructor(IERC20 token0_, IERC20 token1_) {
        token0 = token0_;
        token1 = token1_;
    }

    /// What was transferred before becomes the pool's.
    function start() external {
        require(reserve0 == 0, "started");
        reserve0 = token0.balanceOf(address(this));
        reserve1 = token1.balanceOf(address(this));
    }

    function swap(uint256 amount0, uint256 amount1, address to, bytes calldata data) external virtual;

    /// Writes down what has been transferred.
    function save(IERC20 token) external {
        require(token == token0 || token == token1, "another token");
        uint256 reserve = token == token0 ? reserve0 : reserve1;
        uint256 amount = token.balanceOf(address(this)) - reserve - saved[token];
        saved[token] += amount;
        savings[token][msg.sender] += amount;
    }

    function take(IERC20 token, uint256 amount) external {
        savings[token][msg.sender] -= amount;
        saved[token] -= amount;
        token.transfer(msg.sender, amount);
    }

    function pay(uint256 amount0, uint256 amount1, address to, bytes calldata data) internal {
        require(amount0 + amount1 > 0, "nothing");
        if (amount0 > 0) token0.transfer(to, amount0);
        if (amount1 > 0) token1.transfer(to, amount1);
        if (data.length > 0) IPoolCallee(to).poolCall(msg.sender, amount0, amount1, data);
    }

    function settle(uint256 saved0, uint256 saved1) internal {
        uint256 left0 = token0.balanceOf(address(this)) - saved0;
        uint256 left1 = token1.balanceOf(address(this)) - saved1;
        require(left0 * left1 >= reserve0 * reserve1, "not paid");
        reserve0 = left0;
        reserve1 = left1;
    }
}

/// @title SavingsPool
/// @notice FLAW: what is not the pool's it looks up before it calls back: a payment that is saved in the callback counts twice.
contract SavingsPool is SavingsPoolBase {
    constructor(IERC20 token0_, IERC20 token1_) SavingsPoolBase(token0_, token1_) {}

    function swap(uint256 amount0, uint256 amount1, address to, bytes calldata data) external override {
        (uint256 saved0, uint256 saved1) = (saved[token0], saved[token1]);
        pay(amount0, amount1, to, data);
        settle(saved0, saved1);
    }
}

/// @title SavingsPoolFixed
/// @notice The twin: looks it up afterwards.
contract SavingsPoolFixed is SavingsPoolBase {
    constructor(IERC20 token0_, IERC20 token1_) SavingsPoolBase(token0_, token1_) {}

    function swap(uint256 amount0, uint256 amount1, address to, bytes calldata data) external override {
        pay(amount0, amount1, to, data);
        settle(saved[token0], saved[token1]);
    }
}

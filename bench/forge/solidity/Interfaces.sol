// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IERC20 {
    function approve(address spender, uint256 amount) external returns (bool);

    function balanceOf(address account) external view returns (uint256);

    function transfer(address to, uint256 amount) external returns (bool);
}

interface IRouter {
    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256 amountOutMin,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external returns (uint256[] memory amounts);
}

interface IPair {
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
}

interface IPool {
    function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode) external;

    function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf) external;

    function repay(address asset, uint256 amount, uint256 rateMode, address onBehalfOf) external returns (uint256);
}

interface IAggregator {
    function submit(uint256 round, int256 answer) external;

    function latestRound() external view returns (uint256);

    function latestAnswer() external view returns (int256);
}

interface ICounter {
    function increment() external;
}

interface IMarginEngine {
    function deposit(uint256 amount) external;

    function withdraw(uint256 amount) external;

    function borrow(uint256 amount) external;

    function repay(uint256 amount) external;

    function liquidate(address account, uint256 amount) external;

    function collateralOf(address account) external view returns (uint256);

    function debtOf(address account) external view returns (uint256);
}

interface IShares {
    function deposit(uint256 assets, address receiver) external returns (uint256);

    function balanceOf(address account) external view returns (uint256);

    function convertToAssets(uint256 shares) external view returns (uint256);
}

interface IOptions {
    function buyPut(uint256 notional) external;

    function exercise() external;
}

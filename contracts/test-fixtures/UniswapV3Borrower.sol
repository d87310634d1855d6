// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IUniswapV3Flash {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function flash(address recipient, uint256 amount0, uint256 amount1, bytes calldata data) external;
}

interface ITransfer {
    function transfer(address to, uint256 amount) external returns (bool);
}

/// @notice Takes a flash loan from a Uniswap V3 pool and repays what it was told to, whatever the pool asks for.
contract UniswapV3Borrower {
    function borrow(IUniswapV3Flash pool, uint256 amount0, uint256 amount1, uint256 repaid0, uint256 repaid1) external {
        pool.flash(address(this), amount0, amount1, abi.encode(pool.token0(), pool.token1(), repaid0, repaid1));
    }

    function uniswapV3FlashCallback(uint256, uint256, bytes calldata data) external {
        (ITransfer token0, ITransfer token1, uint256 repaid0, uint256 repaid1) =
            abi.decode(data, (ITransfer, ITransfer, uint256, uint256));
        token0.transfer(msg.sender, repaid0);
        token1.transfer(msg.sender, repaid1);
    }
}

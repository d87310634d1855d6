// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract TaxPoolUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice A community token that sends 2 % of each transfer to its treasury.
contract TaxPoolToken is ERC20("Harbour", "HRB"), Ownable {
    uint256 public constant TAX_BPS = 200;
    address public immutable treasury;

    constructor(address treasury_, uint256 supply) Ownable(msg.sender) {
        treasury = treasury_;
        _mint(msg.sender, supply);
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 tax = from == address(0) || to == address(0) || from == owner() ? 0 : (amount * TAX_BPS) / 10_000;
        if (tax != 0) super._update(from, treasury, tax);
        super._update(from, to, amount - tax);
    }
}

/// @title A constant-product pool of any two tokens, with a fee of 0.3 %
contract TaxPool is ERC20("Pool share", "POOL"), ReentrancyGuard {
    using SafeERC20 for IERC20;

    uint256 public constant FEE_BPS = 30;
    uint256 public constant MINIMUM_SHARES = 1_000;

    IERC20 public immutable token0;
    IERC20 public immutable token1;
    uint256 public reserve0;
    uint256 public reserve1;

    event LiquidityAdded(address indexed provider, uint256 amount0, uint256 amount1, uint256 shares);
    event LiquidityRemoved(address indexed provider, uint256 amount0, uint256 amount1, uint256 shares);
    event Swapped(address indexed trader, address indexed tokenIn, uint256 amountIn, uint256 amountOut);

    error UnknownToken();
    error ZeroAmount();
    error Slippage(uint256 got, uint256 least);

    constructor(IERC20 token0_, IERC20 token1_) {
        token0 = token0_;
        token1 = token1_;
    }

    /// @notice Adds both tokens. What is out of proportion is a gift to the pool.
    function addLiquidity(uint256 amount0, uint256 amount1, uint256 leastShares)
        external
        nonReentrant
        returns (uint256 shares)
    {
        uint256 added0 = _receive(token0, amount0);
        uint256 added1 = _receive(token1, amount1);
        uint256 supply = totalSupply();
        if (supply == 0) {
            shares = Math.sqrt(added0 * added1) - MINIMUM_SHARES;
            _mint(address(0xdead), MINIMUM_SHARES);
        } else {
            shares = Math.min((added0 * supply) / reserve0, (added1 * supply) / reserve1);
        }
        if (shares == 0) revert ZeroAmount();
        if (shares < leastShares) revert Slippage(shares, leastShares);
        reserve0 += added0;
        reserve1 += added1;
        _mint(msg.sender, shares);
        emit LiquidityAdded(msg.sender, added0, added1, shares);
    }

    function removeLiquidity(uint256 shares, uint256 least0, uint256 least1)
        external
        nonReentrant
        returns (uint256 amount0, uint256 amount1)
    {
        uint256 supply = totalSupply();
        amount0 = (shares * reserve0) / supply;
        amount1 = (shares * reserve1) / supply;
        if (amount0 < least0) revert Slippage(amount0, least0);
        if (amount1 < least1) revert Slippage(amount1, least1);
        _burn(msg.sender, shares);
        reserve0 -= amount0;
        reserve1 -= amount1;
        token0.safeTransfer(msg.sender, amount0);
        token1.safeTransfer(msg.sender, amount1);
        emit LiquidityRemoved(msg.sender, amount0, amount1, shares);
    }

    /// @notice Swaps one of the tokens for the other one.
    function swap(address tokenIn, uint256 amountIn, uint256 leastOut)
        external
        nonReentrant
        returns (uint256 amountOut)
    {
        bool zeroForOne = tokenIn == address(token0);
        if (!zeroForOne && tokenIn != address(token1)) revert UnknownToken();
        if (amountIn == 0) revert ZeroAmount();
        amountIn = _takeSwapInput(IERC20(tokenIn), amountIn);
        amountOut = quote(tokenIn, amountIn);
        if (amountOut < leastOut) revert Slippage(amountOut, leastOut);
        if (zeroForOne) {
            reserve0 += amountIn;
            reserve1 -= amountOut;
            token1.safeTransfer(msg.sender, amountOut);
        } else {
            reserve1 += amountIn;
            reserve0 -= amountOut;
            token0.safeTransfer(msg.sender, amountOut);
        }
        emit Swapped(msg.sender, tokenIn, amountIn, amountOut);
    }

    function quote(address tokenIn, uint256 amountIn) public view returns (uint256) {
        (uint256 from, uint256 to) =
            tokenIn == address(token0) ? (reserve0, reserve1) : (reserve1, reserve0);
        uint256 afterFee = amountIn * (10_000 - FEE_BPS);
        return (afterFee * to) / (from * 10_000 + afterFee);
    }

    /// @notice Liquidity providers can be paid: the pool holds its reserves.
    function invariant_reservesAreHeld() external view returns (bool) {
        return token0.balanceOf(address(this)) >= reserve0 && token1.balanceOf(address(this)) >= reserve1;
    }

    function _takeSwapInput(IERC20 token, uint256 amount) internal virtual returns (uint256) {
        token.safeTransferFrom(msg.sender, address(this), amount);
        return amount;
    }

    function _receive(IERC20 token, uint256 amount) internal returns (uint256) {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        return token.balanceOf(address(this)) - before;
    }
}

contract TaxPoolFixed is TaxPool {
    constructor(IERC20 token0_, IERC20 token1_) TaxPool(token0_, token1_) {}

    function _takeSwapInput(IERC20 token, uint256 amount) internal override returns (uint256) {
        return _receive(token, amount);
    }
}

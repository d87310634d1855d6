// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC3156FlashLender} from "@openzeppelin/contracts/interfaces/IERC3156FlashLender.sol";
import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract FlashVaultUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title A USDC vault that earns the fees of flash loans
/// @notice OpenZeppelin's ERC-4626, with an ERC-3156 lender on top. A fifth of the fees belongs to the protocol.
contract FlashVault is ERC4626, IERC3156FlashLender, Ownable {
    using SafeERC20 for IERC20;

    bytes32 private constant CALLBACK_SUCCESS = keccak256("ERC3156FlashBorrower.onFlashLoan");
    uint256 public constant FEE_BPS = 5;
    uint256 public constant PROTOCOL_SHARE_BPS = 2_000;

    uint256 public protocolFees;
    uint256 public lent;
    bool public lendingPaused;

    event FlashLoan(address indexed receiver, address indexed initiator, uint256 amount, uint256 fee);
    event ProtocolFeesCollected(address indexed to, uint256 amount);
    event LendingPaused(bool paused);

    error UnsupportedToken(address token);
    error ExceedsMaxFlashLoan(uint256 max);
    error InvalidReceiver(address receiver);
    error Paused();

    constructor(IERC20 usdc) ERC4626(usdc) ERC20("Flash vault", "fvUSDC") Ownable(msg.sender) {}

    function pauseLending(bool paused) external onlyOwner {
        lendingPaused = paused;
        emit LendingPaused(paused);
    }

    function collectProtocolFees(address to) external onlyOwner {
        uint256 amount = protocolFees;
        protocolFees = 0;
        IERC20(asset()).safeTransfer(to, amount);
        emit ProtocolFeesCollected(to, amount);
    }

    /// @notice Lends to `receiver` for the length of a call, and collects the loan and the fee from it afterwards.
    function flashLoan(IERC3156FlashBorrower receiver, address token, uint256 amount, bytes calldata data)
        external
        returns (bool)
    {
        if (lendingPaused) revert Paused();
        uint256 fee = flashFee(token, amount);
        uint256 max = maxFlashLoan(token);
        if (amount > max) revert ExceedsMaxFlashLoan(max);

        lent += amount;
        IERC20(token).safeTransfer(address(receiver), amount);
        if (receiver.onFlashLoan(msg.sender, token, amount, fee, data) != CALLBACK_SUCCESS) {
            revert InvalidReceiver(address(receiver));
        }
        IERC20(token).safeTransferFrom(address(receiver), address(this), amount + fee);
        lent -= amount;
        protocolFees += (fee * PROTOCOL_SHARE_BPS) / 10_000;
        emit FlashLoan(address(receiver), msg.sender, amount, fee);
        return true;
    }

    function maxFlashLoan(address token) public view returns (uint256) {
        return token == asset() && !lendingPaused ? _available() : 0;
    }

    function flashFee(address token, uint256 amount) public view returns (uint256) {
        if (token != asset()) revert UnsupportedToken(token);
        return (amount * FEE_BPS + 9_999) / 10_000;
    }

    /// @notice The assets of shareholders.
    function totalAssets() public view virtual override returns (uint256) {
        return _available();
    }

    function _available() internal view returns (uint256) {
        return IERC20(asset()).balanceOf(address(this)) - protocolFees;
    }
}

contract FlashVaultFixed is FlashVault {
    constructor(IERC20 usdc) FlashVault(usdc) {}

    function totalAssets() public view override returns (uint256) {
        return _available() + lent;
    }
}

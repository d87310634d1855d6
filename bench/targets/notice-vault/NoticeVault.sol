// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract NoticeVaultUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title NoticeVault
/// @notice A USDC vault with a period of notice. A request burns its shares at once and fixes what they are paid;
/// after the notice it can be claimed. Until then all or a part of it can be cancelled, for shares at today's price.
contract NoticeVault is ERC20, Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    error ZeroShares();
    error NotYourRequest();
    error NoticeNotOver(uint256 claimableAt);
    error InsufficientRequest(uint256 requested);

    event Deposited(address indexed account, uint256 assets, uint256 shares);
    event RequestMade(uint256 indexed id, address indexed account, uint256 shares, uint256 assets);
    event RequestCancelled(uint256 indexed id, uint256 assets, uint256 shares);
    event Claimed(uint256 indexed id, address indexed account, uint256 assets);
    event InterestPaid(uint256 assets);

    struct Request {
        address account;
        uint64 claimableAt;
        uint128 shares;
        uint128 assets;
    }

    uint256 public constant NOTICE = 3 days;

    IERC20 public immutable asset;
    Request[] public requests;
    /// @notice What is set aside for requests, and earns nothing any more.
    uint256 public reserved;

    constructor(IERC20 asset_) ERC20("Notice USDC", "nUSDC") Ownable(msg.sender) {
        asset = asset_;
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function requestCount() external view returns (uint256) {
        return requests.length;
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this)) - reserved;
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return assets.mulDiv(totalSupply() + 1, totalAssets() + 1);
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares.mulDiv(totalAssets() + 1, totalSupply() + 1);
    }

    /// @notice The vault has what its open requests and its shares are worth.
    function invariant_solvent() external view returns (bool) {
        uint256 owed = convertToAssets(totalSupply());
        for (uint256 id = 0; id < requests.length; id++) {
            owed += requests[id].assets;
        }
        return owed <= asset.balanceOf(address(this));
    }

    function deposit(uint256 assets) external returns (uint256 shares) {
        shares = convertToShares(assets);
        if (shares == 0) revert ZeroShares();
        asset.safeTransferFrom(msg.sender, address(this), assets);
        _mint(msg.sender, shares);
        emit Deposited(msg.sender, assets, shares);
    }

    /// @notice Gives notice for `shares`.
    function requestRedeem(uint256 shares) external returns (uint256 id) {
        uint256 assets = convertToAssets(shares);
        if (assets == 0) revert ZeroShares();
        _burn(msg.sender, shares);
        reserved += assets;
        id = requests.length;
        requests.push(
            Request({
                account: msg.sender,
                claimableAt: uint64(block.timestamp + NOTICE),
                shares: uint128(shares),
                assets: uint128(assets)
            })
        );
        emit RequestMade(id, msg.sender, shares, assets);
    }

    /// @notice Takes back the notice for `shares` of a request. What they would have been paid is invested again.
    function cancelRedeem(uint256 id, uint256 shares) external returns (uint256 minted) {
        Request storage request = requests[id];
        if (request.account != msg.sender) revert NotYourRequest();
        if (shares == 0) revert ZeroShares();
        if (shares > request.shares) revert InsufficientRequest(request.shares);
        uint256 assets = uint256(request.assets).mulDiv(shares, request.shares);
        minted = convertToShares(assets);
        reserved -= assets;
        _reduce(id, shares, assets);
        _mint(msg.sender, minted);
        emit RequestCancelled(id, assets, minted);
    }

    /// @notice Pays a request whose notice is over.
    function claim(uint256 id) external returns (uint256 assets) {
        Request memory request = requests[id];
        if (request.account != msg.sender) revert NotYourRequest();
        if (block.timestamp < request.claimableAt) revert NoticeNotOver(request.claimableAt);
        delete requests[id];
        assets = request.assets;
        reserved -= assets;
        asset.safeTransfer(msg.sender, assets);
        emit Claimed(id, msg.sender, assets);
    }

    /// @notice The manager pays interest, which belongs to all shares.
    function payInterest(uint256 assets) external onlyOwner {
        asset.safeTransferFrom(msg.sender, address(this), assets);
        emit InterestPaid(assets);
    }

    function _reduce(uint256 id, uint256 shares, uint256) internal virtual {
        Request storage request = requests[id];
        if (shares == request.shares) {
            delete requests[id];
        } else {
            request.shares -= uint128(shares);
        }
    }
}

contract NoticeVaultFixed is NoticeVault {
    constructor(IERC20 asset_) NoticeVault(asset_) {}

    function _reduce(uint256 id, uint256 shares, uint256 assets) internal override {
        Request storage request = requests[id];
        if (shares == request.shares) {
            delete requests[id];
        } else {
            request.shares -= uint128(shares);
            request.assets -= uint128(assets);
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title BridgeLockbox
/// @notice Holds tokens that are in circulation on other chains, and releases them once verifiers attest that as many were burnt
/// there. FLAW: one verifier is enough, so that whoever deceives it releases what still circulates elsewhere.
/// @dev The mechanism of a bridge with a lockbox, written anew: it is no bridge's code. Burning and the other chains are not here.
contract BridgeLockbox {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;

    /// @notice Tokens with something behind them, base units.
    uint256 public immutable backing;

    mapping(address account => bool) public isVerifier;
    mapping(bytes32 message => mapping(address verifier => bool)) public hasAttested;
    mapping(bytes32 message => uint256) public attestations;
    mapping(bytes32 message => bool) public isDelivered;

    error NotVerifier();
    error Again();
    error NotAttested();

    constructor(IERC20 token_, uint256 backing_, address[] memory verifiers) {
        (token, backing) = (token_, backing_);
        for (uint256 index = 0; index < verifiers.length; index++) isVerifier[verifiers[index]] = true;
    }

    /// @notice Says that so many tokens were burnt elsewhere, for an account here.
    function attest(address to, uint256 amount, uint256 nonce) external {
        bytes32 message = keccak256(abi.encode(to, amount, nonce));
        if (!isVerifier[msg.sender]) revert NotVerifier();
        if (hasAttested[message][msg.sender]) revert Again();
        hasAttested[message][msg.sender] = true;
        attestations[message]++;
    }

    /// @notice Releases what is attested.
    function deliver(address to, uint256 amount, uint256 nonce) external {
        bytes32 message = keccak256(abi.encode(to, amount, nonce));
        if (isDelivered[message]) revert Again();
        if (attestations[message] < required()) revert NotAttested();
        isDelivered[message] = true;
        token.safeTransfer(to, amount);
    }

    /// @notice What stands behind a token in circulation, here or elsewhere: 18 decimals.
    function worth() external view returns (uint256) {
        return (backing * 1e18) / (token.totalSupply() - token.balanceOf(address(this)));
    }

    function required() public pure virtual returns (uint256) {
        return 1;
    }
}

/// @title BridgeLockboxFixed
/// @notice The twin: two verifiers have to attest.
contract BridgeLockboxFixed is BridgeLockbox {
    constructor(
        IERC20 token_,
        uint256 backing_,
        address[] memory verifiers
    ) BridgeLockbox(token_, backing_, verifiers) {}

    /// @inheritdoc BridgeLockbox
    function required() public pure override returns (uint256) {
        return 2;
    }
}

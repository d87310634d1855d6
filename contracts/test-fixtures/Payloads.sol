// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface ILoanLimit {
    function setLoanLimit(uint256 limit) external;
}

/// @title PayloadExecutor
/// @notice Owns what its payloads change, and runs their code as its own: the interface of Aave's governance executor, written anew.
contract PayloadExecutor {
    address public immutable owner;

    error NotOwner();
    error Failed();

    constructor(address owner_) {
        owner = owner_;
    }

    function executeTransaction(
        address target,
        uint256 value,
        string calldata signature,
        bytes calldata data,
        bool withDelegatecall
    ) external payable returns (bytes memory returned) {
        if (msg.sender != owner) revert NotOwner();
        bytes memory input = bytes(signature).length == 0 ? data : abi.encodePacked(bytes4(keccak256(bytes(signature))), data);
        bool done;
        if (withDelegatecall) (done, returned) = target.delegatecall(input);
        else (done, returned) = target.call{value: value}(input);
        if (!done) revert Failed();
    }
}

/// @title LimitPayload
/// @notice Sets a loan limit, as whoever runs its code.
contract LimitPayload {
    ILoanLimit private immutable vault;
    uint256 private immutable limit;

    constructor(ILoanLimit vault_, uint256 limit_) {
        (vault, limit) = (vault_, limit_);
    }

    function execute() external {
        vault.setLoanLimit(limit);
    }
}

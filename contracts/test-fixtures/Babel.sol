// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Views that say anything, and one call that succeeds with an id that a view knows.
contract Babel {
    uint256 public constant LARGEST_ID = type(uint256).max;
    address public immutable peer = address(0xbeef);
    uint256 public opened;

    function refuses() external pure returns (uint256) {
        revert("no");
    }

    function loops() external pure returns (uint256) {
        while (true) {}
        return 1;
    }

    function megabytes() external pure returns (bytes memory) {
        return new bytes(2_000_000);
    }

    function kilobytes() external pure returns (uint256[] memory list) {
        list = new uint256[](500);
        for (uint256 i = 0; i < 500; i++) list[i] = i;
    }

    /// @notice Changes with the gas that is left.
    function gas() external view returns (uint256) {
        return gasleft();
    }

    /// @notice Returns less than it declares.
    function nothing() external pure returns (uint256) {
        assembly {
            return(0, 0)
        }
    }

    /// @notice Returns what is no string.
    function garbled() external pure returns (string memory) {
        assembly {
            mstore(0, not(0))
            mstore(32, not(0))
            return(0, 64)
        }
    }

    function tokenOf(uint256 id) external pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(id)))));
    }

    function owedTo(address account) external pure returns (uint256) {
        return uint256(uint160(account)) % 1_000_000;
    }

    function names() external pure returns (string memory, bytes32, address) {
        return ("the name of it", keccak256("role"), address(0xcafe));
    }

    function negative() external pure returns (int256) {
        return -77;
    }

    function open(uint256 id) external {
        require(id == LARGEST_ID, "unknown id");
        opened++;
    }
}

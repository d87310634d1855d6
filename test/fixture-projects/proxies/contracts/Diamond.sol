// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

struct Facet {
    address facetAddress;
    bytes4[] functionSelectors;
}

/// Passes the functions of a facet on, and does not say which.
contract SilentDiamond {
    // away from the slots of the facets
    struct Table {
        mapping(bytes4 selector => address) facetOf;
        Facet[] facets;
    }

    constructor(address facet, bytes4[] memory selectors) {
        Table storage table = _table();
        table.facets.push(Facet(facet, selectors));
        for (uint256 i = 0; i < selectors.length; i++) table.facetOf[selectors[i]] = facet;
    }

    fallback() external payable {
        address facet = _table().facetOf[msg.sig];
        require(facet != address(0), "no such function");
        assembly ("memory-safe") {
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), facet, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch ok
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }

    receive() external payable {}

    function _table() internal pure returns (Table storage table) {
        bytes32 slot = keccak256("diamond.test.table");
        assembly ("memory-safe") {
            table.slot := slot
        }
    }
}

/// The least of ERC-2535, with the loupe's facets().
contract Diamond is SilentDiamond {
    constructor(address facet, bytes4[] memory selectors) SilentDiamond(facet, selectors) {}

    function facets() external view returns (Facet[] memory) {
        return _table().facets;
    }
}

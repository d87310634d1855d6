// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";

/// Clones of ERC-1167, with and without arguments in their code.
contract CloneFactory {
    function clone(address implementation) external returns (address at) {
        at = Clones.cloneDeterministic(implementation, bytes32(uint256(1)));
    }

    function cloneWithArguments(address implementation) external returns (address at) {
        at = Clones.cloneDeterministicWithImmutableArgs(implementation, abi.encode(msg.sender), bytes32(uint256(1)));
    }
}

/// A proxy that keeps its implementation in a slot of the caller's choice.
abstract contract SlotProxy is Proxy {
    bytes32 private immutable SLOT;

    constructor(address implementation, bytes32 slot) {
        SLOT = slot;
        assembly ("memory-safe") {
            sstore(slot, implementation)
        }
    }

    function _implementation() internal view override returns (address implementation) {
        bytes32 slot = SLOT;
        assembly ("memory-safe") {
            implementation := sload(slot)
        }
    }

    receive() external payable {
        _fallback();
    }
}

/// As ERC-1822 has it.
contract ProxiableProxy is SlotProxy {
    constructor(address implementation) SlotProxy(implementation, keccak256("PROXIABLE")) {}
}

/// As OpenZeppelin had it before ERC-1967.
contract ZeppelinProxy is SlotProxy {
    constructor(address implementation) SlotProxy(implementation, keccak256("org.zeppelinos.proxy.implementation")) {}
}

/// Of no standard.
contract HomemadeProxy is SlotProxy {
    constructor(address implementation) SlotProxy(implementation, keccak256("homemade")) {}
}

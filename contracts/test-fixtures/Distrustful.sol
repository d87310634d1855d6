// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Accepts calls only from the transaction's sender. FLAW: the third to enter breaks it.
/// @dev In batched blocks no account can ever enter.
contract PeopleOnly {
    uint256 public entered;

    function enter() external {
        require(msg.sender == tx.origin && msg.sender.code.length == 0, "people only");
        entered += 1;
    }

    function invariant_hasRoom() external view returns (bool) {
        return entered < 3;
    }
}

/// @notice Counts calls that paid their builder no priority fee.
/// @dev As a transaction of its own, every call of an agent tips at least one wei per unit of gas.
contract TipsOnly {
    uint256 public untipped;
    uint256 public calls;

    function serve() external {
        calls += 1;
        if (tx.gasprice == block.basefee) untipped += 1;
    }

    function invariant_everybodyTips() external view returns (bool) {
        return untipped == 0;
    }
}

/// @notice The same for calls with a certain argument.
contract RarelyTipsOnly {
    uint256 public untipped;
    uint256 public served;

    function serve(uint256 order) external {
        served += 1;
        if (uint256(keccak256(abi.encode(order))) % 151 == 3 && tx.gasprice == block.basefee) untipped += 1;
    }

    function invariant_everybodyTips() external view returns (bool) {
        return untipped == 0;
    }
}

/// @notice Counts calls that find what an earlier call left in transient storage (EIP-1153).
/// @dev Every transaction begins without any.
contract Tidy {
    uint256 public found;
    uint256 public calls;

    function serve() external {
        calls += 1;
        uint256 left;
        assembly {
            left := tload(0)
            tstore(0, 1)
        }
        found += left;
    }

    function invariant_nothingIsLeft() external view returns (bool) {
        return found == 0;
    }
}

/// @notice The same for calls with a certain argument.
contract RarelyTidy {
    uint256 public found;
    uint256 public served;

    function serve(uint256 order) external {
        served += 1;
        uint256 left;
        assembly {
            left := tload(0)
            tstore(0, 1)
        }
        if (uint256(keccak256(abi.encode(order))) % 151 == 3) found += left;
    }

    function invariant_nothingIsLeft() external view returns (bool) {
        return found == 0;
    }
}

/// @notice Returns what it is given, or reverts with it.
contract Echo {
    error Refused(uint256 value);

    event Said(uint256 value);

    uint256 public last;

    function say(uint256 value) external payable returns (uint256) {
        if (value % 2 == 1) revert Refused(value);
        last = value;
        emit Said(value);
        return value + 1;
    }

    /// @notice Uses all its gas.
    function shout() external {
        for (uint256 i = 0; ; i++) last = i;
    }

    /// @notice Returns 100,000 bytes.
    function ramble() external {
        last += 1;
        assembly {
            return(0, 100000)
        }
    }
}

/// @notice Serves orders once it is open. FLAW: a large order breaks it.
/// @dev Where transient storage outlives a call, so does a smaller one, if it is round enough: a minimiser meets it.
contract RoundOrders {
    bool public isOpen;
    bool public isBroken;

    function open() external {
        isOpen = true;
        assembly {
            tstore(0, 1)
        }
    }

    function serve(uint256 order) external {
        uint256 left;
        assembly {
            left := tload(0)
        }
        if (isOpen && (order >= 12_345 || (order == 10_000 && left == 1))) isBroken = true;
    }

    function invariant_works() external view returns (bool) {
        return !isBroken;
    }
}

/// @notice The same, without a limit. FLAW: any order breaks it once it is open.
/// @dev Where transient storage outlives a call, somebody has to wait for a call in between: a minimiser keeps it.
contract WaitingOrders {
    bool public isOpen;
    bool public isBroken;

    function open() external {
        isOpen = true;
        assembly {
            tstore(0, 1)
        }
    }

    function wait() external {
        assembly {
            tstore(0, 0)
        }
    }

    function serve() external {
        uint256 left;
        assembly {
            left := tload(0)
        }
        if (isOpen && left == 0) isBroken = true;
    }

    function invariant_works() external view returns (bool) {
        return !isBroken;
    }
}

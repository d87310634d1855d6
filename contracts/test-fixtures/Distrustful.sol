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

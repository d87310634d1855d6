// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Creates another of its kind in each call of `spawn`.
contract Cub {
    uint256 public weight = 31_337;
}

/// @notice Keeps to itself what calls need to know: private variables, and enumerations whose members no ABI tells.
contract Hoard {
    enum Side {
        Long,
        Short,
        Flat
    }

    enum Mood {
        Calm,
        Angry
    }

    uint256 public total = 123_456_789;
    address private keeper = address(0xDeaDbeefdEAdbeefdEadbEEFdeadbeEFdEaDbeeF);
    uint64 private fee = 4_242;
    address private oracle;
    bool private isOpen = true;
    uint16 private limit = 777;
    bytes32 private secret = keccak256("open sesame");
    string private label = "nobody reads it";
    mapping(address => uint256) private owed;
    uint256[40] private gap;
    uint256 private farAway = 5_555_555;

    constructor() {
        oracle = address(this);
    }

    /// @notice Refuses without a reason, whatever the side.
    function open(Side side, uint256 amount) external view {
        require(amount > total + uint256(side));
    }

    function note() external pure returns (bytes memory) {
        return abi.encode(uint256(1), uint256(2), "note");
    }

    function moods(Mood[] calldata list) external {
        owed[msg.sender] = list.length;
    }

    /// @notice Refuses one member just as it refuses what is none.
    function turn(Mood mood) external view {
        require(mood == Mood.Calm && msg.sender != oracle);
    }

    function spawn() external returns (Cub) {
        return new Cub();
    }
}

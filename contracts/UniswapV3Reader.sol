// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IUniswapV3Pool {
    function slot0() external view returns (uint160, int24, uint16, uint16, uint16, uint8, bool);
    function tickBitmap(int16 word) external view returns (uint256);
    function ticks(int24 tick)
        external
        view
        returns (uint128, int128, uint256, uint256, int56, uint160, uint32, bool);
    function feeGrowthGlobal0X128() external view returns (uint256);
    function feeGrowthGlobal1X128() external view returns (uint256);
}

interface IPositionManager {
    function balanceOf(address owner) external view returns (uint256);
    function tokenOfOwnerByIndex(address owner, uint256 index) external view returns (uint256);
    function positions(uint256 tokenId)
        external
        view
        returns (Held memory);
}

/// @dev the return values of the position manager's `positions`: static types, and so encoded as a struct of them
struct Held {
    uint96 nonce;
    address operator;
    address token0;
    address token1;
    uint24 fee;
    int24 tickLower;
    int24 tickUpper;
    uint128 liquidity;
    uint256 last0;
    uint256 last1;
    uint128 owed0;
    uint128 owed1;
}

/// @title UniswapV3Reader
/// @notice The reads of a Uniswap V3 pool that take a loop: which ticks are initialised, and which positions accounts have.
/// Words of the tick bitmap without a tick, which are most of them, cost far less than in Uniswap's own TickLens.
/// @dev Holds no state, and changes none: it may stand anywhere.
contract UniswapV3Reader {
    struct Tick {
        int24 tick;
        int128 liquidityNet;
    }

    struct Position {
        address owner;
        uint256 tokenId;
        int24 tickLower;
        int24 tickUpper;
        uint128 liquidity;
        uint256 owed0;
        uint256 owed1;
    }

    struct Key {
        IUniswapV3Pool pool;
        address token0;
        address token1;
        uint24 fee;
    }

    /// @notice The initialised ticks of some words of the tick bitmap, in rising order.
    function ticks(IUniswapV3Pool pool, int24 tickSpacing, int16 first, int16 last)
        external
        view
        returns (Tick[] memory found)
    {
        unchecked {
            uint256 words = uint256(int256(last) - first + 1);
            uint256[] memory bitmaps = new uint256[](words);
            uint256 count = 0;
            for (uint256 at = 0; at < words; at++) {
                uint256 bitmap = pool.tickBitmap(int16(first + int256(at)));
                bitmaps[at] = bitmap;
                for (; bitmap != 0; bitmap &= bitmap - 1) count++;
            }
            found = new Tick[](count);
            count = 0;
            for (uint256 at = 0; at < words; at++) {
                uint256 bitmap = bitmaps[at];
                for (uint256 bit = 0; bitmap != 0; bit++) {
                    // whole empty bytes are skipped: most words have few set bits
                    while (bitmap & 0xff == 0) (bitmap, bit) = (bitmap >> 8, bit + 8);
                    if (bitmap & 1 == 1) {
                        int24 tick = int24(((first + int256(at)) * 256 + int256(bit)) * tickSpacing);
                        (, int128 net,,,,,,) = pool.ticks(tick);
                        found[count++] = Tick(tick, net);
                    }
                    bitmap >>= 1;
                }
            }
        }
    }

    /// @notice The positions of a pool that the position manager holds for some owners: of each owner, those among its first
    /// `most` positions in any pool. The amounts owed include fees until now, as in v3-periphery's PositionValue.sol.
    function positions(IPositionManager manager, Key calldata key, address[] calldata owners, uint256 most)
        external
        view
        returns (Position[] memory found)
    {
        unchecked {
            uint256[] memory counts = new uint256[](owners.length);
            uint256 total = 0;
            for (uint256 at = 0; at < owners.length; at++) {
                uint256 count = manager.balanceOf(owners[at]);
                if (count > most) count = most;
                counts[at] = count;
                total += count;
            }
            found = new Position[](total);
            total = 0;
            for (uint256 at = 0; at < owners.length; at++) {
                for (uint256 index = 0; index < counts[at]; index++) {
                    Position memory position = found[total];
                    if (_read(manager, key, manager.tokenOfOwnerByIndex(owners[at], index), position)) {
                        position.owner = owners[at];
                        total++;
                    }
                }
            }
            assembly {
                mstore(found, total)
            }
        }
    }

    function _read(IPositionManager manager, Key calldata key, uint256 tokenId, Position memory position)
        private
        view
        returns (bool)
    {
        Held memory held = manager.positions(tokenId);
        if (held.token0 != key.token0 || held.token1 != key.token1 || held.fee != key.fee) return false;
        (position.tickLower, position.tickUpper) = (held.tickLower, held.tickUpper);
        (position.owed0, position.owed1) = (held.owed0, held.owed1);
        position.liquidity = held.liquidity;
        position.tokenId = tokenId;
        if (held.liquidity == 0) return true;
        (uint256 inside0, uint256 inside1) = _feeGrowthInside(key.pool, held.tickLower, held.tickUpper);
        unchecked {
            // fee growth wraps around: only differences are meaningful
            position.owed0 += _share(inside0 - held.last0, held.liquidity);
            position.owed1 += _share(inside1 - held.last1, held.liquidity);
        }
        return true;
    }

    function _feeGrowthInside(IUniswapV3Pool pool, int24 lower, int24 upper)
        private
        view
        returns (uint256 inside0, uint256 inside1)
    {
        (, int24 tick,,,,,) = pool.slot0();
        (,, uint256 lower0, uint256 lower1,,,,) = pool.ticks(lower);
        (,, uint256 upper0, uint256 upper1,,,,) = pool.ticks(upper);
        unchecked {
            if (tick < lower) return (lower0 - upper0, lower1 - upper1);
            if (tick >= upper) return (upper0 - lower0, upper1 - lower1);
            return (pool.feeGrowthGlobal0X128() - lower0 - upper0, pool.feeGrowthGlobal1X128() - lower1 - upper1);
        }
    }

    /// @dev growth * liquidity / 2^128, rounded down; no step overflows unless the result does
    function _share(uint256 growth, uint128 liquidity) private pure returns (uint256) {
        unchecked {
            return (growth >> 128) * liquidity + ((uint256(uint128(growth)) * liquidity) >> 128);
        }
    }
}

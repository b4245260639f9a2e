import type {LaneBits} from "../../src/kernels/lane-arithmetic.ts";

/** Elements of a kernel's memory as a test reads and writes them: reals as numbers, words as bigints. */
export interface LaneMemory {
  real(address: number): number;
  word(address: number): bigint;
  setReal(address: number, value: number): void;
  setWord(address: number, value: bigint): void;
}

/** The memory of a kernel whose lanes have `bits` bits. */
export function laneMemory(bits: LaneBits, view: DataView): LaneMemory {
  return bits === 32
    ? {
        real: (address) => view.getFloat32(address, true),
        word: (address) => BigInt(view.getUint32(address, true)),
        setReal: (address, value) => view.setFloat32(address, value, true),
        setWord: (address, value) => view.setUint32(address, Number(BigInt.asUintN(32, value)), true)
      }
    : {
        real: (address) => view.getFloat64(address, true),
        word: (address) => view.getBigUint64(address, true),
        setReal: (address, value) => view.setFloat64(address, value, true),
        setWord: (address, value) => view.setBigUint64(address, BigInt.asUintN(64, value), true)
      };
}

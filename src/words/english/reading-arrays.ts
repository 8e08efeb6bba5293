/** Reading arrays and pictures: NumPy, IDX, MATLAB, HDF5. Keys begin with `read.array.` */
export const readingArrays = {} as const

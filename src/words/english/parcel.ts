/** Parcels: a run with its model in one zip file. Keys begin with `parcel.` */
export const parcel = {
  'parcel.too-large': 'What is to be packed is too large for a zip file: at most 4 GiB.',
  'parcel.too-large.hint': 'Copy the folder of the run instead.',
} as const
